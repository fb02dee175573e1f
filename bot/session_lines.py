"""The one line an officer types about a session, and what it came to. Held in memory between question and yes."""

from dataclasses import dataclass
from enum import StrEnum

from core.domain.session_changes import SessionChange


class About(StrEnum):
    """What a line about a session holds."""

    TIME = "time"
    PLACE = "place"
    REASON = "reason"


@dataclass(frozen=True)
class Line:
    """What an officer was asked to write about a session, and what it came to once it is written."""

    session_code: str
    about: About
    change: SessionChange | None = None
    reason: str | None = None

    @property
    def is_written(self) -> bool:
        return self.change is not None or self.reason is not None
