"""A session as a calendar file (RFC 5545) that a phone can open."""

from core.domain.courses import Session


def session_calendar(session: Session) -> bytes:
    """UTF-8 `.ics` with one event, stable UID, alarm a day before. Written with the icalendar library."""
    raise NotImplementedError
