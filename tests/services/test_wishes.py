"""How long a training may take, and whether a seat must be left, in a person's words."""

from datetime import date

import pytest

from core.domain.courses import Availability
from core.services.search.wishes import Wishes
from tests.factories import SERVICE, SPREADSHEET, VALUES, session

TODAY = date(2026, 11, 24)
ROOMS = [Availability(session(course), 0, 0) for course in (SPREADSHEET, SERVICE, VALUES)]  # 16, 16 and 8 JP


@pytest.mark.parametrize(
    ("text", "hours", "rest"),
    [
        ("kelas maksimal 10 jp", (0, 10), "kelas"),
        ("yang kurang dari 16 JP ada?", (0, 15), "yang ada?"),
        ("pelatihan di bawah 12 jp bulan depan", (0, 11), "pelatihan"),
        ("minimal 20 jam pelajaran tentang data", (20, 10_000), "tentang data"),
        ("lebih dari 16 jp", (17, 10_000), ""),
        ("kelas 8 sampai 12 jp", (8, 12), "kelas"),
        ("kelas 8-12 jp", (8, 12), "kelas"),
        ("kelas 8 jp", (8, 8), "kelas"),
        ("jp saya berapa", None, "jp saya berapa"),
        ("kelas tanggal 8 desember", None, "kelas"),
        ("tik 02", None, "tik 02"),
    ],
)
def test_hours_are_understood_and_taken_out_of_the_words(text: str, hours: tuple[int, int] | None, rest: str) -> None:
    wishes = Wishes.read(text, TODAY)
    assert (wishes.hours, wishes.rest) == (hours, rest)


def test_a_limit_holds_and_a_single_number_is_a_hope() -> None:
    def codes(text: str) -> list[str]:
        return [one.session.course.code for one in Wishes.read(text, TODAY).of_length(ROOMS)]

    assert codes("maksimal 8 jp") == ["SOS-01"]
    assert codes("16 jp") == ["TIK-02", "PLY-01"]
    assert codes("maksimal 4 jp") == []
    assert codes("yang 12 jp") == ["TIK-02", "PLY-01", "SOS-01"]  # nothing takes just that long
    assert codes("semua kelas") == ["TIK-02", "PLY-01", "SOS-01"]


@pytest.mark.parametrize(
    ("text", "needs_seat"),
    [
        ("kelas yang masih ada kursi", True),
        ("yang kursinya masih tersedia bulan depan", True),
        ("pelatihan data yang belum penuh", True),
        ("masih ada tempat di kelas excel?", True),
        ("ada kuota kosong?", True),
        ("pelatihan apa yang masih dibuka", False),
        ("kelas daring", False),
    ],
)
def test_a_seat_must_be_left_if_one_asks_for_it(text: str, needs_seat: bool) -> None:
    wishes = Wishes.read(text, TODAY)
    assert wishes.needs_seat is needs_seat
    room = session(seats=7)
    assert wishes.allow(Availability(room, 6, 0)) or wishes.period
    assert wishes.allow(Availability(room, 7, 0)) is (not needs_seat and wishes.period is None)
    assert wishes.allow(Availability(room, 6, 1)) is (not needs_seat and wishes.period is None)
