"""Dates and times as Indonesian reads them, on Jakarta's clock."""

from datetime import date, datetime

from core.domain.calendar import MONTHS, WEEKDAYS, jakarta
from core.domain.courses import Session


def long_date(day: date) -> str:
    """26 November 2026"""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(moment: datetime) -> str:
    """26 Nov 2026"""
    day = jakarta(moment)
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def full_date(moment: datetime) -> str:
    """Kamis, 26 November 2026"""
    day = jakarta(moment)
    return f"{WEEKDAYS[day.weekday()]}, {long_date(day.date())}"


def clock(moment: datetime) -> str:
    """08.00"""
    return f"{jakarta(moment):%H.%M}"


def full_moment(moment: datetime) -> str:
    """Kamis, 26 November 2026, 08.00 WIB"""
    return f"{full_date(moment)}, {clock(moment)} WIB"


def span(session: Session) -> str:
    """Kamis, 26 November 2026, 08.00–16.00 WIB; over several days from the first to the last, without the end's clock."""
    first, last = jakarta(session.starts_at), jakarta(session.ends_at)
    if first.date() == last.date():
        return f"{full_date(session.starts_at)}, {clock(session.starts_at)}–{clock(session.ends_at)} WIB"
    start = f"{WEEKDAYS[first.weekday()]}, {first.day}"
    if first.year != last.year:
        start += f" {MONTHS[first.month - 1]} {first.year}"
    elif first.month != last.month:
        start += f" {MONTHS[first.month - 1]}"
    return f"{start} – {full_date(session.ends_at)}, mulai {clock(session.starts_at)} WIB"
