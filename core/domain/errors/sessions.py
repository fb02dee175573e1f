"""Why a session is not opened or changed as HR wants it. The whole tree stands in `core.domain.errors`."""

from dataclasses import dataclass
from enum import StrEnum

from core.domain.errors.base import CoreError


class SessionRefused(CoreError):
    """HR wants of a session what cannot be."""


@dataclass(eq=False)
class SessionExists(SessionRefused):
    session_code: str


@dataclass(eq=False)
class SeatsTaken(SessionRefused):
    session_code: str
    taken: int


class TimeFault(StrEnum):
    START_IS_PAST = "start_is_past"
    ENDS_BEFORE_START = "ends_before_start"
    CLOSES_AFTER_START = "closes_after_start"


@dataclass(eq=False)
class BadSessionTimes(SessionRefused):
    fault: TimeFault
