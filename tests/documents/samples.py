"""Documents with invented rules: Word and PDF files as offices write them, and some that nobody should open."""

import io
import zipfile
from collections.abc import Sequence

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How old Word files begin, and locked new ones."""

REGULATION = [
    "GUBERNUR DAERAH KHUSUS IBUKOTA JAKARTA",
    "PERATURAN GUBERNUR DAERAH KHUSUS IBUKOTA JAKARTA",
    "NOMOR 99 TAHUN 2026",
    "TENTANG",
    "UANG SAKU MAGANG ANTARIKSA",
    "Menimbang : bahwa magang perlu diatur;",
    "Mengingat : Undang-Undang Nomor 1 Tahun 2000;",
    "BAB I",
    "KETENTUAN UMUM",
    "Pasal 1",
    "Magang antariksa adalah belajar di luar angkasa.",
    "BAB II",
    "UANG SAKU",
    "Bagian Kesatu",
    "Besaran",
    "Pasal 2",
    "(1) Uang saku magang antariksa 100 bintang sebulan.",
    "(2) Uang saku sebagaimana dimaksud dalam",
    "Pasal 1",
    "tidak dibayar di bulan gerhana.",
    "Pasal 3",
    *[f"({number}) Ketentuan ke-{number} panjang: {'bintang ' * 40}." for number in range(1, 7)],
    "Ditetapkan di Jakarta",
    "pada tanggal 5 Maret 2026",
    "PENJELASAN",
    "Pasal 1",
    "Cukup jelas.",
]


def word(paragraphs: Sequence[tuple[str, str]], title: str = "") -> bytes:
    """(style, text) pairs."""
    document = Document()
    document.core_properties.title = title
    for style, text in paragraphs:
        document.add_paragraph(text, style=style)
    return saved(document)


def listed(*items: tuple[int, str]) -> bytes:
    """Word's own numbering, "Pasal 1" and "(1)" below it, that stands in no text: (level, text) pairs."""
    document = Document()
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, (form, text) in enumerate([("decimal", "Pasal %1"), ("decimal", "(%2)"), ("lowerLetter", "%3.")])
    )
    root = document.part.numbering_part.element
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>')
    root.insert(0, abstract)
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for level, text in items:
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        number = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
        properties.append(parse_xml(number))
    return saved(document)


def saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def pdf(pages: Sequence[Sequence[tuple[str, float, bool]]], *, head: str = "", password: str = "") -> bytes:
    """(text, size, is bold) lines; `head` stands at the top of every page, a number at the foot."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, encrypt=password or None)
    for number, lines in enumerate(pages, 1):
        y = 800.0
        if head:
            canvas.setFont("Helvetica", 8)
            canvas.drawString(72, y, head)
            y -= 30
        for text, size, is_bold in lines:
            canvas.setFont("Helvetica-Bold" if is_bold else "Helvetica", size)
            canvas.drawString(72, y, text)
            y -= size * 1.6
        if head:
            canvas.setFont("Helvetica", 8)
            canvas.drawString(280, 30, f"- {number} -")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def scan(pages: int = 2) -> bytes:
    """Pages with a picture and no text."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for _ in range(pages):
        canvas.rect(50, 50, 400, 600, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def locked_pdf() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([[("Rahasia", 11, False)]]))))
    writer.encrypt("sandi", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def bomb() -> bytes:
    """300 MB of blanks in 300 kB."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        for _ in range(300):
            part.write(b" " * 1_000_000)
    return out.getvalue()


def laughing() -> bytes:
    """A Word file whose text is an entity of entities of entities."""
    entities = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
    xml = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{entities}]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>&l11;</w:t></w:r></w:p></w:body></w:document>"
    )
    source, out = zipfile.ZipFile(io.BytesIO(word([("Normal", "x")]))), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.namelist():
            archive.writestr(part, xml if part == "word/document.xml" else source.read(part))
    return out.getvalue()
