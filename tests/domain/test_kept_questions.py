"""What is kept of staff's words names nobody."""

import pytest

from core.domain.kept_questions import LONGEST, without_identity

NAMES = ["Sari Puspita", "Budi Santoso", "Indah Cahya Dewi"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Resep rendang untuk 199013042019031003?", "Resep rendang untuk …?"),
        ("nip 1990 1304 201903 1 003 mau cuti", "nip … mau cuti"),
        ("telp +62 812-3456-789 ya", "telp … ya"),
        ("surel saya x@contoh.go.id atau @budi123", "surel saya … atau …"),
        ("lihat https://t.me/budi", "lihat …"),
        ("bu sari puspita kapan cuti", "bu … kapan cuti"),
        ("Pak Joko kapan naik pangkat", "Pak … kapan naik pangkat"),
        ("saya lestari mau tanya", "saya … mau tanya"),
        ("pemandangan indah sekali", "pemandangan indah sekali"),
        ("pak indah", "pak …"),
        ("cuti melahirkan ibu hamil berapa hari", "cuti melahirkan ibu hamil berapa hari"),
        ("PP 11 tahun 2017 pasal 310", "PP 11 tahun 2017 pasal 310"),
        ("JP saya 2026 kurang 12", "JP saya 2026 kurang 12"),
    ],
)
def test_numbers_addresses_and_names_are_taken_out_and_the_question_stays(text: str, kept: str) -> None:
    assert without_identity(text, "Dewi Lestari", NAMES) == kept


def test_who_says_their_name_is_not_kept_even_if_the_registry_does_not_know_it() -> None:
    kept = without_identity("nama saya joko widodo, mau cuti besar", None, [])
    assert "joko" not in kept
    assert "cuti besar" in kept


def test_long_texts_are_cut() -> None:
    assert len(without_identity("a " * 4000, None, [])) <= LONGEST
