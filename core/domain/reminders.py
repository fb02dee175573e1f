"""Which reminders a seat, held or offered, deserves, and when. All fall outside the quiet hours of their own accord."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from core.domain.calendar import at_jakarta, day_before, jakarta
from core.domain.courses import Session
from core.domain.quiet_hours import is_quiet, next_waking_time

REMINDER_CLOCK = time(9, 0)
"""Nine in the morning in Jakarta: inside office hours, outside the quiet ones (20:00-07:00)."""
MORNING_CLOCK = time(7, 0)
EVENING_CLOCK = time(19, 0)
DAYS_AHEAD = 7

_OFFER_NEAR_ITS_END = timedelta(hours=4)
_OFFER_WAS_LONG = timedelta(hours=2)
"""An offer is called to mind only if it lasts so much longer, and so long before it ends."""


class Occasion(StrEnum):
    """Which of a session's reminders."""

    WEEK = "week"
    DAY = "day"
    MORNING = "morning"


@dataclass(frozen=True)
class Reminder:
    """Due then, and of use until `expires_at`."""

    occasion: Occasion
    due_at: datetime
    expires_at: datetime


def reminders(session: Session, held_since: datetime) -> list[Reminder]:
    """A week before, the day before, and in the morning of the first day; for a seat held since then.

    What was due before that is not sent late, but for the reminder of the day before: it goes along with the news of the seat.
    """
    day = day_before_reminder(session)
    week = Reminder(
        Occasion.WEEK,
        at_jakarta(jakarta(session.starts_at).date() - timedelta(days=DAYS_AHEAD), REMINDER_CLOCK),
        day.due_at,
    )
    morning = Reminder(
        Occasion.MORNING, at_jakarta(jakarta(session.starts_at).date(), MORNING_CLOCK), session.starts_at
    )
    return [one for one in (week, day, morning) if _is_useful(one, held_since)]


def day_before_reminder(session: Session) -> Reminder:
    """The reminder of the day before. For a seat confirmed later than that it is due at once, until the session starts."""
    return Reminder(Occasion.DAY, day_before(session.starts_at, REMINDER_CLOCK), session.starts_at)


def offer_reminder(offered_at: datetime, expires_at: datetime) -> datetime | None:
    """When an offer is called to mind before it lapses; None if there is no good time for it between."""
    due_at = expires_at - _OFFER_NEAR_ITS_END
    if is_quiet(due_at):
        due_at = next_waking_time(due_at)
        if due_at > expires_at - _OFFER_WAS_LONG:  # too late: the evening before, then
            due_at = at_jakarta(jakarta(due_at).date() - timedelta(days=1), EVENING_CLOCK)
    return due_at if due_at >= offered_at + _OFFER_WAS_LONG else None


def _is_useful(reminder: Reminder, held_since: datetime) -> bool:
    if reminder.occasion is Occasion.DAY:
        return True
    return held_since < reminder.due_at < reminder.expires_at
