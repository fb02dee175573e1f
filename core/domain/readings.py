"""How a campaign was read: by one person, and by a unit with everything below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.campaigns import Campaign, UnitReading, Unreached
from core.domain.people import Person


class Reading(StrEnum):
    """What became of a campaign with one person."""

    READ = "read"
    """Said so with the button."""
    SILENT = "silent"
    """It arrived; nothing more is known. Of a campaign that asks for no answer, this is all there is."""
    WAITING = "waiting"
    UNREACHED = "unreached"


@dataclass(frozen=True)
class Recipient:
    person: Person
    reading: Reading
    sent_at: datetime | None = None
    read_at: datetime | None = None
    reminders: int = 0
    why: Unreached | None = None
    """Of an UNREACHED one."""
    has_replied: bool = False
    """Asked something about it."""


@dataclass(frozen=True)
class StaffReading:
    """One supervisor's staff among the recipients of one campaign."""

    campaign: Campaign
    staff: int
    silent: int
    """How many of them have not said that they read it, whether it reached them or not."""


def children_of(units: Sequence[UnitReading], code: str | None = None) -> tuple[UnitReading | None, list[UnitReading]]:
    """The unit and those right below it that have recipients, the most recipients first.

    None: where the recipients first part, from the top. A unit unknown, or nobody's: (None, []).
    """
    by_code = {row.unit.code: row for row in units}
    if code is not None:
        here = by_code.get(code)
        return here, _below(units, code) if here is not None else []
    tops = [row for row in units if row.unit.parent not in by_code]
    while len(tops) == 1:
        below = _below(units, tops[0].unit.code)
        if len(below) != 1 or below[0].recipients != tops[0].recipients:
            return tops[0], below
        tops = below
    return None, sorted(tops, key=_size)


def _below(units: Sequence[UnitReading], code: str) -> list[UnitReading]:
    return sorted((row for row in units if row.unit.parent == code), key=_size)


def _size(row: UnitReading) -> tuple[int, str]:
    return -row.recipients, row.unit.code
