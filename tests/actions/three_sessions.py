"""Three sessions of one course, days apart, as a person chooses among them."""

from datetime import UTC, datetime, timedelta

from core.domain.courses import Availability, Course, Mode, Session

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
COURSE = Course("TIK-01", "Literasi Digital", "teknis", "dasar", 12, Mode.DARING, frozenset(), "")


def starting(code: str, days: int) -> Availability:
    start = NOW + timedelta(days=days)
    return Availability(Session(code, COURSE, start, start + timedelta(days=1), start, 60, True, False, "Zoom"), 0, 0)


SESSIONS = [starting("TIK-01-A", 4), starting("TIK-01-B", 10), starting("TIK-01-C", 40)]
