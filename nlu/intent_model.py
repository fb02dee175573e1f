"""Which intent a text has: logistic regression over its sentence vector and its words and pieces of words.

Plain scikit-learn, so that cross-validation (`python -m nlu.crossvalidate`) and the Rasa component measure and use the very
same thing. It knows neither Rasa nor the intents.
"""

import warnings
from typing import Any, Dict, List, Sequence, Tuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

WORD_OR_SIGN = r"\w+|[^\w\s]"  # an emoji or a question mark says something too

SETTINGS: Dict[str, Any] = {
    "strength": 10.0,  # inverse regularization
    "vectors": 0.6,  # weight beside the text features, which have length one each; 0 leaves a part out
    "pieces": 1.0,
    "words": 1.0,
    "fewest_uses": 3,  # pieces and words seen less often are left out
    "iterations": 60,  # three times as many take thrice the time and are no better on other writers' lines (decision 0005)
}


class IntentModel:
    """Fitted once, then asked. Deterministic: the same examples give the same model."""

    def __init__(self, **settings: Any) -> None:
        self._settings = {**SETTINGS, **settings}
        common = {"sublinear_tf": True, "min_df": self._settings["fewest_uses"], "dtype": np.float32}
        self._texts: List[Tuple[float, TfidfVectorizer]] = []
        if self._settings["pieces"]:
            pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), **common)
            self._texts.append((self._settings["pieces"], pieces))
        if self._settings["words"]:
            words = TfidfVectorizer(ngram_range=(1, 2), token_pattern=WORD_OR_SIGN, **common)
            self._texts.append((self._settings["words"], words))
        self._classifier = LogisticRegression(C=self._settings["strength"], max_iter=self._settings["iterations"])

    def fit(self, texts: Sequence[str], vectors: np.ndarray, intents: Sequence[str]) -> "IntentModel":
        """Learns from plain texts (normalized), their sentence vectors (one a row) and their intents."""
        for _, part in self._texts:
            part.fit(texts)
        self._mean = vectors.mean(axis=0)
        usual_length = np.sqrt(((vectors - self._mean) ** 2).sum(axis=1).mean())
        self._scale = self._settings["vectors"] / usual_length
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # stopped early on purpose
            self._classifier.fit(self._features(texts, vectors), intents)
        return self

    @property
    def intents(self) -> List[str]:
        return list(self._classifier.classes_)

    def probabilities(self, texts: Sequence[str], vectors: np.ndarray) -> np.ndarray:
        """One row a text, one column an intent, in the order of `intents`."""
        return self._classifier.predict_proba(self._features(texts, vectors))

    def _features(self, texts: Sequence[str], vectors: np.ndarray) -> csr_matrix:
        parts = [part.transform(texts) * weight for weight, part in self._texts]
        if self._settings["vectors"]:
            parts.append(csr_matrix(((vectors - self._mean) * self._scale).astype(np.float32)))
        return hstack(parts, format="csr")
