"""CSV as offices write it, read into rows that remember their line and collect what is wrong with them.

Knows nothing of what the columns mean.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar

from core.domain.errors import BadImport
from core.domain.row_problems import FILE, ROW, Fault, RowProblem

T = TypeVar("T")

_NEVER = datetime.max.replace(tzinfo=UTC)
_YES = frozenset({"ya", "y", "yes", "true", "1"})
_NO = frozenset({"tidak", "t", "no", "n", "false", "0", ""})
# what no text file holds: control characters, and the mark of bytes that were no UTF-8
_JUNK = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffd]")


@dataclass
class Row:
    """One line of data. The readers note a problem and return a stand-in; look at `is_good` before using what they gave."""

    line: int
    cells: Mapping[str, str]
    problems: list[RowProblem] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not self.problems

    def fail(self, column: str, fault: Fault, **facts: Any) -> None:
        self.problems.append(RowProblem(self.line, column, fault, facts))

    def optional(self, column: str) -> str:
        return self.cells.get(column, "")

    def text(self, column: str, limit: int = 300) -> str:
        value = self.optional(column)
        if not value:
            self.fail(column, Fault.REQUIRED)
        elif len(value) > limit:
            self.fail(column, Fault.TOO_LONG, limit=limit)
        return value

    def number(self, column: str, least: int, most: int = 100_000) -> int:
        value = self.text(column)
        if not re.fullmatch(r"-?[0-9]{1,9}", value):
            if value:
                self.fail(column, Fault.NOT_WHOLE_NUMBER, value=value)
            return least
        if not least <= int(value) <= most:
            self.fail(column, Fault.OUT_OF_RANGE, value=value, least=least, most=most)
        return int(value)

    def choice(self, column: str, options: Mapping[str, T]) -> T:
        value = self.text(column)
        found = options.get(value.lower())
        if found is None:
            if value:
                self.fail(column, Fault.NOT_AN_OPTION, value=value, options=tuple(options))
            return next(iter(options.values()))
        return found

    def yes_no(self, column: str) -> bool:
        value = self.optional(column).lower()
        if value not in _YES | _NO:
            self.fail(column, Fault.NOT_YES_OR_NO, value=value)
        return value in _YES

    def moment(self, column: str) -> datetime:
        """A time on Jakarta's wall clock, as aware UTC."""
        value = self.text(column)
        try:
            if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}", value):
                raise ValueError
            return datetime.fromisoformat(f"{value}+07:00").astimezone(UTC)
        except ValueError:
            if value:
                self.fail(column, Fault.NOT_A_MOMENT, value=value)
            return _NEVER


def read_rows(text: str, required: Iterable[str]) -> list[Row]:
    """The rows below the header. Raises BadImport when the file is no such table at all.

    Comma, semicolon or tab; any newlines; quoted cells may hold newlines, and `line` is still the one an editor shows.
    """
    text = text.removeprefix("\ufeff")
    if junk := _JUNK.search(text):
        raise BadImport((RowProblem(text.count("\n", 0, junk.start()) + 1, FILE, Fault.NOT_TEXT),))
    if not text.strip():
        raise BadImport((RowProblem(1, FILE, Fault.EMPTY),))
    lines = _cells(text)
    head, header = lines[0]
    names = [name.lower() for name in header]
    problems = [RowProblem(head, name, Fault.MISSING_COLUMN) for name in required if name not in names]
    problems += [
        RowProblem(head, name, Fault.COLUMN_TWICE) for name in dict.fromkeys(names) if name and names.count(name) > 1
    ]
    if not problems and len(lines) == 1:
        problems.append(RowProblem(head + 1, FILE, Fault.NO_ROWS))
    if problems:
        raise BadImport(tuple(problems))
    rows = []
    for line, cells in lines[1:]:
        row = Row(line, dict(zip(names, cells, strict=False)))
        if len(cells) < len(names) or any(cells[len(names) :]):
            row.fail(ROW, Fault.CELL_COUNT, found=len(cells), expected=len(names))
        rows.append(row)
    return rows


def _cells(text: str) -> list[tuple[int, list[str]]]:
    """(line it begins on, cells) of every line that is not blank."""
    first = next(line for line in text.splitlines() if line.strip())
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines: list[tuple[int, list[str]]] = []
    begins = 1
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                lines.append((begins, stripped))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise BadImport((RowProblem(begins, FILE, Fault.OPEN_QUOTE),)) from error
    return lines


def require_good(rows: Iterable[Row]) -> None:
    """Raises BadImport with every problem of every row, in the order of the file."""
    problems = [problem for row in rows for problem in row.problems]
    if problems:
        raise BadImport(tuple(sorted(problems, key=lambda problem: problem.line)))


def refuse_twins(rows: Iterable[Row], column: str, *, upper: bool = False) -> None:
    """Notes a problem on every row whose value in `column` stood on an earlier line."""
    seen: dict[str, int] = {}
    for row in rows:
        value = row.optional(column)
        value = value.upper() if upper else value
        if not value:
            continue
        if value in seen:
            row.fail(column, Fault.SAME_AS_LINE, line=seen[value])
        else:
            seen[value] = row.line
