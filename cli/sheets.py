"""Tables as files: CSV and XLSX, in and out. Knows nothing of what the columns mean."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from zipfile import BadZipFile

from cli.session import GivenUp
from cli.texts import because
from core.services.spreadsheets import neutral, workbook

SPREADSHEET = ".xlsx"
_EXACT = 10**15
"""Spreadsheets keep fifteen digits of a number; what is longer (a NIP) has lost its last ones."""


def read_table(file: Path) -> str:
    """The file as CSV; of a workbook the first sheet, line by line as it is numbered there. Raises GivenUp with a sentence."""
    if file.suffix.lower() == SPREADSHEET:
        return _read_workbook(file)
    return read_text(file)


def read_text(file: Path) -> str:
    """UTF-8 with or without BOM. Raises GivenUp with a sentence."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise GivenUp(
            f'{file}: bukan teks UTF-8. Simpan ulang sebagai UTF-8 (di Excel: "CSV UTF-8") atau sebagai .xlsx, lalu ulangi.'
        ) from error
    except OSError as error:
        raise _unreadable(file, error) from error


def read_bytes(file: Path) -> bytes:
    """Raises GivenUp with a sentence."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise _unreadable(file, error) from error


def write_table(file: Path, titles: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """By the ending of its name CSV (with a BOM, for Excel) or XLSX; no cell is a formula. Raises GivenUp with a sentence."""
    if file.suffix.lower() == SPREADSHEET:
        write_bytes(file, workbook(titles, rows))
        return
    out = io.StringIO(newline="")
    csv.writer(out).writerows([titles, *([neutral(cell) for cell in row] for row in rows)])
    write_bytes(file, out.getvalue().encode("utf-8-sig"))


def write_bytes(file: Path, content: bytes) -> None:
    """Raises GivenUp with a sentence."""
    try:
        file.write_bytes(content)
    except OSError as error:
        raise GivenUp(f"{file}: tidak dapat ditulis ({because(error.strerror)}). Pilih berkas lain.") from error


def _read_workbook(file: Path) -> str:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(file, read_only=True, data_only=True)
        try:
            rows = [[_text(cell) for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
        finally:
            book.close()
    except OSError as error:
        raise _unreadable(file, error) from error
    except (BadZipFile, InvalidFileException, KeyError, ValueError, IndexError) as error:
        raise GivenUp(f"{file}: bukan buku kerja Excel (.xlsx) yang utuh. Simpan ulang, lalu ulangi.") from error
    while rows and not any(rows[-1]):
        rows.pop()
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _text(cell: object) -> str:
    """As somebody would have typed it into a CSV; line breaks become blanks, so that lines keep their numbers."""
    match cell:
        case None:
            return ""
        case bool():
            return "ya" if cell else "tidak"
        case int() | float() if abs(cell) >= _EXACT:
            return f"{cell:.2E}"  # seen to be mangled, instead of taken for right
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            return f"{cell:%Y-%m-%d %H:%M}"
        case date():
            return f"{cell:%Y-%m-%d}"
        case _:
            return " ".join(str(cell).split())


def _unreadable(file: Path, error: OSError) -> GivenUp:
    return GivenUp(f"{file}: tidak dapat dibaca ({because(error.strerror)}). Periksa nama berkasnya.")
