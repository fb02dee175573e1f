"""Answers to "which one?"."""

import pytest

from actions.choices import by_date, ordinal
from tests.actions.three_sessions import NOW, SESSIONS


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("yang kedua", 1),
        ("Yg ke-2 aja", 1),
        ("nomor 3", 2),
        ("1", 0),
        ("pilih yang pertama dong", 0),
        ("yang terakhir", 2),
        ("yang paling cepat", 0),
        ("yang kedua deh, saya ikutan", 1),
        ("oke saya mau ikut yang nomor 3 saja", 2),
        ("tolong daftarkan saya di kelas pertama", 0),
    ],
)
def test_an_ordinal_picks_from_the_list(text, index):
    assert ordinal(text, 3) == index


@pytest.mark.parametrize(
    "text",
    [
        "yang kelima",
        "TIK 2",
        "cuti 2 hari gimana",
        "",
        "0",
        "²",
        "yang kedua orang tua saya",
        "saya mau daftar",
        "saya ikut dua pelatihan",
    ],
)
def test_what_is_no_ordinal_of_the_list_picks_nothing(text):
    assert ordinal(text, 3) is None


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("yang bulan depan", ["TIK-01-B"]),
        ("yang minggu ini aja", ["TIK-01-A"]),
        ("januari", ["TIK-01-C"]),
        ("tgl 28", ["TIK-01-A"]),
        ("4 desember", ["TIK-01-B"]),
        ("tahun depan", ["TIK-01-C"]),
        ("yang februari", []),
        ("terserah", []),
    ],
)
def test_a_date_narrows_the_sessions(text, codes):
    assert [item.session.code for item in by_date(text, SESSIONS, NOW)] == codes
