"""When bulk messages may go out, and when the last of them will have."""

import math
from datetime import datetime, timedelta

from core.domain.calendar import at_jakarta, jakarta
from core.domain.working_days import DAY_ENDS, Holidays, next_office_time

CAP_WINDOW = timedelta(hours=24)
CAP = 2
"""Campaign messages one person gets in that time; urgent ones are not held back, but counted."""


def sending_time(messages: int, per_second: float) -> timedelta:
    """How long so many messages take, without the nights between."""
    return timedelta(seconds=math.ceil(messages / per_second))


def ends_at(starts_at: datetime, messages: int, per_second: float, holidays: Holidays, *, is_urgent: bool) -> datetime:
    """When the last message goes out: quiet hours, weekends and holidays are waited for, unless it is urgent."""
    left = sending_time(messages, per_second)
    moment = starts_at
    while not is_urgent and left:
        moment = next_office_time(moment, holidays)
        today = at_jakarta(jakarta(moment).date(), DAY_ENDS) - moment
        if left <= today:
            break
        moment, left = moment + today, left - today
    return moment + left
