"""The chat normalizer as search uses it: the very one of the Rasa pipeline, so that both read a sentence alike.

`nlu.normalize` imports nothing of Rasa. It is the only module of `nlu` that runs in this environment.
"""

from functools import lru_cache

from nlu.normalize import Normalizer


@lru_cache(maxsize=1)
def _normalizer() -> Normalizer:
    return Normalizer.load()


def normalize(text: str) -> str:
    """Chat Indonesian to plain words, lower case. The table is read at first use."""
    return _normalizer()(text)
