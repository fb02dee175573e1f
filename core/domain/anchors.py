"""A campaign that goes to each person at a date of their own: so many days after they linked, or around a training of theirs.

In words, and stored so: "7 hari sesudah tertaut", "3 hari sebelum kelas TIK-02", "1 hari sesudah kelas TIK-02".
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from core.domain.errors import AnchorNotReadable

LONGEST = 365
OPEN_FOR = timedelta(days=90)
"""So long such a campaign looks for people whose date comes, unless it says otherwise."""
GRACE = timedelta(days=1)
"""Whose date came so shortly before the release still gets it; whose came earlier has missed it."""

_WORDS = re.compile(
    r"(?P<days>\d{1,4})\s+hari\s+(?:(?P<linked>sesudah|setelah)\s+(?:tertaut|menautkan(?:\s+akun)?)"
    r"|(?P<side>sebelum|sesudah|setelah)\s+(?:kelas|pelatihan)\s+(?P<course>[A-Za-z0-9][A-Za-z0-9_-]{0,30}))",
    re.IGNORECASE,
)


class AnchorKind(StrEnum):
    LINKED = "linked"
    """After the person linked their account."""
    BEFORE_SESSION = "before_session"
    """Before a session of the course begins in which they hold a seat."""
    AFTER_SESSION = "after_session"
    """After it ended."""


@dataclass(frozen=True)
class Anchor:
    kind: AnchorKind
    days: int
    course_code: str | None = None
    """None for LINKED."""

    def __str__(self) -> str:
        if self.kind is AnchorKind.LINKED:
            return f"{self.days} hari sesudah tertaut"
        side = "sebelum" if self.kind is AnchorKind.BEFORE_SESSION else "sesudah"
        return f"{self.days} hari {side} kelas {self.course_code}"


def read(words: str) -> Anchor | None:
    """None for an empty line: everybody at once. Raises AnchorNotReadable."""
    line = " ".join(words.split()).rstrip(".")
    if not line:
        return None
    match = _WORDS.fullmatch(line)
    if match is None or int(match["days"]) > LONGEST:
        raise AnchorNotReadable(line, LONGEST)
    days = int(match["days"])
    if match["linked"]:
        return Anchor(AnchorKind.LINKED, days)
    is_before = match["side"].lower() == "sebelum"
    return Anchor(AnchorKind.BEFORE_SESSION if is_before else AnchorKind.AFTER_SESSION, days, match["course"].upper())
