"""`python -m tests.bench [name …]`: runs the benchmarks, prints one table and writes `.data/bench.json`."""

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench import campaigns, chat_first, enrollments, nights, replies, search, storms
from tests.bench.measure import Measure
from tests.e2e.system import ROOT, System

BENCHMARKS = {"replies": replies.run, "chat-first": chat_first.run, "memory": replies.memory}
"""On the whole system."""
ALONE: dict[str, Callable[[Path, Callable[[str], None]], list[Measure]]] = {
    "enrollments": lambda folder, say: enrollments.run(folder),
    "campaigns": campaigns.run,
    "storms": storms.run,
    "nights": nights.run,
    "understanding": search.understanding,
    "growth": search.growth,
}
"""In a folder, without the system running beside it. The long ones say how far they are."""


def main(names: list[str]) -> int:
    known = [*ALONE, *BENCHMARKS]
    unknown = set(names) - set(known)
    if unknown:
        print(f"ONLY: no such benchmark: {', '.join(sorted(unknown))}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    console = Console()
    measures: list[Measure] = []
    chosen = names or known
    for name in (name for name in chosen if name in ALONE):
        with tempfile.TemporaryDirectory(prefix="rekan-bench-") as folder, console.status(f"measuring {name} …"):
            measures += ALONE[name](Path(folder), console.log)
    if on_system := [name for name in chosen if name in BENCHMARKS]:
        measures += _with_system(on_system, console)
    table = Table("measure", "value", "baseline", "ratio", "to reach")
    for each in measures:
        table.add_row(*each.row())
    console.print(table)
    out = ROOT / ".data" / "bench.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps([each.as_dict() for each in measures], indent=2) + "\n", encoding="utf-8")
    console.print(f"written to {out.relative_to(ROOT)}")
    return 0


def _with_system(names: list[str], console: Console) -> list[Measure]:
    measures: list[Measure] = []
    with tempfile.TemporaryDirectory(prefix="rekan-bench-") as folder:
        console.print("starting the whole system …")
        system = System.start(Path(folder))
        try:
            for name in names:
                with console.status(f"measuring {name} …"):
                    measures += BENCHMARKS[name](system)
        finally:
            system.stop()
    return measures


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
