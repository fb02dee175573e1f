"""A time as an officer types it on a phone, in one line: `10-12-2026 08.00`, `10 Desember 2026 pukul 8.00 sampai 16.00`."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from core.domain.calendar import MONTHS, at_jakarta

_MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(MONTHS, 1)}
_MONTH_NUMBERS |= {name[:3]: number for name, number in _MONTH_NUMBERS.items()} | {"agt": 8, "agu": 8}
_DATE = (
    r"(?:(?P<year>20\d\d)-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
    r"|(?P<day2>\d{1,2})(?:[-/.](?P<month2>\d{1,2})[-/.]|\s+(?P<name>[a-z]+)\s+)(?P<year2>20\d\d))"
)
_CLOCK = r"(?P<hour>\d{1,2})[.:](?P<minute>\d{2})"
_MOMENT = re.compile(rf"{_DATE}[\s,]+(?:(?:pukul|jam|pk)\.?\s*)?{_CLOCK}")
_END = re.compile(rf"(?:{_DATE}[\s,]+)?(?:(?:pukul|jam|pk)\.?\s*)?{_CLOCK}")
_BETWEEN = re.compile(r"\s*(?:-|–|—|sampai dengan|sampai|hingga|s\.?d\.?|s/d)\s*")
_NOISE = re.compile(r"\b(?:senin|selasa|rabu|kamis|jumat|sabtu|minggu|wib|mulai)\b[,.]?")


@dataclass(frozen=True)
class Typed:
    """Aware UTC; no end: none was typed."""

    starts_at: datetime
    ends_at: datetime | None = None


def read(line: str) -> Typed | None:
    """None for what is no such time. An end without a date is on the day of the start."""
    words = " ".join(_NOISE.sub(" ", line.lower()).split())
    first = _MOMENT.match(words)
    if first is None:
        return None
    rest = words[first.end() :].strip(" .")
    try:
        day = _day(first)
        starts_at = at_jakarta(day, _clock(first))
        if not rest:
            return Typed(starts_at)
        between = _BETWEEN.match(rest)
        second = _END.fullmatch(rest[between.end() :]) if between else None
        if second is None:
            return None
        last = _day(second) if second["year"] or second["year2"] else day
        return Typed(starts_at, at_jakarta(last, _clock(second)))
    except (ValueError, KeyError):  # the 31st of February, 25.00, a word that is no month
        return None


def _day(match: re.Match[str]) -> date:
    if match["year"]:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    month = int(match["month2"]) if match["month2"] else _MONTH_NUMBERS[match["name"]]
    return date(int(match["year2"]), month, int(match["day2"]))


def _clock(match: re.Match[str]) -> time:
    return time(int(match["hour"]), int(match["minute"]))
