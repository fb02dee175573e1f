"""What some families of models want before a text, and the form the port promises."""

import numpy as np
from numpy.typing import ArrayLike

from core.ports import Vectors


def prefixes(model: str) -> tuple[str, str]:
    """(before a question, before a passage). The e5 family was trained with them; others take texts as they are."""
    return ("query: ", "passage: ") if "e5" in model.lower() else ("", "")


def unit(vectors: ArrayLike, count: int) -> Vectors:
    """Rows of length one. Raises ValueError if they are not `count` rows of finite numbers."""
    found = np.asarray(vectors, dtype=np.float32)
    if found.ndim != 2 or len(found) != count or not np.isfinite(found).all():
        raise ValueError(f"{found.shape} for {count} texts")
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    return np.asarray(found / np.maximum(lengths, 1e-12), dtype=np.float32)
