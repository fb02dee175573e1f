"""Word documents (DOCX) into lines. Run in a process of its own (`core.documents.isolated`): the file may be hostile."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.table import Table

from core.documents.docx_numbering import Numbering
from core.documents.lines import LONGEST_TEXT, Line, Reading, Unreadable
from core.domain.row_problems import Fault

MOST_PARTS = 5_000
MOST_UNPACKED = 200_000_000
MOST_STRETCHED = 300
"""Unpacked over packed size of one part from which it is taken for a bomb; office text stays below 60."""
_SMALL = 1_000_000
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT, _TAB, _BREAKS, _FALLBACK = qn("w:t"), qn("w:tab"), {qn("w:br"), qn("w:cr")}, "Fallback"


def read_docx(content: bytes) -> Reading:
    """Raises Unreadable."""
    if content.startswith(_OLE):
        is_locked = "EncryptedPackage".encode("utf-16-le") in content
        raise Unreadable(Fault.DOCUMENT_LOCKED if is_locked else Fault.OLD_WORD)
    _refuse_bomb(content)
    try:
        document = Document(io.BytesIO(content))
        lines = tuple(_lines(document))
        title = (document.core_properties.title or "").strip()
    except (KeyError, ValueError, AttributeError, SyntaxError, zipfile.BadZipFile) as error:
        raise Unreadable(Fault.DOCUMENT_BROKEN) from error
    if not any(line.text for line in lines):
        raise Unreadable(Fault.DOCUMENT_EMPTY)
    return Reading(lines, title=title)


def _refuse_bomb(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise Unreadable(Fault.DOCUMENT_BROKEN) from error
    stretched = any(p.file_size > _SMALL and p.file_size > MOST_STRETCHED * max(p.compress_size, 1) for p in parts)
    if stretched or len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unreadable(Fault.DOCUMENT_BOMB)
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(Fault.DOCUMENT_LOCKED)
    if not any(part.filename == "word/document.xml" for part in parts):
        raise Unreadable(Fault.DOCUMENT_BROKEN)


def _lines(document: Any) -> Iterator[Line]:
    numbering = Numbering(document)
    length = 0
    for block in document.iter_inner_content():
        rows = _rows(block) if isinstance(block, Table) else [_line(block, numbering)]
        for line in rows:
            length += len(line.text)
            if length > LONGEST_TEXT:
                raise Unreadable(Fault.DOCUMENT_TOO_LONG, limit=LONGEST_TEXT)
            yield line


def _line(paragraph: Any, numbering: Numbering) -> Line:
    written = _text(paragraph._p)
    text = f"{numbering.of(paragraph)} {written}".strip() if written else ""
    runs = [run for run in paragraph.runs if run.text.strip()]
    sizes = [run.font.size.pt for run in runs if run.font.size is not None]
    is_bold = bool(runs) and all(run.bold or (run.bold is None and paragraph.style.font.bold) for run in runs)
    return Line(text, _level(paragraph), max(sizes, default=0.0), is_bold)


def _rows(table: Any) -> list[Line]:
    """A row is a line; merged cells count once."""
    lines = []
    for row in table.rows:
        cells = dict.fromkeys(cell._tc for cell in row.cells)
        lines.append(Line(" | ".join(filter(None, (_text(cell) for cell in cells)))))
    return lines


def _text(element: Any) -> str:
    """With what was inserted under track changes, without what was deleted."""
    parts: list[str] = []
    for node in element.iter():
        if node.tag == _TEXT and not any(above.tag.endswith(_FALLBACK) for above in node.iterancestors()):
            parts.append(node.text or "")
        elif node.tag == _TAB or node.tag in _BREAKS:
            parts.append(" ")
    return " ".join("".join(parts).split())


def _level(paragraph: Any) -> int | None:
    """By style (or one it is based on) or outline level."""
    outline = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    if outline is not None and int(outline.get(qn("w:val"))) < 9:
        return int(outline.get(qn("w:val"))) + 1
    style = paragraph.style
    for _ in range(10):
        if style is None or style.name is None:
            return None
        if style.name.lower() == "title":
            return 0
        if found := _HEADING.fullmatch(style.name):
            return int(found[1])
        style = style.base_style
    return None
