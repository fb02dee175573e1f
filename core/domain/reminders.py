"""Which reminders a confirmed seat deserves, and when."""

from dataclasses import dataclass
from datetime import datetime, time

from core.domain.calendar import day_before
from core.domain.courses import Session

REMINDER_CLOCK = time(9, 0)
"""Nine in the morning in Jakarta: inside office hours, outside the quiet ones (20:00-07:00)."""


@dataclass(frozen=True)
class Reminder:
    due_at: datetime
    expires_at: datetime


def day_before_reminder(session: Session) -> Reminder:
    """The reminder of the day before. For a seat confirmed later than that it is due at once, until the session starts."""
    return Reminder(due_at=day_before(session.starts_at, REMINDER_CLOCK), expires_at=session.starts_at)
