"""Word and PDF files give their text, or say why not; none of them can do harm."""

import pytest

from core.documents.isolated import LARGEST, read_document
from core.documents.lines import Unreadable
from core.domain.row_problems import Fault
from tests.documents import samples


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("pindai.pdf", samples.scan(), Fault.DOCUMENT_SCANNED),
        ("kunci.pdf", samples.locked_pdf(), Fault.DOCUMENT_LOCKED),
        ("kunci.docx", samples.OLE + "EncryptedPackage".encode("utf-16-le"), Fault.DOCUMENT_LOCKED),
        ("lama.doc", samples.OLE + b"\0" * 600, Fault.OLD_WORD),
        ("bom.docx", samples.bomb(), Fault.DOCUMENT_BOMB),
        ("entitas.docx", samples.laughing(), Fault.DOCUMENT_BROKEN),
        ("rusak.docx", b"PK rusak", Fault.DOCUMENT_BROKEN),
        ("rusak.pdf", b"%PDF-1.7 rusak", Fault.DOCUMENT_BROKEN),
        ("bukan.pdf", b"", Fault.DOCUMENT_BROKEN),
        ("kosong.docx", samples.word([("Normal", " ")]), Fault.DOCUMENT_EMPTY),
        ("tabel.ods", b"x", Fault.DOCUMENT_KIND),
        ("besar.pdf", b"x" * (LARGEST + 1), Fault.DOCUMENT_TOO_LARGE),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_what_cannot_or_should_not_be_read_is_refused_by_name(name: str, content: bytes, fault: Fault) -> None:
    with pytest.raises(Unreadable) as refused:
        read_document(name, content)
    assert refused.value.fault is fault


def test_running_heads_page_numbers_and_catchwords_are_no_text() -> None:
    pages = [[(f"Baris {page}{letter} berisi aturan yang berlaku", 11.0, False) for letter in "abc"] for page in "wxyz"]
    pages[0].append(("(2) Pegawai . . .", 11.0, False))
    reading = read_document("a.pdf", samples.pdf(pages, head="jdih.contoh.go.id 2026"))
    texts = [line.text for line in reading.lines]
    assert texts == [f"Baris {page}{letter} berisi aturan yang berlaku" for page in "wxyz" for letter in "abc"]


def test_pages_without_text_among_others_are_named() -> None:
    page = [("Aturan ini berlaku bagi semua pegawai magang antariksa.", 11.0, False)]
    reading = read_document("a.pdf", samples.pdf([page, [], page]))
    assert reading.pages_without_text == (2,)


def test_the_numbers_word_shows_but_does_not_write_are_there() -> None:
    content = samples.listed(
        (0, "x"), (1, "Uang saku."), (2, "pagi;"), (2, "sore."), (1, "Libur."), (0, "y"), (1, "Akhir.")
    )
    assert [line.text for line in read_document("a.docx", content).lines] == [
        "Pasal 1 x", "(1) Uang saku.", "a. pagi;", "b. sore.", "(2) Libur.", "Pasal 2 y", "(1) Akhir.",
    ]  # fmt: skip
