"""The order of the queue and how long an offered seat is held."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from core.domain.courses import Session
from core.domain.enrollment import Enrollment, Status

OFFER_LASTS = timedelta(hours=24)


def next_in_line(enrollments: Iterable[Enrollment]) -> Enrollment | None:
    """The person who has waited longest; the row id breaks a tie."""
    waiting = [e for e in enrollments if e.status is Status.WAITLISTED]
    return min(waiting, key=lambda e: (e.queued_at or e.requested_at, e.enrollment_id), default=None)


def offer_deadline(session: Session, now: datetime) -> datetime | None:
    """When an offer made now lapses; None once enrolling has closed, when no seat is offered any more."""
    if not session.is_open(now):
        return None
    return min(now + OFFER_LASTS, session.closes_at)
