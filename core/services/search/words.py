"""Cuts normalized text into the pieces that search compares: stems, pairs of stems and letter groups.

Letter groups forgive typing slips and endings; whole words keep the short ones (`ii`, `2c`, `ppk`) apart.
"""

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

Normalize = Callable[[str], str]
"""Chat text to plain words. Applied to questions and documents alike, so that both sides change in the same way."""

_WORD = re.compile(r"[^\W_]+")
_PREFIXES = (
    "meng",
    "meny",
    "mem",
    "men",
    "me",
    "peng",
    "peny",
    "pem",
    "pen",
    "pe",
    "ber",
    "be",
    "di",
    "ke",
    "ter",
    "se",
)
_SUFFIXES = ("nya", "kah", "lah", "kan", "an", "i")
_SHORTEST_AFFIXED = 6
_SHORTEST_STEM = 4
_LETTER_GROUPS = (3, 4)


def plain(text: str) -> str:
    """The least a normalizer does: lower case, single blanks."""
    return " ".join(text.lower().split())


def words(text: str) -> list[str]:
    """Words and numbers in order. Expects lower case."""
    return _WORD.findall(text)


def stem(word: str) -> str:
    """The word without its outermost ending and prefix, as long as four letters stay: `pemberhentian` is `berhenti`."""
    if len(word) < _SHORTEST_AFFIXED:
        return word
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST_STEM:
            word = word[: -len(suffix)]
            break
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST_STEM:
            return word[len(prefix) :]
    return word


def pieces(text: str) -> Counter[str]:
    """How often each piece occurs. Stems are marked `#`, so that a stem of three letters is not a letter group."""
    found: Counter[str] = Counter()
    stems = []
    for word in words(text):
        framed = f" {word} "
        for size in _LETTER_GROUPS:
            found.update(framed[start : start + size] for start in range(len(framed) - size + 1))
        stems.append(stem(word))
    found.update(f"#{one}" for one in stems)
    found.update(f"#{one} {two}" for one, two in pairwise(stems))
    return found
