"""Words that lean on what was said before, in plain form."""

import pytest

from actions.follow_ups import asks_about_class
from actions.leaning import asks, pointed_at, puts_off, taken_back, takes_up_again
from tests.actions.three_sessions import NOW, SESSIONS


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("eh bukan, yang bulan depan", "yang bulan depan"),
        ("maaf maaf maksudnya yang kedua", "yang kedua"),
        ("tidak jadi yang itu, yang januari saja", "yang januari saja"),
        ("eh salah, literasi digital saja", "literasi digital saja"),
        ("ok ganti ke tik 02", "tik 02"),
        ("eh salah yang tanggal 5 maksudnya", "yang tanggal 5"),
        ("ya ampun bukan, yang pengaduan", "yang pengaduan"),
        ("bukan yang itu", ""),
        ("salah", ""),
        ("ganti dong", ""),
    ],
)
def test_taking_back_says_what_is_wanted_instead(text, rest):
    assert taken_back(text) == rest


@pytest.mark.parametrize(
    "text",
    ["bukan", "tidak jadi deh", "batalkan saja", "jangan deh", "batalkan yang literasi digital", "yang januari saja"],
)
def test_calling_off_and_plain_choices_take_nothing_back(text):
    assert taken_back(text) is None


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("yang satunya saja", ["TIK-01-A", "TIK-01-C"]),
        ("yang lain dong", ["TIK-01-A", "TIK-01-C"]),
        ("yang berikutnya", ["TIK-01-C"]),
        ("ada yang lebih awal tidak", ["TIK-01-A"]),
        ("yang bulan depan", ["TIK-01-B"]),
        ("ok yang januari saja", ["TIK-01-C"]),
        ("yang tanggal 5", ["TIK-01-B"]),
        ("tanggal 28 saja", ["TIK-01-A"]),
        ("sesi c", ["TIK-01-C"]),
        ("yang 28", ["TIK-01-A"]),
        ("yang kedua", ["TIK-01-B"]),
        ("minggu ini ada?", ["TIK-01-A"]),
        ("yang maret", []),
        ("tanggal 25", []),
    ],
)
def test_short_words_point_at_sessions(text, codes):
    assert [one.session.code for one in pointed_at(text, SESSIONS, "TIK-01-B", NOW) or []] == codes


@pytest.mark.parametrize(
    "text",
    [
        "cuti bulan depan berapa hari",
        "ya",
        "yang enak",
        "kelas excel januari",
        "yang 25",
        "pelatihan bulan depan apa saja",
    ],
)
def test_what_says_more_points_at_nothing(text):
    assert pointed_at(text, SESSIONS, "TIK-01-B", NOW) is None


def test_the_other_one_needs_one_that_is_talked_about():
    assert pointed_at("yang satunya", SESSIONS, None, NOW) is None


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("eh jadi deh", True),
        ("iya lanjut", True),
        ("yaudah daftarkan saja", True),
        ("daftar lagi yang itu", True),
        ("tidak jadi", False),
        ("jadi cuti saya berapa", False),
        ("ya", False),
    ],
)
def test_taking_up_again_says_nothing_beside_it(text, again):
    assert takes_up_again(text) is again


def test_later_is_no_question():
    assert puts_off("nanti dulu deh mau tanya atasan")
    assert not puts_off("nanti dulu, kalau pppk boleh ikut tidak?")
    assert asks("kalau sudah daftar bisa batal tidak?")
    assert not asks("literasi digital saja")


@pytest.mark.parametrize(
    ("text", "is_of_class"),
    [
        ("berapa jp?", True),
        ("kursi nya masih ada berapa", True),
        ("tempatnya di mana ya", True),
        ("nanti dulu, kalau pppk boleh ikut tidak?", True),
        ("jp saya berapa", False),
        ("cuti berapa hari", False),
        ("berapa jp setahun", False),
    ],
)
def test_some_questions_only_make_sense_of_the_training_at_hand(text, is_of_class):
    assert asks_about_class(text) is is_of_class
