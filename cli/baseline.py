"""`python -m cli.baseline [FILE.jsonl] [--set-only] [--write]` (`make eval`): the numbers of issue and baseline in one table.

Cross-validation needs nothing but the repository; an evaluation set goes through the running system. Exit code 1 if a number
fell more than two points below the committed baseline (cli/evaluation/baseline.json); `--write` commits to what is measured.
"""

import argparse
import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

from cli.components import rasa_python, training_environment
from cli.evaluation import baseline
from cli.evaluation.baseline import CROSS_VALIDATION, TO_REACH, Baseline, Drop
from cli.evaluation.measures import Measures
from cli.output import OK, REFUSED, say, show_table
from cli.search_material import read_material, shipped_sections
from cli.session import GivenUp, carried_out, settings_or_give_up
from core.normalizer import normalize
from core.services.search.held_out import held_out
from core.services.search.judging import judged, measure
from core.services.search.weights import ANSWER_THRESHOLD
from core.settings import ROOT


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m cli.baseline", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, help="an evaluation set, through the running system")
    parser.add_argument("--set-only", action="store_true", help="without cross-validation")
    parser.add_argument("--write", action="store_true", help="take what is measured now as the baseline")
    given = parser.parse_args(arguments)
    return carried_out(lambda: check(given.file, write=given.write, folds=not given.set_only))


def check(file: Path | None, *, write: bool, folds: bool = True) -> int:
    parts: dict[str, Measures] = {}
    if file is not None:  # first: a system that is not running is known at once
        parts[file.stem] = of_set(file)
    if folds:
        parts[CROSS_VALIDATION] = cross_validated()
    known = baseline.read()
    show(known, parts)
    if write:
        baseline.write(parts)
        say(f"Ditulis: {baseline.FILE.relative_to(ROOT)}")
        return OK
    fallen = [drop for part, now in parts.items() for drop in baseline.drops(part, known, now)]
    for drop in fallen:
        say(words(drop))
    return REFUSED if fallen else OK


def of_set(file: Path) -> Measures:
    from cli.eval import lines_or_give_up, measured

    return measured(lines_or_give_up(file))


def cross_validated() -> Measures:
    """The classifier's in Rasa's environment, the search's here, side by side."""
    command = [rasa_python(), "-m", "nlu.quality"]
    environment = training_environment(settings_or_give_up()) | {"OPENBLAS_NUM_THREADS": "1"}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        found = [
            judged(one.evidence, () if one.right is None else {one.right})
            for one in held_out(read_material(shipped_sections()), normalize)
        ]
        out, trouble = child.communicate()
    if child.returncode:
        raise GivenUp(f"Validasi silang maksud gagal:\n{trouble[-2000:]}")
    return {**json.loads(out), **measure(found, ANSWER_THRESHOLD)}


def show(known: Baseline, parts: Mapping[str, Measures]) -> None:
    rows = []
    for name, aim in TO_REACH.items():
        cells = [name, f"{'≤' if name in baseline.SMALLER_IS_BETTER else '≥'} {aim:.0%}"]
        for part, now in parts.items():
            cells += [_percent(known.get(part, {}).get(name)), _percent(now.get(name))]
        rows.append(cells)
    titles = ["ukuran", "target"]
    for part in parts:
        name = "validasi silang" if part == CROSS_VALIDATION else part
        titles += [f"{name}: dasar", f"{name}: kini"]
    show_table(titles, rows, numbers=titles[1:])


def words(drop: Drop) -> str:
    now = "tidak terukur lagi" if drop.now is None else f"kini {_percent(drop.now)}"
    return f"TURUN: {drop.measure} ({drop.part}) {now}, dasarnya {_percent(drop.was)}; paling banyak 2 poin."


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"


if __name__ == "__main__":
    raise SystemExit(main())
