"""Similarity of meaning in a space where the ways of asking for one thing lie close together.

Sentence embeddings bunch up in a narrow cone and vary with wording and register. The sections' own questions show in
which directions they vary without changing what is asked; those directions are shrunk (within-class whitening).
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.ports import Vectors

_SHRINKAGE = 1.0
_ENOUGH_QUESTIONS = 20
"""Fewer say more about themselves than about questions in general."""
CLOSEST = 3
_AT_ONCE = 20_000
_SILENT = 0.1
"""The closeness that, with no other meaning to weigh, leaves the decision to the words."""

Scores = NDArray[np.float64]


def _slices(count: int) -> Iterator[slice]:
    """In pieces, so that much knowledge does not need several times its size while the space is fitted."""
    return (slice(start, start + _AT_ONCE) for start in range(0, count, _AT_ONCE))


class MeaningSpace:
    """Fitted to texts and the questions asked about them; `owners[i]` is the text that question `i` belongs to.

    With too few questions to fit to, it stays silent (0 everywhere) and words alone decide.
    """

    def __init__(self, texts: Vectors, questions: Vectors, owners: Sequence[int]) -> None:
        self._owners = np.asarray(owners, dtype=np.int64)
        assert (np.diff(self._owners) >= 0).all(), "questions stand in the order of their texts"
        self._asked, self._starts = np.unique(self._owners, return_index=True)
        self._size = len(texts)
        self.is_fitted = len(questions) >= _ENOUGH_QUESTIONS
        if self.is_fitted:
            self._question_mean = questions.mean(axis=0)
            texts = texts - texts.mean(axis=0)
            self._turn = self._whitening(texts, questions)
            self._texts = self._place(texts)
            self._questions = np.empty_like(questions, dtype=np.float32)
            for some in _slices(len(questions)):
                self._questions[some] = self._place(questions[some] - self._question_mean)

    def similarities(self, question: NDArray[np.float32]) -> tuple[Scores, Scores, Scores]:
        """Cosine with each text, with its closest question, and with its second closest.

        A text without (a second) question has its own similarity in that place.
        """
        if not self.is_fitted:
            return (np.zeros(self._size),) * 3
        placed = self._place((question - self._question_mean)[None, :])[0]
        text = (self._texts @ placed).astype(np.float64)
        asked = (self._questions @ placed).astype(np.float64)
        first, second = text.copy(), np.full(self._size, -np.inf)
        first[self._asked] = np.maximum.reduceat(asked, self._starts)
        # without the closest of each, the next closest is the best of the rest; of equal ones only the first is left out
        closest = np.flatnonzero(asked == first[self._owners])
        asked[closest[np.unique(self._owners[closest], return_index=True)[1]]] = -np.inf
        second[self._asked] = np.maximum.reduceat(asked, self._starts)
        return text, first, np.where(np.isinf(second), np.minimum(text, first), second)

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
        centers[self._asked] += np.add.reduceat(questions, self._starts) - owned[self._asked] * self._question_mean
        centers /= owned + 1
        spread = np.zeros((texts.shape[1], texts.shape[1]))
        for some in _slices(len(questions)):
            apart = questions[some] - self._question_mean - centers[self._owners[some]]
            spread += apart.T @ apart
        apart = texts[self._asked] - centers[self._asked]
        spread = (spread + apart.T @ apart) / (len(questions) + len(self._asked))
        values, directions = np.linalg.eigh(spread)
        values = np.clip(values, 0, None)
        return np.asarray(directions / np.sqrt(values + _SHRINKAGE * values.mean()), dtype=np.float32)

    def _place(self, vectors: NDArray[Any]) -> Vectors:
        turned = vectors @ self._turn
        length = np.linalg.norm(turned, axis=-1, keepdims=True)
        return np.asarray(turned / np.maximum(length, 1e-9), dtype=np.float32)
