"""Why attendance, its list, hours, certificates and evaluations are not taken. The whole tree stands in `core.domain.errors`."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.errors.base import CoreError


class AttendanceRefused(CoreError):
    """Presence could not be noted, or the list could not be confirmed."""


@dataclass(eq=False)
class AttendanceCodeWrong(AttendanceRefused):
    tries_left: int


class AttendanceCodeOutdated(AttendanceRefused):
    """The code was shown within the last hour; another one is shown now."""


@dataclass(eq=False)
class AttendanceLocked(AttendanceRefused):
    opens_at: datetime


@dataclass(eq=False)
class AttendanceNotOpen(AttendanceRefused):
    """`opens_at` is None once the session is over or when it is cancelled."""

    session_code: str
    opens_at: datetime | None


@dataclass(eq=False)
class NotAParticipant(AttendanceRefused):
    """`status`: where the person's enrollment stands; None: not enrolled at all."""

    session_code: str
    title: str
    status: str | None


@dataclass(eq=False)
class AttendanceNotOver(AttendanceRefused):
    session_code: str
    ends_at: datetime


@dataclass(eq=False)
class ListNotConfirmed(AttendanceRefused):
    session_code: str


@dataclass(eq=False)
class HoursOutOfRange(AttendanceRefused):
    hours: int
    most: int


@dataclass(eq=False)
class NoCertificate(AttendanceRefused):
    title: str
    status: str


@dataclass(eq=False)
class AlreadyEvaluated(AttendanceRefused):
    rating: int


@dataclass(eq=False)
class RatingOutOfRange(AttendanceRefused):
    rating: int
