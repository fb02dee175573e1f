"""Working days: weekends and holidays do not count, and nobody is nudged at night."""

from datetime import date, datetime

import pytest

from core.domain.working_days import add_working_days, is_office_time, next_office_time
from core.holidays import IndonesianHolidays

CHRISTMAS = frozenset({date(2026, 12, 24), date(2026, 12, 25)})


def at(text: str) -> datetime:
    """On Jakarta's wall clock."""
    return datetime.fromisoformat(f"{text}+07:00")


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-11-24 10:00", 2, "2026-11-26 10:00"),  # Tuesday to Thursday
        ("2026-11-27 15:30", 2, "2026-12-01 15:30"),  # over a weekend
        ("2026-11-28 10:00", 1, "2026-11-30 10:00"),  # from a Saturday to Monday
        ("2026-12-23 09:00", 1, "2026-12-28 09:00"),  # collective leave, Christmas and a weekend
        ("2026-12-22 09:00", 4, "2026-12-30 09:00"),
        ("2026-11-25 00:30", 1, "2026-11-26 00:30"),  # still Tuesday in London
    ],
)
def test_working_days_leap_over_weekends_and_holidays(start: str, days: int, end: str) -> None:
    assert add_working_days(at(start), days, CHRISTMAS) == at(end)


@pytest.mark.parametrize(
    ("moment", "office"),
    [
        ("2026-11-24 06:59", "2026-11-24 07:00"),
        ("2026-11-24 07:00", "2026-11-24 07:00"),
        ("2026-11-24 19:59", "2026-11-24 19:59"),
        ("2026-11-24 20:00", "2026-11-25 07:00"),
        ("2026-11-27 20:00", "2026-11-30 07:00"),
        ("2026-11-28 12:00", "2026-11-30 07:00"),
        ("2026-12-24 12:00", "2026-12-28 07:00"),
    ],
)
def test_nobody_is_nudged_at_night_at_weekends_or_on_holidays(moment: str, office: str) -> None:
    assert next_office_time(at(moment), CHRISTMAS) == at(office)
    assert is_office_time(at(moment), CHRISTMAS) is (moment == office)


@pytest.mark.parametrize(
    ("day", "is_off"),
    [
        (date(2026, 8, 17), True),  # Independence Day
        (date(2026, 3, 20), True),  # collective leave before Idul Fitri
        (date(2026, 12, 25), True),
        (date(2027, 1, 1), True),
        (date(2026, 11, 24), False),
        (date(2026, 12, 31), False),
    ],
)
def test_indonesian_holidays_hold_collective_leave_too(day: date, is_off: bool) -> None:
    assert (day in IndonesianHolidays()) is is_off
