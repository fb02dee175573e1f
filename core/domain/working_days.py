"""Working days and office hours in Jakarta. Which days are public holidays is told from outside (`core.holidays`)."""

from collections.abc import Container
from datetime import date, datetime, time, timedelta

from core.domain.calendar import at_jakarta, jakarta

Holidays = Container[date]
"""The public holidays, by Jakarta's date."""

DAY_BEGINS = time(7, 0)
DAY_ENDS = time(20, 0)
"""From then until DAY_BEGINS are the quiet hours, in which nobody is nudged."""

_SATURDAY = 5


def is_working_day(day: date, holidays: Holidays) -> bool:
    return day.weekday() < _SATURDAY and day not in holidays


def add_working_days(moment: datetime, count: int, holidays: Holidays) -> datetime:
    """The same wall-clock time `count` (from 1) working days later; the day of `moment` itself is not counted."""
    day = jakarta(moment).date()
    for _ in range(count):
        day = _next_working_day(day + timedelta(days=1), holidays)
    return at_jakarta(day, jakarta(moment).time())


def is_office_time(moment: datetime, holidays: Holidays) -> bool:
    """A working day, outside the quiet hours."""
    local = jakarta(moment)
    return is_working_day(local.date(), holidays) and DAY_BEGINS <= local.time() < DAY_ENDS


def next_office_time(moment: datetime, holidays: Holidays) -> datetime:
    """`moment` itself if somebody may be nudged then, or the beginning of the next working day."""
    if is_office_time(moment, holidays):
        return moment
    local = jakarta(moment)
    is_over = local.time() >= DAY_ENDS
    return at_jakarta(_next_working_day(local.date() + timedelta(days=is_over), holidays), DAY_BEGINS)


def _next_working_day(day: date, holidays: Holidays) -> date:
    """`day` itself if it is one."""
    while not is_working_day(day, holidays):
        day += timedelta(days=1)
    return day
