"""The order of the queue and how long an offered seat is held."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from core.domain.courses import Session
from core.domain.enrollment import Enrollment, Status

OFFER_LASTS = timedelta(hours=24)


def line(enrollments: Iterable[Enrollment]) -> list[Enrollment]:
    """Those who wait, longest first; the row id breaks a tie."""
    waiting = [e for e in enrollments if e.status is Status.WAITLISTED]
    return sorted(waiting, key=lambda e: (e.queued_at or e.requested_at, e.enrollment_id))


def place_in_line(enrollments: Iterable[Enrollment], enrollment_id: int) -> int | None:
    """Counted from 1; None for somebody who does not wait."""
    ids = [e.enrollment_id for e in line(enrollments)]
    return ids.index(enrollment_id) + 1 if enrollment_id in ids else None


def offer_deadline(session: Session, now: datetime) -> datetime | None:
    """When an offer made now lapses; None once enrolling has closed, when no seat is offered any more."""
    if not session.is_open(now):
        return None
    return min(now + OFFER_LASTS, session.closes_at)


def shortened_offer(expires_at: datetime, session: Session, now: datetime) -> datetime | None:
    """Until when a running offer is held now that the session is another; None: until when it was.

    It never outlives a deadline of enrolling still ahead, nor the start.
    """
    latest = session.closes_at if session.closes_at > now else session.starts_at
    return latest if latest < expires_at else None
