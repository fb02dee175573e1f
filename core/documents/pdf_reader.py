"""PDF into lines. Run in a process of its own (`core.documents.isolated`): the file may be hostile."""

import io
import logging
import re
from collections import Counter
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from core.documents.lines import LONGEST_TEXT, Line, Reading, Unreadable
from core.domain.row_problems import Fault

MOST_PAGES = 1_000
_EDGE = 2
"""So many lines at the top and bottom of a page may be running heads and feet."""
_RUNNING = 0.5
_FEWEST_PAGES = 3
_READABLE = 40
"""Characters from which a page counts as holding text."""
_SCANNED = 0.8
"""The share of pages without text from which the whole document is taken for a scan."""
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*\d{1,4}[-–—\s]*|(?:halaman|hal\.?|page)\s*\d+(?:\s*(?:dari|of|/)\s*\d+)?", re.IGNORECASE
)
_CATCHWORD = re.compile(r".{0,60}?(?:\.\s){2,}\.?|.{0,60}?…")
"""The words at the foot of a page that say how the next begins: "(2) Pegawai . . ."."""


def read_pdf(content: bytes) -> Reading:
    """Raises Unreadable."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not _opens(reader):
            raise Unreadable(Fault.DOCUMENT_LOCKED)
        count = len(reader.pages)
        if count > MOST_PAGES:
            raise Unreadable(Fault.DOCUMENT_TOO_MANY_PAGES, pages=count, limit=MOST_PAGES)
        pages, length = [], 0
        for page in reader.pages:
            pages.append(_lines(page))
            length += sum(len(line.text) for line in pages[-1])
            if length > LONGEST_TEXT:
                raise Unreadable(Fault.DOCUMENT_TOO_LONG, limit=LONGEST_TEXT)
        title = str((reader.metadata and reader.metadata.title) or "").strip()
    except Unreadable:
        raise
    except RecursionError as error:
        raise Unreadable(Fault.DOCUMENT_BROKEN) from error
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, OSError) as error:
        raise Unreadable(Fault.DOCUMENT_BROKEN) from error
    silent = tuple(number for number, page in enumerate(pages, 1) if sum(len(line.text) for line in page) < _READABLE)
    if not pages:
        raise Unreadable(Fault.DOCUMENT_EMPTY)
    if len(silent) >= _SCANNED * len(pages):
        raise Unreadable(Fault.DOCUMENT_SCANNED, pages=len(pages))
    kept = [line for page in _without_running_lines(pages) for line in page]
    return Reading(tuple(kept), wraps=True, title=title, pages_without_text=silent)


def _opens(reader: PdfReader) -> bool:
    """Some are locked against changes only and open without a password."""
    try:
        return bool(reader.decrypt(""))
    except Exception:  # whatever it lacks for this cipher, it stays locked
        return False


def _lines(page: Any) -> list[Line]:
    """A line takes the looks that most of its letters have."""
    lines: list[Line] = []
    parts: list[tuple[str, float, bool]] = []

    def end_line() -> None:
        text = " ".join("".join(part for part, _, _ in parts).split())
        if text:
            looks: Counter[tuple[float, bool]] = Counter()
            for part, size, is_bold in parts:
                looks[size, is_bold] += len(part.strip())
            (size, is_bold), _ = looks.most_common(1)[0]
            lines.append(Line(text, None, size, is_bold))
        parts.clear()

    def visit(text: str, cm: Any, tm: Any, font: Any, size: float) -> None:
        height = round(abs(size * (tm[3] or tm[1] or 1) * (cm[3] or cm[1] or 1)), 1)
        is_bold = "bold" in str((font or {}).get("/BaseFont", "")).lower()
        for number, part in enumerate(text.split("\n")):
            if number:
                end_line()
            if part:
                parts.append((part, height, is_bold))

    page.extract_text(visitor_text=visit)
    end_line()
    return lines


def _without_running_lines(pages: list[list[Line]]) -> list[list[Line]]:
    """Without what stands at the edge of most pages, page numbers, and catchwords."""
    edges = Counter(key for page in pages for key in {_key(page[i].text) for i in _edge(page)})
    fewest = max(_FEWEST_PAGES, _RUNNING * len(pages))
    running = {key for key, count in edges.items() if count >= fewest}
    return [
        [
            line
            for i, line in enumerate(page)
            if not (i in _edge(page) and (_key(line.text) in running or _PAGE_NUMBER.fullmatch(line.text)))
            and not (i >= len(page) - _EDGE and _CATCHWORD.fullmatch(line.text))
        ]
        for page in pages
    ]


def _edge(page: list[Line]) -> set[int]:
    return {i for i in range(len(page)) if i < _EDGE or i >= len(page) - _EDGE}


def _key(text: str) -> str:
    return re.sub(r"\d+", "#", text.lower())
