"""Any model of the package sentence-transformers, if somebody has installed it: it is large and not among our pins."""

import threading
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import numpy as np

from core.embedding.prefixes import prefixes, unit
from core.ports import EmbedderUnavailable, Vectors

BATCH = 16
_SETTING = "EMBEDDER"
PACKAGE_MISSING = "the package sentence-transformers is not installed"


class SentenceTransformersEmbedder:
    """Loaded at first use. Raises EmbedderUnavailable if package or model is not there."""

    def __init__(self, model: str) -> None:
        self.name = f"sentence-transformers:{model}"
        self._model_name = model
        self._question, self._passage = prefixes(model)
        self._loading = threading.Lock()
        self._model: Any = None

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._embedded([self._question + text for text in texts])

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._embedded([self._passage + text for text in texts])

    def _embedded(self, texts: list[str]) -> Vectors:
        if not texts:
            return np.zeros((0, 1), dtype=np.float32)
        return unit(self._loaded().encode(texts, batch_size=BATCH, show_progress_bar=False), len(texts))

    def _loaded(self) -> Any:
        with self._loading:
            if self._model is None:
                try:
                    package = import_module("sentence_transformers")
                except ImportError as error:
                    raise EmbedderUnavailable(_SETTING, PACKAGE_MISSING) from error
                try:
                    self._model = package.SentenceTransformer(self._model_name, device="cpu")
                except (OSError, ValueError) as error:
                    raise EmbedderUnavailable(_SETTING, f"model {self._model_name} cannot be loaded") from error
            return self._model
