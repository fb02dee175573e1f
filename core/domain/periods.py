"""Periods as people say them in Indonesian (and plain English), as whole Jakarta days. Pure: today is given."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = (
    "januari|january|jan",
    "februari|february|pebruari|feb",
    "maret|march|mar",
    "april|apr",
    "mei",
    "juni|june|jun",
    "juli|july|jul",
    "agustus|august|agu|agt|aug",
    "september|sept|sep",
    "oktober|october|okt|oct",
    "november|nopember|nov",
    "desember|december|des|dec",
)
_DAYS = ("senin|monday", "selasa|tuesday", "rabu|wednesday", "kamis|thursday", "jumat|friday", "sabtu|saturday")
_NUMBERS = {"satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6}
_MONTH = f"(?P<month>{'|'.join(_MONTHS)})"
_NUMBER = rf"(?P<number>\d{{1,2}}|{'|'.join(_NUMBERS)})"
_LATE = r"(?:akhir|penghujung|ujung|end of(?: the)?|late)"
_EARLY = r"(?:awal|beginning of(?: the)?|early)"


@dataclass(frozen=True)
class Period:
    """Both days belong to it."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class FoundPeriod:
    period: Period
    rest: str
    """The text without the words that named the period."""


def find_period(text: str, today: date) -> FoundPeriod | None:
    """The period a text names, or None. Several ("januari sampai maret") give the span from the first to the last.

    Past months and days of the year mean next year's; a named year is taken as it is.
    """
    rest = text.lower()
    found: list[Period] = []
    for pattern, meaning in _PHRASES:
        while match := pattern.search(rest):
            period = meaning(match, today)
            rest = f"{rest[: match.start()]} {rest[match.end() :]}"
            if period is not None:
                found.append(period)
    if not found:
        return None
    span = Period(min(one.first for one in found), max(one.last for one in found))
    return FoundPeriod(span, " ".join(rest.split()))


def _days(first: date, last: date) -> Period | None:
    return Period(first, last) if first <= last else None


