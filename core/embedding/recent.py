"""The vectors of questions asked lately, those that came with the message among them: nobody waits twice for one question."""

from base64 import b64decode
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from core.ports import Embedder, Vectors

KEPT = 256
_TOLERANCE = 0.01


class RecentQueries:
    """An embedder that remembers single questions. May be called from several threads."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = Lock()

    @property
    def name(self) -> str:
        return self._embedder.name

    def hand_over(self, text: str, carried: object) -> bool:
        """Takes the vector that Rasa made of this very text, as nlu/vectors.py writes it: `{"model": …, "values": …}`.

        False, and nothing taken, if it is of another form or model, or not of length one.
        """
        vector = _read(carried, self.name)
        if vector is not None:
            self._keep(text, vector[None, :])
        return vector is not None

    def queries(self, texts: Sequence[str]) -> Vectors:
        if len(texts) != 1:
            return self._embedder.queries(texts)
        with self._lock:
            known = self._known.get(texts[0])
        if known is None:
            known = self._embedder.queries(texts)
            self._keep(texts[0], known)
        return known

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._embedder.passages(texts)

    def _keep(self, text: str, vector: Vectors) -> None:
        with self._lock:
            self._known[text] = vector
            self._known.move_to_end(text)
            if len(self._known) > KEPT:
                self._known.popitem(last=False)


def _read(carried: object, model: str) -> NDArray[np.float32] | None:
    if not isinstance(carried, dict) or carried.get("model") != model or not isinstance(carried.get("values"), str):
        return None
    try:
        vector = np.frombuffer(b64decode(carried["values"], validate=True), dtype="<f2").astype(np.float32)
    except ValueError:
        return None
    is_unit = abs(float(np.linalg.norm(vector)) - 1) <= _TOLERANCE  # False also for what is no number
    return vector if is_unit else None
