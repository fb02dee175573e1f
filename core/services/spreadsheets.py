"""Tables as workbooks (XLSX) in which no cell is a formula. Knows nothing of what the columns mean."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def neutral(cell: object) -> Any:
    """A text that a spreadsheet would take for a formula gets the apostrophe that marks it as text."""
    if isinstance(cell, str) and cell.startswith(_STARTS_A_FORMULA):
        return f"'{cell}"
    return cell


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook; the widths of its columns are in characters."""

    name: str
    titles: Sequence[str]
    rows: Iterable[Sequence[object]]
    widths: Sequence[int] = ()


def workbook(titles: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    return workbook_of([Sheet("Rekan", titles, rows)])


def workbook_of(sheets: Iterable[Sheet]) -> bytes:
    """The titles stay in sight while the rows are scrolled."""
    book = Workbook(write_only=True)
    for one in sheets:
        sheet = book.create_sheet(one.name)
        sheet.freeze_panes = "A2"
        for place, width in enumerate(one.widths, 1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.append([_title(sheet, title) for title in one.titles])
        for row in one.rows:
            sheet.append([neutral(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _title(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell
