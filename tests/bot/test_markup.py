"""Bold in UTF-16 units, and long texts cut where a reader would cut them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.markup import Styled, parse, split, utf16_length, with_stars


def bold_words(styled: Styled) -> list[str]:
    """What Telegram would show in bold, cut out of the text the way Telegram does it."""
    units = styled.text.encode("utf-16-le")
    return [units[offset * 2 : (offset + length) * 2].decode("utf-16-le") for offset, length in styled.units()]


def test_stars_around_words_become_bold() -> None:
    styled = parse("Halo *Rekan ASN*, apa kabar?")
    assert styled.text == "Halo Rekan ASN, apa kabar?"
    assert bold_words(styled) == ["Rekan ASN"]


def test_emoji_before_bold_count_twice_as_telegram_counts() -> None:
    styled = parse("👩‍🏫 🎓 *penting* dan *🇮🇩 juga*")
    assert next(iter(styled.units())) == (len("👩‍🏫 🎓 ".encode("utf-16-le")) // 2, 7)
    assert bold_words(styled) == ["penting", "🇮🇩 juga"]


@pytest.mark.parametrize(
    "text", ["5*3*2", "a * b * c", "*tak selesai", "*dua\nbaris*", "**", "***", "kata*tengah*kata"]
)
def test_other_stars_stay_stars(text: str) -> None:
    assert parse(text) == Styled(text)


def test_a_text_within_the_limit_stays_whole() -> None:
    assert [piece.text for piece in split(parse("x" * 4096))] == ["x" * 4096]


def test_a_long_text_is_cut_at_the_end_of_a_paragraph() -> None:
    text = "\n\n".join(f"{number} " + "kata " * 300 for number in range(6))
    pieces = split(parse(text))
    assert len(pieces) == 3
    assert all(piece.text[0].isdigit() for piece in pieces)


def test_a_text_without_breaks_is_cut_between_characters() -> None:
    pieces = split(parse("😀" * 3000))
    assert [utf16_length(piece.text) for piece in pieces] == [4096, 1904]
    assert "".join(piece.text for piece in pieces) == "😀" * 3000


def test_bold_that_is_cut_stays_bold_on_both_sides() -> None:
    first, second = split(parse("*" + "kata " * 1000 + "akhir*"))
    assert bold_words(first) == [first.text]
    assert bold_words(second) == [second.text]


@given(st.text(alphabet="ab *\n.😀é", max_size=400), st.integers(min_value=2, max_value=60))
def test_no_words_are_lost_and_no_piece_is_too_long(text: str, limit: int) -> None:
    styled = parse(text)
    pieces = split(styled, limit)
    assert all(0 < utf16_length(piece.text) <= limit for piece in pieces)
    assert "".join("".join(piece.text.split()) for piece in pieces) == "".join(styled.text.split())
    assert all(start < end <= len(piece.text) for piece in pieces for start, end in piece.bold)


@pytest.mark.parametrize(
    ("text", "stretches", "starred"),
    [
        ("Apel Senin pagi", [(5, 5)], "Apel *Senin* pagi"),
        ("👍 Apel Senin", [(3, 5), (8, 5)], "👍 *Apel* *Senin*"),
        ("Judul\nbaris kedua", [(0, 17)], "*Judul*\n*baris kedua*"),
        ("Senin", [(0, 3)], "Senin"),
        ("sudah *tebal* di sini", [(0, 21)], "sudah *tebal* di sini"),
        ("5 * 3", [(2, 1)], "5 * 3"),
        ("tanpa", [], "tanpa"),
    ],
)
def test_bold_of_the_phone_becomes_stars_where_stars_can_say_it(
    text: str, stretches: list[tuple[int, int]], starred: str
) -> None:
    assert with_stars(text, stretches) == starred
