"""How a command speaks: tables and sentences to standard output, trouble to standard error, JSON for scripts."""

import json
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.row_words import place_of, words_of
from core.domain.errors import BadImport

OK, REFUSED, NOT_POSSIBLE = 0, 1, 2
"""Exit codes: done; the answer is no (bad rows, unknown person); cannot be tried (not running, wrong option)."""

console = Console(highlight=False)


def say(text: str) -> None:
    """A sentence, whatever characters it holds; long ones are not broken in the middle when piped."""
    console.print(text, markup=False, highlight=False, soft_wrap=True)


def say_reply(text: str) -> None:
    """A reply of the assistant: `*bold*` is bold in a terminal and stays as it is elsewhere."""
    if not console.is_terminal:
        say(text)
        return
    shown = Text()
    for number, part in enumerate(re.split(r"(?<!\w)\*([^*\n]+)\*(?!\w)", text)):
        shown.append(part, "bold" if number % 2 else "")
    console.print(shown, soft_wrap=True)


def complain(text: str) -> None:
    print(text, file=sys.stderr)


def show_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, default=str))


def show_table(titles: Sequence[str], rows: Iterable[Sequence[object]], *, numbers: Sequence[str] = ()) -> None:
    """Cells are plain text: brackets in a name are no markup. `numbers` are never broken; words give way to them."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for title in titles:
        is_number = title in numbers
        table.add_column(title, justify="right" if is_number else "left", no_wrap=is_number, overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    console.print(table)


def show_problems(file: str, refused: BadImport) -> None:
    """Every bad row of an import: line as an editor counts it, column, what is wrong."""
    say(f"{file}: {len(refused.problems)} kesalahan; tidak ada yang diimpor.\n")
    rows = sorted((problem.line, place_of(problem), words_of(problem)) for problem in refused.problems)
    show_table(("Baris", "Kolom", "Masalah"), rows, numbers=("Baris",))
