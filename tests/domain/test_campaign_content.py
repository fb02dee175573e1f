"""Nothing is saved that Telegram would refuse or that would read wrongly."""

import pytest

from core.domain.campaign_content import Fields, Link, check_content, check_links, fill
from core.domain.errors import BadLink, EmptyText, MarkupBroken, TextTooLong, UnknownField

SARI = Fields("Sari Puspita", "Dinas Pendidikan", 4)


@pytest.mark.parametrize("text", ["*Penting* untuk semua", "5*3*2 = 30", "Lihat (*segera*), ya.", "2 * 3", "***"])
def test_paired_stars_and_stars_in_sums_are_fine(text: str) -> None:
    assert check_content(f"  {text} ") == text


@pytest.mark.parametrize(("text", "line"), [("*Penting", 1), ("Halo\nini *tebal\nsekali*", 2), ("satu\ndua*", 2)])
def test_a_star_without_its_partner_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(MarkupBroken) as refusal:
        check_content(text)
    assert refusal.value.line == line


@pytest.mark.parametrize(("text", "name"), [("Halo {name}", "name"), ("Halo {}", ""), ("{nama} {NIP}", "NIP")])
def test_a_field_nobody_can_fill_is_refused(text: str, name: str) -> None:
    with pytest.raises(UnknownField) as refusal:
        check_content(text)
    assert refusal.value.name == name


def test_the_length_is_that_of_the_longest_person_and_without_markup() -> None:
    check_content("*" + "x" * 4096 + "*")
    check_content("{nama}" + "x" * 4016)
    with pytest.raises(TextTooLong) as refusal:
        check_content("{nama}" + "x" * 4017)
    assert (refusal.value.length, refusal.value.limit) == (4097, 4096)
    with pytest.raises(EmptyText):
        check_content(" \n ")


def test_fields_are_filled_in_for_each_person() -> None:
    text = check_content("Yth. *{nama}* ({unit}), JP Anda kurang {jp_kurang}.")
    assert fill(text, SARI) == "Yth. *Sari Puspita* (Dinas Pendidikan), JP Anda kurang 4."


def test_a_name_brings_neither_markup_nor_fields() -> None:
    assert fill("{nama}", Fields("*Si* {unit}", "X", 0)) == "Si {unit}"
    assert len(fill("{nama}", Fields("x" * 500, "X", 0))) == 80


@pytest.mark.parametrize(
    "link",
    [
        Link("Buka", "ftp://contoh.example"),
        Link("Buka", "javascript:alert(1)"),
        Link("Buka", "https://contoh"),
        Link("Buka", "https://[contoh.example"),
        Link("Buka", "https://contoh.example/a b"),
        Link(" ", "https://contoh.example"),
        Link("x" * 41, "https://contoh.example"),
    ],
)
def test_a_link_needs_a_title_and_a_web_address(link: Link) -> None:
    with pytest.raises(BadLink):
        check_links([link])


def test_four_links_and_no_more() -> None:
    links = [Link(f"  Surat  {n}", f"https://contoh.example/{n} ") for n in range(5)]
    assert check_links(links[:1]) == (Link("Surat 0", "https://contoh.example/0"),)
    with pytest.raises(BadLink) as refusal:
        check_links(links)
    assert refusal.value.reference == "Surat 4"
