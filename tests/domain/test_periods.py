"""Periods in words, at the awkward ends of months and years."""

from datetime import date

import pytest

from core.domain.periods import find_period

TUESDAY = date(2026, 11, 24)
NEW_YEARS_EVE = date(2026, 12, 31)  # a Thursday
END_OF_JANUARY = date(2027, 1, 31)  # a Sunday
LEAP_DAY = date(2028, 2, 29)  # a Tuesday


def days(text: str, today: date) -> tuple[date, date] | None:
    found = find_period(text, today)
    return (found.period.first, found.period.last) if found else None


@pytest.mark.parametrize(
    ("text", "today", "first", "last"),
    [
        ("kelas hari ini", TUESDAY, date(2026, 11, 24), date(2026, 11, 24)),
        ("kelas besok", NEW_YEARS_EVE, date(2027, 1, 1), date(2027, 1, 1)),
        ("lusa ada?", date(2028, 2, 27), LEAP_DAY, LEAP_DAY),
        ("kelas minggu ini", TUESDAY, TUESDAY, date(2026, 11, 29)),
        ("pekan ini", END_OF_JANUARY, END_OF_JANUARY, END_OF_JANUARY),
        ("minggu depan", NEW_YEARS_EVE, date(2027, 1, 4), date(2027, 1, 10)),
        ("hari minggu", TUESDAY, date(2026, 11, 29), date(2026, 11, 29)),
        ("hari minggu depan", TUESDAY, date(2026, 12, 6), date(2026, 12, 6)),
        ("akhir pekan", TUESDAY, date(2026, 11, 28), date(2026, 11, 29)),
        ("bulan ini", LEAP_DAY, LEAP_DAY, LEAP_DAY),
        ("bulan depan", TUESDAY, date(2026, 12, 1), date(2026, 12, 31)),
        ("bulan depan", NEW_YEARS_EVE, date(2027, 1, 1), date(2027, 1, 31)),
        ("bulan depan", END_OF_JANUARY, date(2027, 2, 1), date(2027, 2, 28)),
        ("bulan depan", date(2028, 1, 31), date(2028, 2, 1), LEAP_DAY),
        ("akhir bulan", TUESDAY, TUESDAY, date(2026, 11, 30)),
        ("awal bulan", TUESDAY, date(2026, 12, 1), date(2026, 12, 10)),
        ("awal bulan depan", TUESDAY, date(2026, 12, 1), date(2026, 12, 10)),
        ("akhir tahun", TUESDAY, TUESDAY, date(2026, 12, 31)),
        ("akhir tahun ini", NEW_YEARS_EVE, NEW_YEARS_EVE, NEW_YEARS_EVE),
        ("akhir tahun", date(2027, 3, 1), date(2027, 11, 1), date(2027, 12, 31)),
        ("awal tahun", TUESDAY, date(2027, 1, 1), date(2027, 2, 28)),
        ("awal tahun depan", TUESDAY, date(2027, 1, 1), date(2027, 2, 28)),
        ("tahun ini", TUESDAY, TUESDAY, date(2026, 12, 31)),
        ("tahun depan", NEW_YEARS_EVE, date(2027, 1, 1), date(2027, 12, 31)),
        ("tahun 2028", TUESDAY, date(2028, 1, 1), date(2028, 12, 31)),
        ("desember", TUESDAY, date(2026, 12, 1), date(2026, 12, 31)),
        ("bulan januari", TUESDAY, date(2027, 1, 1), date(2027, 1, 31)),
        ("november", TUESDAY, date(2026, 11, 1), date(2026, 11, 30)),
        ("nov 2027", TUESDAY, date(2027, 11, 1), date(2027, 11, 30)),
        ("akhir desember", TUESDAY, date(2026, 12, 21), date(2026, 12, 31)),
        ("pertengahan februari", TUESDAY, date(2027, 2, 11), date(2027, 2, 20)),
        ("januari sampai maret", TUESDAY, date(2027, 1, 1), date(2027, 3, 31)),
        ("desember atau januari", TUESDAY, date(2026, 12, 1), date(2027, 1, 31)),
        ("tanggal 12 desember", TUESDAY, date(2026, 12, 12), date(2026, 12, 12)),
        ("8-10 desember 2026", TUESDAY, date(2026, 12, 8), date(2026, 12, 10)),
        ("29 februari", date(2028, 1, 1), LEAP_DAY, LEAP_DAY),
        ("tgl 12", TUESDAY, date(2026, 12, 12), date(2026, 12, 12)),
        ("tanggal 30", TUESDAY, date(2026, 11, 30), date(2026, 11, 30)),
        ("dua minggu ke depan", TUESDAY, TUESDAY, date(2026, 12, 8)),
        ("3 bulan lagi", TUESDAY, TUESDAY, date(2027, 2, 22)),
        ("waktu dekat ini", NEW_YEARS_EVE, NEW_YEARS_EVE, date(2027, 1, 30)),
        ("semester depan", TUESDAY, date(2027, 1, 1), date(2027, 6, 30)),
        ("triwulan ini", TUESDAY, TUESDAY, date(2026, 12, 31)),
        ("kamis", TUESDAY, date(2026, 11, 26), date(2026, 11, 26)),
        ("senin depan", NEW_YEARS_EVE, date(2027, 1, 4), date(2027, 1, 4)),
        ("next month", TUESDAY, date(2026, 12, 1), date(2026, 12, 31)),
        ("this week", TUESDAY, TUESDAY, date(2026, 11, 29)),
        ("in december", TUESDAY, date(2026, 12, 1), date(2026, 12, 31)),
        ("end of the year", TUESDAY, TUESDAY, date(2026, 12, 31)),
    ],
)
def test_a_period_in_words_is_whole_days(text: str, today: date, first: date, last: date) -> None:
    assert days(text, today) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["pelatihan data", "", "seminggu", "jangan", "marketing", "may i join", "29 februari 2027", "tahun", "99 mei"],
)
def test_what_names_no_period_is_none(text: str) -> None:
    assert days(text, TUESDAY) is None


def test_the_rest_of_the_text_is_what_else_was_said() -> None:
    found = find_period("Kelas daring bulan depan tentang data", TUESDAY)
    assert found is not None
    assert found.rest == "kelas daring tentang data"


def test_a_very_long_text_is_read_quickly() -> None:
    assert days("akhir " * 700, TUESDAY) is None
