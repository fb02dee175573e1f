"""Words of staff that were not understood or not answered, kept to learn from and without what could tell who wrote them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

GONE = "…"
LONGEST = 500
_TELLING = (
    re.compile(r"\S+@\S+\.\S+"),  # mail addresses
    re.compile(r"(?:https?://|www\.|t\.me/)\S+", re.IGNORECASE),
    re.compile(r"(?<!\w)@\w{3,}"),
    re.compile(r"\+?\d[\d .()/-]{5,}\d"),  # NIPs, telephone and identity numbers, dates of birth
)
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_ADDRESSED = frozenset(
    "pak bapak bu ibu buk mas mbak mba bang abang kak kakak sdr sdri saudara saudari bpk nama namaku bernama panggil".split()  # noqa: SIM905
)
_MY_NAME = re.compile(
    r"\bnama(?:\s+(?:saya|gue|gua|aku|ane)|ku)(?:\s+(?:adalah|itu|ialah))?\s+((?:[^\W\d_]+\s*){1,3})", re.IGNORECASE
)


class KeptKind(StrEnum):
    REFUSED = "refused"
    """A policy question no section answers."""
    UNCLEAR = "unclear"
    """Nobody could tell what was wanted."""


@dataclass(frozen=True)
class KeptQuestion:
    """`intent`: what it was taken for, or would have been; empty if there was no guess."""

    question_id: int
    kind: KeptKind
    text: str
    intent: str
    asked_at: datetime


def words_of(text: str) -> list[str]:
    """In lower case, for looking up names."""
    return [match[0].lower() for match in _WORD.finditer(text)]


def without_identity(text: str, own_name: str | None, names: Iterable[str]) -> str:
    """Numbers, addresses, and names: the asker's, any two words that follow each other in one of `names`, and one of their
    words after "pak", "ibu", "nama saya" and the like.

    `names`: of the registry, those that share a word with the text. Ordinary words that are names, too, stay otherwise.
    """
    for telling in _TELLING:
        text = telling.sub(GONE, text)
    text = _MY_NAME.sub(lambda match: match[0].replace(match[1], f"{GONE} "), text)
    own = {word for word in words_of(own_name or "") if len(word) > 2}
    known = [words_of(name) for name in names]
    pairs = {pair for name in known for pair in pairwise(name)}
    single = {word for name in known for word in name if len(word) > 2}
    spans = list(_name_spans(text, own, pairs, single))
    for start, end in reversed(spans):
        text = text[:start] + GONE + text[end:]
    return re.sub(rf"{GONE}(?:\s*{GONE})+", GONE, " ".join(text.split()))[:LONGEST]


def _name_spans(text: str, own: set[str], pairs: set[tuple[str, str]], single: set[str]) -> Iterator[tuple[int, int]]:
    found = list(_WORD.finditer(text))
    words = [match[0].lower() for match in found]
    for place, match in enumerate(found):
        before = words[place - 1] if place else ""
        after = words[place + 1] if place + 1 < len(words) else ""
        follows_address = before in _ADDRESSED and (words[place] in single or match[0][0].isupper())
        in_pair = (before, words[place]) in pairs or (words[place], after) in pairs
        if words[place] in own or in_pair or (follows_address and words[place] not in _ADDRESSED):
            yield match.span()
