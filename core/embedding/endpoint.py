"""Embeddings over HTTP, in the form that OpenAI's endpoint made common: POST …/embeddings with `model` and `input`."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import httpx
import numpy as np

from core.embedding.prefixes import prefixes, unit
from core.ports import EmbedderUnavailable, Vectors

BATCH = 64
TIMEOUT = 30.0
_SETTING = "EMBEDDER"
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class EndpointEmbedder:
    """Raises EmbedderUnavailable when the endpoint does not answer, refuses, or answers something else. One try more after a
    broken connection or an overloaded server."""

    def __init__(self, url: str, model: str, key: str | None = None, *, timeout: float = TIMEOUT) -> None:
        self.name = f"endpoint:{model}"
        self._model = model
        self._question, self._passage = prefixes(model)
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        # a proxy of the environment has no business between two processes of one machine
        is_near = urlsplit(url).hostname in _LOOPBACK
        self._http = httpx.Client(base_url=url, headers=headers, timeout=timeout, trust_env=not is_near)

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._embedded([self._question + text for text in texts])

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._embedded([self._passage + text for text in texts])

    def _embedded(self, texts: list[str]) -> Vectors:
        batches = [self._batch(texts[start : start + BATCH]) for start in range(0, len(texts), BATCH)]
        try:
            return np.concatenate(batches) if batches else np.zeros((0, 1), dtype=np.float32)
        except ValueError as error:
            raise EmbedderUnavailable(_SETTING, "vectors of different sizes") from error

    def _batch(self, texts: list[str]) -> Vectors:
        body = {"model": self._model, "input": texts, "encoding_format": "float"}
        answer = self._asked(body, is_last=False) or self._asked(body, is_last=True)
        assert answer is not None  # the last try raises
        try:
            rows = sorted(answer["data"], key=lambda row: row["index"])
            return unit([row["embedding"] for row in rows], len(texts))
        except (KeyError, TypeError, ValueError) as error:
            raise EmbedderUnavailable(_SETTING, f"not an answer of an embedding endpoint: {error}") from error

    def _asked(self, body: dict[str, Any], *, is_last: bool) -> Any | None:
        """None: worth one try more."""
        try:
            response = self._http.post("/embeddings", json=body)
            response.raise_for_status()
            return response.json()
        except httpx.HTTPStatusError as error:
            code = error.response.status_code
            if not is_last and (code == httpx.codes.TOO_MANY_REQUESTS or code >= httpx.codes.INTERNAL_SERVER_ERROR):
                return None
            raise EmbedderUnavailable(_SETTING, f"HTTP {code}") from error
        except httpx.TransportError as error:
            if not is_last and not isinstance(error, httpx.TimeoutException):
                return None
            raise EmbedderUnavailable(_SETTING, type(error).__name__) from error
        except ValueError as error:
            raise EmbedderUnavailable(_SETTING, "no JSON") from error
