"""One measured number with its baseline of the same run."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Measure:
    name: str
    value: float
    unit: str
    baseline: float | None = None
    to_reach: str = ""

    @property
    def ratio(self) -> float | None:
        return self.value / self.baseline if self.baseline else None

    def row(self) -> tuple[str, ...]:
        baseline = "" if self.baseline is None else f"{self.baseline:.1f} {self.unit}"
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        return self.name, f"{self.value:.1f} {self.unit}", baseline, ratio, self.to_reach

    def as_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "value": round(self.value, 2),
            "unit": self.unit,
            "baseline": None if self.baseline is None else round(self.baseline, 2),
            "ratio": None if self.ratio is None else round(self.ratio, 3),
        }


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` of the sorted values lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
