"""BM25 over pieces of words, as three flat arrays: small in memory and fast in numpy."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.services.search.words import pieces

_SATURATION = 1.5
_LENGTH = 0.9
"""Cross-validation is flat around these two (docs/decisions/0006)."""

Scores = NDArray[np.float64]


class WordIndex:
    """Which documents share rare pieces with a question."""

    def __init__(self, documents: Sequence[str]) -> None:
        """Documents are normalized texts; their order is the order of the scores."""
        self._size = len(documents)
        counts = [pieces(document) for document in documents]
        self._number = {piece: i for i, piece in enumerate(sorted({piece for count in counts for piece in count}))}
        of = np.array([self._number[piece] for count in counts for piece in count], dtype=np.int32)
        document = np.repeat(np.arange(self._size, dtype=np.int32), [len(count) for count in counts])
        times = np.array([times for count in counts for times in count.values()], dtype=np.float32)
        length = np.array([count.total() for count in counts], dtype=np.float32)

        frequency = np.bincount(of, minlength=len(self._number))
        self._rarity = np.log1p((self._size - frequency + 0.5) / (frequency + 0.5))
        self._unknown = float(np.log1p((self._size + 0.5) / 0.5))
        stretch = 1 - _LENGTH + _LENGTH * length / max(float(length.mean()), 1.0) if self._size else length
        weight = times * (_SATURATION + 1) / (times + _SATURATION * stretch[document]) * self._rarity[of]

        order = np.argsort(of, kind="stable")
        self._starts = np.concatenate([[0], np.cumsum(frequency)])
        self._documents = document[order]
        self._weights = weight[order].astype(np.float32)

    def scores(self, question: str) -> Scores:
        """One score a document, about 0 to 2: the share of the question's rare pieces it holds, repeated ones counting more.

        Pieces no document knows count as rarest, so a question of foreign words scores low everywhere.
        """
        scores = np.zeros(self._size)
        total = 0.0
        for piece in Counter(pieces(question)):
            number = self._number.get(piece)
            if number is None:
                total += self._unknown
                continue
            total += float(self._rarity[number])
            span = slice(self._starts[number], self._starts[number + 1])
            scores[self._documents[span]] += self._weights[span]
        return scores / total if total else scores
