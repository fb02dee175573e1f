"""Why a seat is not given, kept or given back. The whole tree stands in `core.domain.errors`."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.errors.base import CoreError


class EnrollmentRefused(CoreError):
    """The enrollment is not possible."""


@dataclass(eq=False)
class EnrollmentClosed(EnrollmentRefused):
    session_code: str
    closed_at: datetime


@dataclass(eq=False)
class SessionCancelled(EnrollmentRefused):
    session_code: str


@dataclass(eq=False)
class SessionStarted(EnrollmentRefused):
    session_code: str
    starts_at: datetime


@dataclass(eq=False)
class SessionFull(EnrollmentRefused):
    session_code: str
    seats: int


@dataclass(eq=False)
class UnitQuotaFull(EnrollmentRefused):
    session_code: str
    unit: str
    seats: int


@dataclass(eq=False)
class NotInAudience(EnrollmentRefused):
    course_code: str
    audience: tuple[str, ...]


@dataclass(eq=False)
class NotThisEmployment(EnrollmentRefused):
    course_code: str
    employment: tuple[str, ...]


@dataclass(eq=False)
class AlreadyCompleted(EnrollmentRefused):
    course_code: str
    title: str


@dataclass(eq=False)
class PrerequisiteMissing(EnrollmentRefused):
    """`missing_titles` stand beside `missing_codes`."""

    course_code: str
    missing_codes: tuple[str, ...]
    missing_titles: tuple[str, ...]


@dataclass(eq=False)
class HoursCeilingReached(EnrollmentRefused):
    """`hours` more would pass the `ceiling` of the `year`."""

    session_code: str
    hours: int
    done: int
    booked: int
    ceiling: int
    year: int


@dataclass(eq=False)
class ScheduleClash(EnrollmentRefused):
    session_code: str
    title: str
    other_session_code: str
    other_title: str


@dataclass(eq=False)
class AlreadyDecided(EnrollmentRefused):
    enrollment_id: int
    status: str


@dataclass(eq=False)
class OfferExpired(EnrollmentRefused):
    enrollment_id: int
