"""How `rekan run` shows its components: a live table in a terminal, plain lines everywhere else."""

import time
from collections.abc import Mapping
from types import TracebackType
from typing import Protocol, Self

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from cli.supervisor import State, Status

WORDS = {
    State.WAITING: ("menunggu", "yellow"),
    State.STARTING: ("memulai", "cyan"),
    State.UP: ("siap", "green"),
    State.FAILED: ("gagal", "bold red"),
    State.STOPPED: ("berhenti", "dim"),
}


class Display(Protocol):
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    def show(self, name: str, status: Status) -> None:
        """The component's state has changed."""

    def tick(self) -> None:
        """A second has passed: elapsed times move on."""

    def say(self, text: str) -> None:
        """A sentence that stays."""


def make_display(console: Console, statuses: Mapping[str, Status]) -> "LiveDisplay | PlainDisplay":
    return LiveDisplay(console, statuses) if console.is_terminal else PlainDisplay(console)


class PlainDisplay:
    """One line for each change; what a log or a pipe can hold."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._began = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def show(self, name: str, status: Status) -> None:
        word, _ = WORDS[status.state]
        details = [f"pid {status.pid}" if status.pid else "", status.reason]
        said = "  ".join(filter(None, [f"{name:<10}", f"{word:<8}", *details]))
        self.say(f"[{time.monotonic() - self._began:5.1f} dtk] {said}")
        if status.state is State.FAILED:
            for line in status.lines:
                self.say(f"    {line}")

    def tick(self) -> None:
        return None

    def say(self, text: str) -> None:
        self._console.print(text, markup=False, highlight=False, soft_wrap=True)


class LiveDisplay:
    """One row for each component, redrawn in place."""

    def __init__(self, console: Console, statuses: Mapping[str, Status]) -> None:
        self._console = console
        self._statuses = statuses
        self._live = Live(self._table(), console=console, auto_refresh=False)

    def __enter__(self) -> Self:
        self._live.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._live.update(self._table(), refresh=True)
        self._live.__exit__(kind, error, trace)

    def show(self, name: str, status: Status) -> None:
        self._live.update(self._table(), refresh=True)

    def tick(self) -> None:
        busy = (State.WAITING, State.STARTING)
        if any(status.state in busy for status in self._statuses.values()):
            self._live.update(self._table(), refresh=True)

    def say(self, text: str) -> None:
        self._console.print(text, markup=False, highlight=False, soft_wrap=True)

    def _table(self) -> Table:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
        for title in ("Komponen", "Keadaan", "PID", "Mulai ulang", "Keterangan"):
            table.add_column(
                title, overflow="fold" if title == "Keterangan" else "ellipsis", no_wrap=title != "Keterangan"
            )
        for name, status in self._statuses.items():
            word, style = WORDS[status.state]
            elapsed = time.monotonic() - status.since
            note = status.reason
            if status.state in (State.STARTING, State.WAITING) and elapsed >= 1:
                note = f"{note}  {elapsed:.0f} dtk".strip()
            if status.state is State.FAILED and status.lines:
                note = f"{note}\n" + "\n".join(status.lines)
            table.add_row(name, Text(word, style), str(status.pid or ""), str(status.restarts or ""), Text(note))
        return table
