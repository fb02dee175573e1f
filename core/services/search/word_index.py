"""BM25 over pieces of words, as three flat arrays: small in memory and fast in numpy."""

from array import array
from collections import Counter
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from core.services.search.words import pieces

_SATURATION = 1.5
_LENGTH = 0.9
"""Cross-validation is flat around these two (docs/decisions/0006)."""

Scores = NDArray[np.float64]


class WordIndex:
    """Which documents share rare pieces with a question."""

    def __init__(self, documents: Iterable[str]) -> None:
        """Documents are normalized texts; their order is the order of the scores."""
        self._number: dict[str, int] = {}
        # flat from the beginning: of a hundred thousand documents the counts alone would take gigabytes
        flat, often, sizes, totals = array("i"), array("f"), array("i"), array("f")
        for one in documents:
            count = pieces(one)
            flat.extend(self._number.setdefault(piece, len(self._number)) for piece in count)
            often.extend(count.values())
            sizes.append(len(count))
            totals.append(count.total())
        self._size = len(sizes)
        of, times = np.asarray(flat, dtype=np.int32), np.asarray(often, dtype=np.float32)
        document = np.repeat(np.arange(self._size, dtype=np.int32), np.asarray(sizes))
        length = np.asarray(totals, dtype=np.float32)

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
