"""The Rasa side of `nlu.intent_model`: trains it on the examples, keeps it in the model file, asks it about each message.

What counts as out of scope or unclear is the FallbackClassifier's decision (config.yml), not made here.
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Type

import joblib
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.intent_model import IntentModel

FILE = "intent_model.joblib"
RANKED = 5
"""Intents named in the trace; the rest have next to no probability."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class RegressionIntentClassifier(IntentClassifier, GraphComponent):
    """Needs the plain text (ChatNormalizer) and one dense sentence feature (E5Featurizer) before it."""

    @classmethod
    def required_components(cls) -> List[Type[Any]]:
        return [Featurizer]

    @staticmethod
    def required_packages() -> List[str]:
        return ["sklearn"]

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {}

    def __init__(self, storage: ModelStorage, resource: Resource, model: Optional[IntentModel] = None) -> None:
        self._storage, self._resource, self._model = storage, resource, model

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> RegressionIntentClassifier:
        return cls(model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        examples = training_data.intent_examples
        self._model = IntentModel().fit(
            [example.get(TEXT) for example in examples],
            np.vstack([_vector(example) for example in examples]),
            [example.get(INTENT) for example in examples],
        )
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._model, folder / FILE)
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> RegressionIntentClassifier:
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, joblib.load(folder / FILE))

    def process(self, messages: List[Message]) -> List[Message]:
        assert self._model is not None
        asked = [message for message in messages if message.get(TEXT) and _has_vector(message)]
        if asked:
            texts, vectors = (
                [message.get(TEXT) for message in asked],
                np.vstack([_vector(message) for message in asked]),
            )
            for message, chances in zip(asked, self._model.probabilities(texts, vectors), strict=True):
                _rank(message, self._model.intents, chances)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing after it learns from what it thinks of the examples."""
        return training_data


def _has_vector(message: Message) -> bool:
    return message.get_dense_features(TEXT)[1] is not None


def _vector(message: Message) -> np.ndarray:
    return message.get_dense_features(TEXT)[1].features


def _rank(message: Message, intents: List[str], chances: np.ndarray) -> None:
    order = np.argsort(-chances, kind="stable")[:RANKED]
    ranking = [{"name": intents[i], "confidence": float(chances[i])} for i in order]
    message.set("intent", ranking[0], add_to_output=True)
    message.set("intent_ranking", ranking, add_to_output=True)
