"""The NIPs in a file that HR uploads: a workbook, a table, or plain lines."""

import io
import re
from zipfile import BadZipFile

from core.domain.errors import NipListRefused

MOST = 5000
_NIP = re.compile(r"(?<![\d.])(\d{8})[ .-]?(\d{6})[ .-]?(\d)[ .-]?(\d{3})(?!\d)")
_SPREADSHEET = ".xlsx"
_EXACT = 10**15
"""A spreadsheet keeps fifteen digits of a number: a NIP kept as one has lost its last three."""


def nips_of(name: str, content: bytes) -> list[str]:
    """Each once, in the order of the file. Raises NipListRefused: none in it, too many, or cut short by the spreadsheet."""
    text = _cells(content) if name.lower().endswith(_SPREADSHEET) else _text(content)
    found = list(dict.fromkeys("".join(match.groups()) for match in _NIP.finditer(text)))
    if not found or len(found) > MOST:
        raise NipListRefused(len(found), MOST)
    return found


def _text(content: bytes) -> str:
    return content.decode("utf-8-sig", errors="replace")


def _cells(content: bytes) -> str:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        try:
            cells = [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row if cell is not None]
        finally:
            book.close()
    except (BadZipFile, InvalidFileException, KeyError, ValueError, IndexError) as error:
        raise NipListRefused(0, MOST) from error
    if any(isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= _EXACT for cell in cells):
        raise NipListRefused(0, MOST, is_cut=True)
    return "\n".join(str(cell) for cell in cells)
