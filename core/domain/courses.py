"""Courses, their sessions, and the seats of a session."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.people import Employment, PositionLevel


class Mode(StrEnum):
    DARING = "daring"
    LURING = "luring"
    CAMPURAN = "campuran"


class SessionStatus(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Course:
    """A training as the catalogue describes it. `hours` are JP of 45 minutes (fact D20).

    An empty `audience` or `employment` means everybody. `requires`: codes of the courses one must have completed before.
    """

    code: str
    title: str
    competency: str
    level: str
    hours: int
    mode: Mode
    audience: frozenset[PositionLevel]
    summary: str
    employment: frozenset[Employment] = frozenset()
    requires: tuple[str, ...] = ()
    is_repeatable: bool = False

    def is_for(self, level: PositionLevel) -> bool:
        return not self.audience or level in self.audience


@dataclass(frozen=True)
class UnitQuota:
    """At most so many of the session's seats go to people of this unit and of the units below it."""

    unit_code: str
    seats: int


@dataclass(frozen=True)
class Session:
    """One run of a course. Times are aware UTC; enrolling is possible until `closes_at`.

    `sequence` counts the moves: calendars take the entry with the higher number for the newer (RFC 5545).
    """

    code: str
    course: Course
    starts_at: datetime
    ends_at: datetime
    closes_at: datetime
    seats: int
    has_waiting_list: bool
    needs_approval: bool
    place: str
    status: SessionStatus = SessionStatus.OPEN
    sequence: int = 0
    quotas: tuple[UnitQuota, ...] = ()

    def is_open(self, now: datetime) -> bool:
        return self.status is SessionStatus.OPEN and now < self.closes_at

    def overlaps(self, other: "Session") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True)
class Availability:
    """A session with what its enrollment rows add up to; never stored."""

    session: Session
    taken: int
    waiting: int

    @property
    def left(self) -> int:
        return max(0, self.session.seats - self.taken)
