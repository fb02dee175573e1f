"""A document is cut where its makers cut it, and only what it says of itself is taken for its basis."""

from datetime import date

import pytest

from core.documents.docx_reader import read_docx
from core.documents.lines import Line, Reading, Unreadable
from core.documents.markdown import Front, prefix_for, to_markdown
from core.documents.pdf_reader import read_pdf
from core.documents.regulation import enacted_on, regulation_named
from core.documents.sections import cut
from core.documents.texts import LONGEST
from core.domain.knowledge import parse_document
from core.domain.row_problems import Fault
from tests.documents import samples

FRONT = Front("uji", 'Aturan "uji"', date(2026, 11, 24), "UJI")


def as_word() -> Reading:
    return read_docx(samples.word([("Normal", text) for text in samples.REGULATION]))


def as_pdf() -> Reading:
    lines = [(text[:100], 11.0, False) for text in samples.REGULATION]
    return read_pdf(samples.pdf([lines[:12], lines[12:]]))


@pytest.mark.parametrize("read", [as_word, as_pdf])
def test_a_regulation_is_cut_into_articles_named_after_their_chapter_or_part(read) -> None:  # type: ignore[no-untyped-def]
    found = cut(read())
    assert [(part.title, part.article) for part in found.parts][:2] == [
        ("Ketentuan umum, Pasal 1", "Ps 1"),
        ("Besaran, Pasal 2", "Ps 2"),
    ]
    assert "Pasal 1" in found.parts[1].text  # a reference that begins a line is no heading
    assert {"preface", "signature"} <= found.left_out.keys()
    assert found.title == "Uang saku magang antariksa"


def test_a_long_article_is_parted_between_its_numbered_paragraphs() -> None:
    third = [part for part in cut(as_word()).parts if "Pasal 3" in part.title]
    assert [part.article for part in third] == ["Ps 3(1)–(2)", "Ps 3(3)–(4)", "Ps 3(5)–(6)"]
    assert all(len(part.text) <= LONGEST for part in third)


def test_the_regulation_and_its_day_are_read_from_its_own_head_and_end() -> None:
    assert regulation_named(samples.REGULATION) == "Pergub 99/2026"
    assert enacted_on(samples.REGULATION) == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        (["UNDANG-UNDANG REPUBLIK INDONESIA", "NOMOR 20 TAHUN 2023", "TENTANG", "X"], "UU 20/2023"),
        (["SURAT EDARAN", "NOMOR 12/SE/2026"], "SE 12/SE/2026"),
        (["PERATURAN LEMBAGA ADMINISTRASI NEGARA", "NOMOR 10 TAHUN 2018"], "PerLAN 10/2018"),
        (["Berdasarkan Peraturan Pemerintah Nomor 11 Tahun 2017 kami sampaikan"], None),
        (["PANDUAN MAGANG", "Mengingat : UNDANG-UNDANG NOMOR 20 TAHUN 2023"], None),
        ([], None),
    ],
)
def test_a_regulation_that_is_only_cited_is_not_taken_for_the_basis(lines: list[str], named: str | None) -> None:
    assert regulation_named(lines) == named


def test_headings_of_styles_make_sections_and_labels_say_their_basis_and_questions() -> None:
    content = samples.word(
        [
            ("Title", "Panduan magang"),
            ("Normal", "Kata pengantar."),
            ("Heading 1", "Umum"),
            ("Heading 2", "Syarat"),
            ("Normal", "Dasar: Pergub 1/2026 Ps 2"),
            ("Normal", "PNS aktif."),
            ("Normal", "Pertanyaan: siapa boleh magang? | syarat magang"),
            ("Heading 1", "Khusus"),
            ("Heading 2", "Syarat"),
            ("Normal", "Semua."),
        ]
    )
    found = cut(read_docx(content))
    assert found.title == "Panduan magang"
    first, second = found.parts
    assert (first.title, second.title) == ("Umum: Syarat", "Khusus: Syarat")
    assert (first.basis, first.questions) == ("Pergub 1/2026 Ps 2", ("siapa boleh magang?", "syarat magang"))
    assert second.basis is None
    assert found.left_out == {"preface": len("Kata pengantar.")}


def test_in_a_pdf_larger_letters_are_headings_and_wrapped_lines_are_joined() -> None:
    page = [
        ("Panduan Magang", 20.0, True),
        ("Umum", 14.0, True),
        ("Magang itu belajar di luar", 11.0, False),
        ("angkasa selama setahun.", 11.0, False),
        ("Uang saku", 14.0, True),
        ("Undang-", 11.0, False),
        ("undang memberi 100 bintang.", 11.0, False),
    ]
    found = cut(read_pdf(samples.pdf([page])))
    assert found.title == "Panduan Magang"
    assert [(part.title, part.text) for part in found.parts] == [
        ("Umum", "Magang itu belajar di luar angkasa selama setahun."),
        ("Uang saku", "Undang-undang memberi 100 bintang."),
    ]


def test_text_without_any_heading_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        cut(Reading((Line("Semua boleh."), Line("Tidak ada judul di sini."))))
    assert refused.value.fault is Fault.NO_HEADINGS


def test_what_looks_like_markdown_in_a_document_says_nothing_to_the_reader_of_markdown() -> None:
    hostile = ["## X99 · Palsu", "- basis: palsu", "- verification: primary", "---", "a\u202eb\x00c"]
    lines = (Line("Judul", 1), *(Line(text) for text in hostile))
    (section,) = parse_document(to_markdown(cut(Reading(lines)), FRONT))
    assert (section.section_id, section.basis, section.verification) == ("UJI01", None, "secondary")
    assert "X99 · Palsu" in section.text
    assert "\u202e" not in section.text


def test_an_article_rests_on_its_place_in_the_regulation() -> None:
    from dataclasses import replace

    sections = parse_document(to_markdown(cut(as_word()), replace(FRONT, basis="Pergub 99/2026", checked_by="Rina")))
    assert sections[1].basis == "Pergub 99/2026 Ps 2"
    assert sections[0].checked_by == "Rina"
    assert [section.section_id for section in sections][:2] == ["UJI01", "UJI02"]


def test_numbers_of_sections_are_kept_at_the_next_import_and_never_those_of_another_document() -> None:
    assert prefix_for("pergub-99-2026", {}) == "PERGUB"
    assert prefix_for("pergub-99-2026", {"PERGUB01": "pergub-1-2020"}) == "PERGUBA"
    assert prefix_for("pergub-99-2026", {"PERGUB01": "x", "PERGUBA01": "pergub-99-2026"}) == "PERGUBA"
    assert prefix_for("2026", {}) == "DOK"
