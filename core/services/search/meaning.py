"""Similarity of meaning in a space where the ways of asking for one thing lie close together.

Sentence embeddings bunch up in a narrow cone and vary with wording and register. The sections' own questions show in
which directions they vary without changing what is asked; those directions are shrunk (within-class whitening).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.ports import Vectors

_SHRINKAGE = 1.0
_ENOUGH_QUESTIONS = 20
"""Fewer say more about themselves than about questions in general."""
CLOSEST = 3
_SILENT = 0.1
"""The closeness that, with no other meaning to weigh, leaves the decision to the words."""

Scores = NDArray[np.float64]


class MeaningSpace:
    """Fitted to texts and the questions asked about them; `owners[i]` is the text that question `i` belongs to.

    With too few questions to fit to, it stays silent (0 everywhere) and words alone decide.
    """

    def __init__(self, texts: Vectors, questions: Vectors, owners: Sequence[int]) -> None:
        self._owners = np.asarray(owners, dtype=np.int64)
        self._size = len(texts)
        self.is_fitted = len(questions) >= _ENOUGH_QUESTIONS
        if self.is_fitted:
            self._question_mean = questions.mean(axis=0)
            texts, questions = texts - texts.mean(axis=0), questions - self._question_mean
            self._turn = self._whitening(texts, questions)
            self._texts, self._questions = self._place(texts), self._place(questions)

    def similarities(self, question: NDArray[np.float32]) -> tuple[Scores, Scores, Scores]:
        """Cosine with each text, with its closest question, and with its second closest.

        A text without (a second) question has its own similarity in that place.
        """
        if not self.is_fitted:
            return (np.zeros(self._size),) * 3
        placed = self._place((question - self._question_mean)[None, :])[0]
        text = (self._texts @ placed).astype(np.float64)
        asked = (self._questions @ placed).astype(np.float64)
        # Sorted by owner and then best first, the first of each owner is its closest question and the next its second.
        order = np.lexsort((-asked, self._owners))
        owners = self._owners[order]
        rank = np.arange(len(owners)) - np.searchsorted(owners, owners)
        first, second = text.copy(), np.full(self._size, np.nan)
        first[owners[rank == 0]] = asked[order[rank == 0]]
        second[owners[rank == 1]] = asked[order[rank == 1]]
        return text, first, np.where(np.isnan(second), np.minimum(text, first), second)

    def between_texts(self, place: int) -> Scores:
        """Cosine of that text with each; only where the space is fitted."""
        return np.asarray(self._texts @ self._texts[place], dtype=np.float64)

    def among(self, others: Vectors) -> Vectors:
        """Questions that belong to no text, placed for `closeness`."""
        if not self.is_fitted or not len(others):
            return np.zeros((0, 1), dtype=np.float32)
        return self._place(others - self._question_mean)

    def closeness(self, question: NDArray[np.float32], others: Vectors) -> tuple[float, float]:
        """Cosine with the closest of the `others`, and the mean of the closest few."""
        if not self.is_fitted or not len(others):
            return _SILENT, _SILENT
        near = np.sort(others @ self._place((question - self._question_mean)[None, :])[0])[::-1][:CLOSEST]
        return float(near[0]), float(near.mean())

    def _whitening(self, texts: NDArray[Any], questions: NDArray[Any]) -> Vectors:
        owned = np.bincount(self._owners, minlength=self._size)[:, None]
        centers = texts.copy()
        np.add.at(centers, self._owners, questions)
        centers /= owned + 1
        asked = np.flatnonzero(owned[:, 0])
        spread = np.concatenate([questions - centers[self._owners], texts[asked] - centers[asked]])
        values, directions = np.linalg.eigh((spread.T @ spread / len(spread)).astype(np.float64))
        values = np.clip(values, 0, None)
        return np.asarray(directions / np.sqrt(values + _SHRINKAGE * values.mean()), dtype=np.float32)

    def _place(self, vectors: NDArray[Any]) -> Vectors:
        turned = vectors @ self._turn
        length = np.linalg.norm(turned, axis=-1, keepdims=True)
        return np.asarray(turned / np.maximum(length, 1e-9), dtype=np.float32)
