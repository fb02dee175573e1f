"""The hours in which nobody is written to without need: 20:00 to 07:00 in Jakarta. What can wait is due afterwards."""

from datetime import datetime, timedelta

from core.domain.calendar import at_jakarta, jakarta
from core.domain.working_days import DAY_BEGINS, DAY_ENDS


def is_quiet(moment: datetime) -> bool:
    return not DAY_BEGINS <= jakarta(moment).time() < DAY_ENDS


def next_waking_time(moment: datetime) -> datetime:
    """`moment` itself, or the morning after it. Weekends and holidays count as well: a phone is read every day."""
    if not is_quiet(moment):
        return moment
    local = jakarta(moment)
    return at_jakarta(local.date() + timedelta(days=local.time() >= DAY_ENDS), DAY_BEGINS)
