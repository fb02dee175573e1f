"""Dates and times as people in Jakarta write them. Takes aware times, shows Jakarta's wall clock."""

from datetime import date, datetime

from core.domain.calendar import MONTHS, WEEKDAYS, jakarta


def day(moment: datetime) -> str:
    """Selasa, 24 November 2026"""
    return date_words(jakarta(moment).date())


def date_words(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"


def clock(moment: datetime) -> str:
    """08.30 WIB"""
    return f"{jakarta(moment):%H.%M} WIB"


def moment(moment: datetime) -> str:
    """Selasa, 24 November 2026 pukul 08.30 WIB"""
    return f"{day(moment)} pukul {clock(moment)}"


def period(starts_at: datetime, ends_at: datetime) -> str:
    """One line for a session: one day with both times, or first to last day with the daily times."""
    first, last = jakarta(starts_at), jakarta(ends_at)
    hours = f"{first:%H.%M}–{last:%H.%M} WIB"
    if first.date() == last.date():
        return f"{day(starts_at)}, {hours}"
    same_month = (first.year, first.month) == (last.year, last.month)
    start = f"{first.day}" if same_month else f"{first.day} {MONTHS[first.month - 1]}"
    if first.year != last.year:
        start += f" {first.year}"
    return f"{start}–{last.day} {MONTHS[last.month - 1]} {last.year}, {hours}"
