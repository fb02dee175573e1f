"""A request for approval: what the supervisor sees, and what happens while nobody decides it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.domain.courses import Session
from core.domain.enrollment import Enrollment
from core.domain.people import Person
from core.domain.working_days import Holidays, add_working_days, next_office_time

NUDGE_AFTER = 2
ESCALATE_AFTER = 4
"""Working days without a decision, after which the supervisor is nudged and the one above is asked as well."""

PASSED_ON_BEFORE = timedelta(hours=24)
"""So long before enrolling closes an undecided request lapses, so that its seat can still be offered to the next in line."""

TIME_TO_DECIDE = timedelta(hours=24)
"""A request made too late for that is given at least this long, though never past the beginning of the session."""


@dataclass(frozen=True)
class Request:
    """A request with what a supervisor needs to decide it. `done` and `booked` are JP of the running year, without this one.

    `clashes` are other sessions at the same time that the person holds or waits for.
    """

    enrollment: Enrollment
    applicant: Person
    done: int
    booked: int
    clashes: tuple[Session, ...]

    @property
    def decide_by(self) -> datetime:
        return lapses_at(self.enrollment)


def asked_at(enrollment: Enrollment) -> datetime:
    """When the approval was asked for: at enrolling, or when the person took the seat that was offered."""
    return enrollment.decided_at or enrollment.requested_at


def nudge_at(enrollment: Enrollment, holidays: Holidays) -> datetime:
    return next_office_time(add_working_days(asked_at(enrollment), NUDGE_AFTER, holidays), holidays)


def escalate_at(enrollment: Enrollment, holidays: Holidays) -> datetime:
    return next_office_time(add_working_days(asked_at(enrollment), ESCALATE_AFTER, holidays), holidays)


def lapses_at(enrollment: Enrollment) -> datetime:
    """When the request ends undecided and frees its seat."""
    session, asked = enrollment.session, asked_at(enrollment)
    in_time = session.closes_at - PASSED_ON_BEFORE
    if asked + TIME_TO_DECIDE <= in_time:
        return in_time
    return min(session.starts_at, max(session.closes_at, asked + TIME_TO_DECIDE))
