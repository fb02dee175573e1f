"""The order of the queue and how long an offered seat is held."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from core.domain.courses import Session
from core.domain.enrollment import Enrollment, Status
from core.domain.quiet_hours import next_waking_time

OFFER_LASTS = timedelta(hours=24)
_NEAR = ((timedelta(days=1), timedelta(hours=2)), (timedelta(days=3), timedelta(hours=6)))
"""(so soon before the start, an offer lasts so long): others in line must still be able to plan."""

_TIME_TO_ANSWER = timedelta(hours=2)


def line(enrollments: Iterable[Enrollment]) -> list[Enrollment]:
    """Those who wait, longest first; the row id breaks a tie."""
    waiting = [e for e in enrollments if e.status is Status.WAITLISTED]
    return sorted(waiting, key=lambda e: (e.queued_at or e.requested_at, e.enrollment_id))


def place_in_line(enrollments: Iterable[Enrollment], enrollment_id: int) -> int | None:
    """Counted from 1; None for somebody who does not wait."""
    ids = [e.enrollment_id for e in line(enrollments)]
    return ids.index(enrollment_id) + 1 if enrollment_id in ids else None


def offer_deadline(session: Session, now: datetime) -> datetime | None:
    """When an offer made now lapses; None once enrolling has closed, when no seat is offered any more.

    Shorter near the start. The time counts from when somebody who sleeps at night can read of it.
    """
    if not session.is_open(now):
        return None
    left = session.starts_at - now
    lasts = next((lasts for near, lasts in _NEAR if left <= near), OFFER_LASTS)
    return min(next_waking_time(now) + lasts, session.closes_at)


def offer_told_at(offered_at: datetime, expires_at: datetime) -> datetime:
    """When its person is told of an offer: not at night, unless the morning would leave them too little time."""
    waking = next_waking_time(offered_at)
    return waking if waking <= expires_at - _TIME_TO_ANSWER else offered_at


def shortened_offer(expires_at: datetime, session: Session, now: datetime) -> datetime | None:
    """Until when a running offer is held now that the session is another; None: until when it was.

    It never outlives a deadline of enrolling still ahead, nor the start.
    """
    latest = session.closes_at if session.closes_at > now else session.starts_at
    return latest if latest < expires_at else None
