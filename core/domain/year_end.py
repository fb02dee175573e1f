"""The word of the last quarter to those whose year lacks learning hours: when it goes out, and which trainings it names."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from core.domain.calendar import jakarta, year_of
from core.domain.courses import Availability, Session
from core.domain.working_days import Holidays, is_office_time

NAMED = 3
"""So many trainings at most."""

_FIRST, _LAST = (10, 1), (12, 15)
"""1 October, and the last day on which there is still time to learn something."""
_UNTIL = time(17, 0)
"""Late enough for a morning's work, early enough for the last of many to arrive before the quiet hours."""


def is_time(now: datetime, holidays: Holidays) -> bool:
    local = jakarta(now)
    season = date(local.year, *_FIRST) <= local.date() <= date(local.year, *_LAST)
    return season and local.time() < _UNTIL and is_office_time(now, holidays)


def fitting(possible: Iterable[Availability], held: Sequence[Session], missing: int, year: int) -> list[Availability]:
    """Up to three sessions, soonest first, one of a course: those that close the gap alone come before those that do not.

    `possible`: open sessions the person may enroll in; `held`: those they hold or wait for, whose courses and times are taken.
    Hours count in the year a session ends in. A free seat comes before a place in line.
    """
    courses = {session.course.code for session in held}
    chosen: dict[str, Availability] = {}
    for one in possible:
        session = one.session
        is_free = session.course.code not in courses and not any(session.overlaps(other) for other in held)
        if is_free and year_of(session.ends_at) == year and (one.left or session.has_waiting_list):
            chosen.setdefault(session.course.code, one)
    best = sorted(
        chosen.values(), key=lambda one: (not one.left, one.session.course.hours < missing, one.session.starts_at)
    )
    return sorted(best[:NAMED], key=lambda one: one.session.starts_at)
