"""Rasa's own DIET classifier behind the methods of IntentModel, only to be compared with it in `nlu.crossvalidate`."""

import tempfile
from pathlib import Path
from typing import Any, List, Optional, Sequence

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.diet_classifier import DIETClassifier
from rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer import CountVectorsFeaturizer
from rasa.nlu.tokenizers.whitespace_tokenizer import WhitespaceTokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, FEATURE_TYPE_SEQUENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


class DietModel:
    """DIET over counts of words and pieces of words, with the sentence vectors beside them if `vectors` says so."""

    def __init__(self, *, vectors: bool, epochs: int) -> None:
        self._vectors = vectors
        self._folder = tempfile.TemporaryDirectory()
        self._storage = LocalModelStorage(Path(self._folder.name))
        self._context = ExecutionContext(GraphSchema({}), node_name="diet")
        self._tokenizer = WhitespaceTokenizer(WhitespaceTokenizer.get_default_config())
        self._counts = [
            self._part(CountVectorsFeaturizer, "words"),
            self._part(CountVectorsFeaturizer, "pieces", analyzer="char_wb", min_ngram=2, max_ngram=5, min_df=3),
        ]
        self._diet = self._part(
            DIETClassifier,
            "diet",
            epochs=epochs,
            entity_recognition=False,
            constrain_similarities=True,
            random_seed=0,
        )

    def _part(self, kind: Any, name: str, **settings: Any) -> Any:
        return kind.create({**kind.get_default_config(), **settings}, self._storage, Resource(name), self._context)

    def fit(self, texts: Sequence[str], vectors: np.ndarray, intents: Sequence[str]) -> "DietModel":
        data = TrainingData(self._messages(texts, vectors, intents))
        for counts in self._counts:
            counts.train(data)
            counts.process_training_data(data)
        self._diet.train(data)
        self.intents = sorted(set(intents))
        return self

    def probabilities(self, texts: Sequence[str], vectors: np.ndarray) -> np.ndarray:
        """One row a text, one column an intent, in the order of `intents`."""
        messages = self._messages(texts, vectors)
        for part in (*self._counts, self._diet):
            part.process(messages)
        chances = [{one["name"]: one["confidence"] for one in message.get("intent_ranking")} for message in messages]
        return np.array([[row.get(intent, 0.0) for intent in self.intents] for row in chances])

    def _messages(
        self, texts: Sequence[str], vectors: np.ndarray, intents: Optional[Sequence[str]] = None
    ) -> List[Message]:
        messages = [Message({TEXT: text}) for text in texts]
        for message, intent in zip(messages, [] if intents is None else intents, strict=False):
            message.set(INTENT, str(intent))
        self._tokenizer.process(messages)
        if self._vectors:
            for message, vector in zip(messages, vectors, strict=True):
                tokens = len(message.get("text_tokens"))
                for kind, rows in ((FEATURE_TYPE_SEQUENCE, tokens), (FEATURE_TYPE_SENTENCE, 1)):
                    message.add_features(Features(np.tile(vector, (rows, 1)), kind, TEXT, "e5"))
        return messages
