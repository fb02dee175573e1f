"""The committed numbers that no change may fall far below: reading, comparing and writing them. Pure arithmetic and one file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cli.evaluation.measures import Measures

FILE = Path(__file__).with_name("baseline.json")
TOLERATED = 0.02
"""Two points: folds and small sets vary by about one."""
CROSS_VALIDATION = "cross_validation"
TO_REACH = {
    "intent_accuracy": 0.95,
    "oos_recall": 0.90,
    "false_fallback": 0.04,
    "entity_accuracy": 0.93,
    "policy_top1": 0.85,
    "policy_top3": 0.95,
    "policy_refused": 0.85,
    "policy_confidently_wrong": 0.04,
}
"""The aims for questions of unseen writers; cross-validation is stricter (docs/decisions/0006)."""
SMALLER_IS_BETTER = frozenset({"false_fallback", "policy_confidently_wrong"})

Baseline = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Drop:
    """A number that fell too far below (of the small-is-better ones: rose too far above) what was committed."""

    part: str
    measure: str
    was: float
    now: float | None


def read(file: Path | None = None) -> Baseline:
    """Empty if there is none yet."""
    file = file or FILE
    if not file.is_file():
        return {}
    return {part: {name: float(value) for name, value in numbers.items()} for part, numbers in _json(file).items()}


def _json(file: Path) -> dict[str, dict[str, float]]:
    read: dict[str, dict[str, float]] = json.loads(file.read_text(encoding="utf-8"))
    return read


def drops(part: str, baseline: Baseline, now: Measures) -> list[Drop]:
    """A number that is committed and not measured any more has dropped, too."""
    found = []
    for name, was in baseline.get(part, {}).items():
        value = now.get(name)
        sign = -1 if name in SMALLER_IS_BETTER else 1
        if value is None or sign * (was - value) > TOLERATED + 1e-9:
            found.append(Drop(part, name, was, value))
    return found


def write(parts: Mapping[str, Measures], file: Path | None = None) -> None:
    """The parts measured now; others stay. Numbers only: no text of a set may get into the repository."""
    numbers = {
        part: {name: round(value, 4) for name in TO_REACH if (value := measures.get(name)) is not None}
        for part, measures in parts.items()
    }
    file = file or FILE
    file.write_text(json.dumps(read(file) | numbers, indent=2) + "\n", encoding="utf-8")
