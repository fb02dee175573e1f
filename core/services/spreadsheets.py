"""Tables as workbooks (XLSX) in which no cell is a formula. Knows nothing of what the columns mean."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def neutral(cell: object) -> Any:
    """A text that a spreadsheet would take for a formula gets the apostrophe that marks it as text."""
    if isinstance(cell, str) and cell.startswith(_STARTS_A_FORMULA):
        return f"'{cell}"
    return cell


def workbook(titles: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Rekan")
    sheet.append(list(titles))
    for row in rows:
        sheet.append([neutral(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
