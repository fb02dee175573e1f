"""Dates of a person's own, in the words HR writes them and the words they are kept in."""

import pytest

from core.domain.anchors import Anchor, AnchorKind, read
from core.domain.errors import AnchorNotReadable


@pytest.mark.parametrize(
    ("words", "anchor", "kept"),
    [
        ("7 hari sesudah tertaut", Anchor(AnchorKind.LINKED, 7), "7 hari sesudah tertaut"),
        (" 0 Hari  setelah menautkan akun. ", Anchor(AnchorKind.LINKED, 0), "0 hari sesudah tertaut"),
        (
            "3 hari sebelum kelas tik-02",
            Anchor(AnchorKind.BEFORE_SESSION, 3, "TIK-02"),
            "3 hari sebelum kelas TIK-02",
        ),
        (
            "1 hari setelah pelatihan TIK-02",
            Anchor(AnchorKind.AFTER_SESSION, 1, "TIK-02"),
            "1 hari sesudah kelas TIK-02",
        ),
    ],
)
def test_words_become_a_date_and_back(words: str, anchor: Anchor, kept: str) -> None:
    assert read(words) == anchor
    assert str(anchor) == kept
    assert read(kept) == anchor


def test_an_empty_line_is_everybody_at_once() -> None:
    assert read("  ") is None


@pytest.mark.parametrize(
    "words",
    [
        "besok",
        "3 hari sebelum tertaut",
        "hari sesudah tertaut",
        "366 hari sesudah tertaut",
        "3 hari sebelum kelas",
        "-1 hari sesudah tertaut",
    ],
)
def test_what_is_no_date_of_a_person(words: str) -> None:
    with pytest.raises(AnchorNotReadable) as refusal:
        read(words)
    assert refusal.value.words == words