def _add_months(day: date, months: int) -> date:
    """The first day of the month that many months on."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _month_of(day: date) -> Period:
    return Period(day.replace(day=1), _add_months(day, 1) - timedelta(days=1))


def _week_of(day: date) -> Period:
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6))


def _year_of(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31))


def _rest_of(period: Period, today: date) -> Period:
    return Period(max(today, period.first), period.last)


def _part_of_month(month: Period, part: str) -> Period:
    first, last = {"early": (1, 10), "middle": (11, 20), "late": (21, month.last.day)}[part]
    return Period(month.first.replace(day=first), month.first.replace(day=last))


def _upcoming(of: Callable[[int], Period], today: date) -> Period:
    """This year's, unless it is over: then next year's."""
    return of(today.year) if of(today.year).last >= today else of(today.year + 1)


def _number(match: re.Match[str]) -> int:
    said = match["number"]
    return _NUMBERS.get(said) or int(said)


def _named_month(match: re.Match[str], today: date) -> Period:
    month = next(i for i, names in enumerate(_MONTHS, 1) if re.fullmatch(names, match["month"]))
    if match["year"]:
        return _month_of(date(int(match["year"]), month, 1))
    return _upcoming(lambda year: _month_of(date(year, month, 1)), today)


def _part_of_named_month(part: str) -> Callable[[re.Match[str], date], Period | None]:
    return lambda match, today: _part_of_month(_named_month(match, today), part)


def _named_day(match: re.Match[str], today: date) -> Period | None:
    month = _named_month(match, today)
    try:
        day = month.first.replace(day=int(match["day"]))
        if day < today and not match["year"]:
            day = day.replace(year=day.year + 1)
    except ValueError:  # 31 April, or 29 February of a common year
        return None
    last = int(match["until"] or match["day"])
    return _days(day, day.replace(day=last)) if day.day <= last <= month.last.day else Period(day, day)


def _day_of_month(match: re.Match[str], today: date) -> Period | None:
    month = today if int(match["day"]) >= today.day else _add_months(today, 1)
    try:
        day = month.replace(day=int(match["day"]))
    except ValueError:
        return None
    return Period(day, day)


def _weekday(number: int) -> Callable[[re.Match[str], date], Period]:
    def meaning(match: re.Match[str], today: date) -> Period:
        if match["next"]:
            day = _week_of(today).first + timedelta(days=7 + number)
        else:
            day = today + timedelta(days=(number - today.weekday()) % 7)
        return Period(day, day)

    return meaning


def _half_year(match: re.Match[str], today: date) -> Period:
    half = (0 if today.month <= 6 else 1) + (1 if match["next"] else 0)
    first = date(today.year + half // 2, 1 + 6 * (half % 2), 1)
    return _rest_of(Period(first, _add_months(first, 6) - timedelta(days=1)), today)


def _quarter(match: re.Match[str], today: date) -> Period:
    first = _add_months(date(today.year, 1 + 3 * ((today.month - 1) // 3), 1), 3 if match["next"] else 0)
    return _rest_of(Period(first, _add_months(first, 3) - timedelta(days=1)), today)


def _ahead(days: int) -> Callable[[re.Match[str], date], Period]:
    return lambda match, today: Period(today, today + timedelta(days=days * _number(match)))


def _phrase(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:pada |di |in |on |for )?(?:{pattern})(?!\w)")


_NEXT_MONTH = r"(?:bulan|bln) (?:depan|berikutnya|besok)|next month"
_THIS_MONTH = r"(?:bulan|bln) (?:ini|sekarang)|this month"
_YEAR = r"(?: (?:tahun )?(?P<year>20\d\d))?"

_PHRASES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Period | None]], ...] = (
    (
        _phrase(
            rf"(?:tanggal |tgl )?(?P<day>\d{{1,2}})(?: ?(?:-|–|sampai|s/d|sd) ?(?P<until>\d{{1,2}}))? {_MONTH}{_YEAR}"
        ),
        _named_day,
    ),
    (_phrase(rf"{_LATE} (?:bulan )?{_MONTH}{_YEAR}"), _part_of_named_month("late")),
    (_phrase(rf"{_EARLY} (?:bulan )?{_MONTH}{_YEAR}"), _part_of_named_month("early")),
    (_phrase(rf"(?:pertengahan|tengah|mid) (?:bulan )?{_MONTH}{_YEAR}"), _part_of_named_month("middle")),
    (_phrase(rf"(?:bulan )?{_MONTH}{_YEAR}"), _named_month),
    (_phrase(rf"{_LATE} (?:{_NEXT_MONTH})"), lambda m, t: _part_of_month(_month_of(_add_months(t, 1)), "late")),
    (_phrase(rf"{_EARLY} (?:{_NEXT_MONTH})"), lambda m, t: _part_of_month(_month_of(_add_months(t, 1)), "early")),
    (_phrase(rf"pertengahan (?:{_NEXT_MONTH})"), lambda m, t: _part_of_month(_month_of(_add_months(t, 1)), "middle")),
    (
        _phrase(rf"(?:{_LATE} tahun depan|end of next year)"),
        lambda m, t: Period(date(t.year + 1, 11, 1), date(t.year + 1, 12, 31)),
    ),
    (
        _phrase(rf"{_EARLY} tahun depan"),
        lambda m, t: Period(date(t.year + 1, 1, 1), _month_of(date(t.year + 1, 2, 1)).last),
    ),
    (
        _phrase(rf"{_LATE} (?:tahun(?: ini)?|(?:this )?year)|year end|year-end"),
        lambda m, t: _rest_of(Period(date(t.year, 11, 1), date(t.year, 12, 31)), t),
    ),
    (
        _phrase(rf"{_EARLY} (?:tahun(?: ini)?|(?:this )?year)"),
        lambda m, t: _upcoming(lambda year: Period(date(year, 1, 1), _month_of(date(year, 2, 1)).last), t),
    ),
    (
        _phrase(rf"{_LATE} (?:{_THIS_MONTH}|bulan|month)"),
        lambda m, t: _rest_of(_part_of_month(_month_of(t), "late"), t),
    ),
    (
        _phrase(rf"{_EARLY} (?:bulan|month)"),
        lambda m, t: _part_of_month(_month_of(t if t.day <= 10 else _add_months(t, 1)), "early"),
    ),
    (_phrase(_NEXT_MONTH), lambda m, t: _month_of(_add_months(t, 1))),
    (_phrase(_THIS_MONTH), lambda m, t: _rest_of(_month_of(t), t)),
    (
        _phrase(r"akhir (?:pekan|minggu)(?: ini)?|weekend"),
        lambda m, t: _rest_of(Period(_week_of(t).first + timedelta(days=5), _week_of(t).last), t),
    ),
    (_phrase(r"hari minggu(?: ini)?(?P<next> depan)?|sunday"), _weekday(6)),
    (
        _phrase(r"(?:minggu|pekan) (?:depan|berikutnya|besok)|next week"),
        lambda m, t: _week_of(t + timedelta(days=7)),
    ),
    (_phrase(r"(?:minggu|pekan) (?:ini|sekarang)|this week"), lambda m, t: _rest_of(_week_of(t), t)),
    (_phrase(rf"(?:dalam )?{_NUMBER} (?:minggu|pekan) (?:ke depan|lagi|mendatang)"), _ahead(7)),
    (_phrase(rf"(?:dalam )?{_NUMBER} bulan (?:ke depan|lagi|mendatang)"), _ahead(30)),
    (_phrase(rf"(?:dalam )?{_NUMBER} hari (?:ke depan|lagi|mendatang)"), _ahead(1)),
    (_phrase(r"(?:dalam )?waktu dekat(?: ini)?"), lambda m, t: Period(t, t + timedelta(days=30))),
    (_phrase(r"semester (?:ini|(?P<next>depan))"), _half_year),
    (_phrase(r"(?:triwulan|kuartal) (?:ini|(?P<next>depan))"), _quarter),
    (_phrase(r"tahun depan|next year"), lambda m, t: _year_of(t.year + 1)),
    (_phrase(r"tahun (?:ini|sekarang)|this year"), lambda m, t: _rest_of(_year_of(t.year), t)),
    (_phrase(r"(?:tahun )(?P<year>20\d\d)"), lambda m, t: _year_of(int(m["year"]))),
    (_phrase(r"lusa"), lambda m, t: Period(t + timedelta(days=2), t + timedelta(days=2))),
    (_phrase(r"besok|tomorrow"), lambda m, t: Period(t + timedelta(days=1), t + timedelta(days=1))),
    (_phrase(r"hari ini|today"), lambda m, t: Period(t, t)),
    *((_phrase(rf"(?:hari )?(?:{names})(?: (?:ini|(?P<next>depan)))?"), _weekday(i)) for i, names in enumerate(_DAYS)),
    (_phrase(r"(?:tanggal|tgl) (?P<day>\d{1,2})"), _day_of_month),
)
