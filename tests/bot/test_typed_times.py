"""Times as officers type them on a phone."""

from datetime import datetime

import pytest

from bot.typed_times import Typed, read


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}:00+07:00")


START = "2026-12-10T08:00"


@pytest.mark.parametrize(
    ("line", "starts", "ends"),
    [
        ("10-12-2026 08.00", START, None),
        ("10/12/2026 8:00 WIB", START, None),
        ("2026-12-10 08:00", START, None),
        ("Kamis, 10 Desember 2026 pukul 08.00", START, None),
        ("10 des 2026, jam 8.00.", START, None),
        ("10-12-2026 08.00-16.00", START, "2026-12-10T16:00"),
        ("mulai 10-12-2026 08.00 s.d. 16.00 WIB", START, "2026-12-10T16:00"),
        ("10-12-2026 08.00 sampai 11-12-2026 16.00", START, "2026-12-11T16:00"),
        ("10 Desember 2026 08.00 hingga 11 Desember 2026 pukul 16.30", START, "2026-12-11T16:30"),
    ],
)
def test_a_time_is_read_on_the_clock_of_jakarta(line: str, starts: str, ends: str | None) -> None:
    assert read(line) == Typed(at(starts), at(ends) if ends else None)


@pytest.mark.parametrize(
    "line",
    ["", "besok", "10-12-2026", "31-02-2026 08.00", "10-13-2026 08.00", "10-12-2026 25.00", "10 Foo 2026 08.00",
     "10-12-2026 08.00 mungkin", "10-12-2026 08.00 sampai selesai", "08.00 10-12-2026"],
)  # fmt: skip
def test_what_is_no_time_is_not_guessed(line: str) -> None:
    assert read(line) is None
