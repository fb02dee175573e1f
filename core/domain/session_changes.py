"""What HR may make of a session: opening it, changing it, and what of a change its people must hear."""

from dataclasses import dataclass, replace
from datetime import datetime

from core.domain.courses import Availability, Session, SessionStatus
from core.domain.errors import BadSessionTimes, SeatsTaken, SessionCancelled, SessionStarted, TimeFault


@dataclass(frozen=True)
class SessionChange:
    """What is to be different; None: stays as it is."""

    starts_at: datetime | None = None
    ends_at: datetime | None = None
    closes_at: datetime | None = None
    seats: int | None = None
    place: str | None = None


def changed(standing: Availability, change: SessionChange, now: datetime) -> Session:
    """The session as it will be. Raises SessionCancelled, SessionStarted, SeatsTaken, BadSessionTimes.

    A start without an end moves the end along; enrolling never closes after the start. A new deadline still to come opens
    enrolling again where HR had closed it.
    """
    before = standing.session
    require_changeable(before, now)
    starts_at = change.starts_at or before.starts_at
    ends_at = change.ends_at or (before.ends_at + (starts_at - before.starts_at))
    closes_at = change.closes_at or min(before.closes_at, starts_at)
    reopened = change.closes_at is not None and change.closes_at > now
    after = replace(
        before,
        starts_at=starts_at,
        ends_at=ends_at,
        closes_at=closes_at,
        seats=before.seats if change.seats is None else change.seats,
        place=change.place or before.place,
        status=SessionStatus.OPEN if reopened else before.status,
    )
    require_times(after, now)
    if after.seats < standing.taken:
        raise SeatsTaken(before.code, standing.taken)
    return numbered(before, after)


def require_changeable(session: Session, now: datetime) -> None:
    """Raises SessionCancelled or SessionStarted."""
    if session.status is SessionStatus.CANCELLED:
        raise SessionCancelled(session.code)
    if now >= session.starts_at:
        raise SessionStarted(session.code, session.starts_at)


def require_times(session: Session, now: datetime) -> None:
    """Raises BadSessionTimes."""
    if session.starts_at <= now:
        raise BadSessionTimes(TimeFault.START_IS_PAST)
    if session.ends_at <= session.starts_at:
        raise BadSessionTimes(TimeFault.ENDS_BEFORE_START)
    if session.closes_at > session.starts_at:
        raise BadSessionTimes(TimeFault.CLOSES_AFTER_START)


def is_moved(before: Session, after: Session) -> bool:
    """Whether those who come must hear of it: another time or another place."""
    return (before.starts_at, before.ends_at, before.place) != (after.starts_at, after.ends_at, after.place)


def is_rewritten(before: Session, after: Session) -> bool:
    """Whether the calendar entry is another one."""
    return is_moved(before, after) or (before.status, after.status).count(SessionStatus.CANCELLED) == 1


def numbered(before: Session, after: Session) -> Session:
    """With the next sequence number if the calendar entry is another one, so that calendars take it for the newer."""
    return replace(after, sequence=before.sequence + is_rewritten(before, after))
