"""An embedder that makes no vector twice."""

from collections.abc import Callable, Sequence

import numpy as np

from core.ports import Embedder, Vectors


class Remembering:
    """For what first looks at texts and then takes them in."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._made: dict[tuple[str, str], Vectors] = {}

    @property
    def name(self) -> str:
        return self._embedder.name

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._remembered("queries", texts, self._embedder.queries)

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._remembered("passages", texts, self._embedder.passages)

    def _remembered(self, side: str, texts: Sequence[str], make: Callable[[Sequence[str]], Vectors]) -> Vectors:
        if not texts:
            return make(texts)
        missing = [text for text in dict.fromkeys(texts) if (side, text) not in self._made]
        if missing:
            self._made.update(zip(((side, text) for text in missing), make(missing), strict=True))
        return np.stack([self._made[side, text] for text in texts])
