"""A supervisor away for a while lets somebody decide for them. It ends by itself."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core.domain.calendar import at_jakarta, jakarta
from core.domain.errors import DelegationPeriodRefused

LONGEST = timedelta(days=90)


@dataclass(frozen=True)
class Delegation:
    """While it is active, requests for the supervisor go to the delegate as well. `ended_at`: ended early."""

    delegation_id: int
    supervisor_id: int
    delegate_id: int
    starts_at: datetime
    ends_at: datetime
    ended_at: datetime | None = None

    def is_active(self, now: datetime) -> bool:
        return self.ended_at is None and self.starts_at <= now < self.ends_at

    @property
    def last_day(self) -> date:
        return jakarta(self.ends_at - timedelta(microseconds=1)).date()


def end_of(last_day: date, now: datetime) -> datetime:
    """The end of that day in Jakarta. Raises DelegationPeriodRefused for one that is over, or farther off than LONGEST."""
    today = jakarta(now).date()
    if not today <= last_day <= today + LONGEST:
        raise DelegationPeriodRefused(last_day, LONGEST.days)
    return at_jakarta(last_day + timedelta(days=1), time(0, 0))
