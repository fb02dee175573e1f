"""Learning hours (JP): the yearly ledger and what is missing."""

from dataclasses import dataclass
from datetime import date

from core.domain.people import Employment

YEARLY_MINIMUM = 20
"""PP 11/2017 Ps 203(4) for PNS (fact D01); the assistant uses it as the yardstick it shows."""

PPPK_CEILING = 24
"""PPPK may take at most 24 JP a year (fact B06)."""


@dataclass(frozen=True)
class HoursEntry:
    """A row of the ledger; a correction is a new row with a reason, never an edit."""

    person_id: int
    hours: int
    earned_on: date
    title: str
    reason: str | None = None
    enrollment_id: int | None = None
    """The enrollment that earned the hours; None for those earned elsewhere."""


@dataclass(frozen=True)
class HoursSummary:
    """One person's year: hours done, hours of seats held in coming sessions, and the entries behind them.

    `booked` includes `awaiting`: sessions the person was in whose list is not confirmed yet. `earlier`: hours of earlier years,
    newest first.
    """

    year: int
    employment: Employment
    done: int
    booked: int
    entries: tuple[HoursEntry, ...] = ()
    awaiting: int = 0
    earlier: tuple[tuple[int, int], ...] = ()

    @property
    def missing(self) -> int:
        return max(0, YEARLY_MINIMUM - self.done)

    @property
    def missing_after_booked(self) -> int:
        return max(0, YEARLY_MINIMUM - self.done - self.booked)
