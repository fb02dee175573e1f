"""Numbers as they are typed, and names as strangers see them."""

import pytest

from core.domain.certificates import masked_name, number_of, read_number

NUMBER = number_of(2026, "K7M39QXW")


def test_a_number_is_grouped_to_be_read_out() -> None:
    assert NUMBER == "RA-2026-K7M3-9QXW"


@pytest.mark.parametrize("typed", [NUMBER, "ra2026k7m39qxw", " RA 2026 K7M3 9QXW ", "RA–2026–K7M3–9QXW"])
def test_case_blanks_and_dashes_do_not_matter(typed: str) -> None:
    assert read_number(typed) == NUMBER


@pytest.mark.parametrize(
    "typed", ["", "RA-2026-K7M3-9QX", "RB-2026-K7M3-9QXW", "RA-2026-K7M3-9QX0", "RA-٢٠٢٦-K7M3-9QXW"]
)
def test_anything_else_is_no_number(typed: str) -> None:
    assert read_number(typed) is None


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Sari Puspita", "Sari P••••••"), ("Sumarni", "Sumarni"), ("I Made Arta", "I M••• A•••")],
)
def test_a_masked_name_tells_no_more_than_its_holder_shows(name: str, shown: str) -> None:
    assert masked_name(name) == shown
