"""The life of an enrollment: its states, the allowed steps between them, and the decision at the door."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.courses import Availability, Session, SessionStatus
from core.domain.eligibility import Record, require_eligible
from core.domain.errors import (
    AlreadyDecided,
    EnrollmentClosed,
    ScheduleClash,
    SessionCancelled,
    SessionFull,
    UnitQuotaFull,
)
from core.domain.people import Person
from core.domain.quotas import QuotaUse

NO_RECORD = Record()


class Status(StrEnum):
    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WAITLISTED = "waitlisted"
    OFFERED = "offered"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"
    ATTENDED = "attended"
    NO_SHOW = "no_show"
    COMPLETED = "completed"


HOLDS_SEAT = frozenset(
    {Status.REQUESTED, Status.CONFIRMED, Status.OFFERED, Status.ATTENDED, Status.NO_SHOW, Status.COMPLETED}
)
LIVE = frozenset({Status.REQUESTED, Status.CONFIRMED, Status.WAITLISTED, Status.OFFERED})
"""States the person can still withdraw from."""
ENDED = frozenset({Status.DECLINED, Status.LAPSED, Status.CANCELLED})
"""States from which the person may enroll anew."""

STEPS: dict[Status, frozenset[Status]] = {
    Status.REQUESTED: frozenset({Status.CONFIRMED, Status.DECLINED, Status.LAPSED, Status.CANCELLED}),
    Status.WAITLISTED: frozenset({Status.OFFERED, Status.LAPSED, Status.CANCELLED}),
    Status.OFFERED: frozenset({Status.CONFIRMED, Status.REQUESTED, Status.LAPSED, Status.CANCELLED}),
    Status.CONFIRMED: frozenset({Status.CANCELLED, Status.ATTENDED, Status.NO_SHOW}),
    Status.ATTENDED: frozenset({Status.COMPLETED, Status.NO_SHOW}),
    # the same row lives again when the person enrolls anew: one row per employee and session
    Status.DECLINED: frozenset({Status.REQUESTED, Status.CONFIRMED, Status.WAITLISTED}),
    Status.LAPSED: frozenset({Status.REQUESTED, Status.CONFIRMED, Status.WAITLISTED}),
    Status.CANCELLED: frozenset({Status.REQUESTED, Status.CONFIRMED, Status.WAITLISTED}),
    # what HR confirmed can be corrected by HR, with a reason
    Status.NO_SHOW: frozenset({Status.COMPLETED}),
    Status.COMPLETED: frozenset({Status.NO_SHOW}),
}


@dataclass(frozen=True)
class Enrollment:
    """One person in one session. `queued_at` orders the waiting list; `offer_expires_at` is set while offered."""

    enrollment_id: int
    person_id: int
    session: Session
    status: Status
    requested_at: datetime
    decided_at: datetime | None = None
    queued_at: datetime | None = None
    offer_expires_at: datetime | None = None
    reason: str | None = None

    def require_step(self, to: Status) -> None:
        """Raises AlreadyDecided unless the step is allowed from where the row stands now."""
        if to not in STEPS[self.status]:
            raise AlreadyDecided(self.enrollment_id, self.status)


def decide(
    person: Person,
    availability: Availability,
    held: Sequence[Session],
    now: datetime,
    record: Record = NO_RECORD,
    quotas: QuotaUse | None = None,
) -> Status:
    """The state a new enrollment starts in.

    `availability` and `quotas` must be read with the session row locked; `held` are the other sessions the person has a seat in.
    Raises the EnrollmentRefused that applies, in the order a person would want to hear them. A session that needs
    approval takes a seat as `requested`, so that an approval never finds the room full.
    """
    session = availability.session
    if session.status is SessionStatus.CANCELLED:
        raise SessionCancelled(session.code)
    if not session.is_open(now):
        raise EnrollmentClosed(session.code, session.closes_at)
    require_eligible(person, session, record)
    require_no_clash(session, held)
    full = quotas.full_for(person.unit.code) if quotas is not None else None
    # those already in line come first, even while a freed seat has not been offered yet
    in_front = availability.waiting if quotas is None else quotas.waiting_for_a_seat
    if availability.left > 0 and in_front == 0 and full is None:
        return Status.REQUESTED if session.needs_approval else Status.CONFIRMED
    if session.has_waiting_list:
        return Status.WAITLISTED
    if quotas is not None and full is not None and availability.left > 0:
        raise UnitQuotaFull(session.code, quotas.name_of(full), full.seats)
    raise SessionFull(session.code, session.seats)


def require_no_clash(session: Session, held: Sequence[Session]) -> None:
    """Raises ScheduleClash naming the other session the person holds a seat in at the same time."""
    for other in held:
        if other.code != session.code and other.overlaps(session):
            raise ScheduleClash(session.code, session.course.title, other.code, other.course.title)


def after_acceptance(session: Session) -> Status:
    """Where an accepted offer goes: a supervisor who must agree has not been asked while the person waited."""
    return Status.REQUESTED if session.needs_approval else Status.CONFIRMED
