"""Whether the search was right about questions whose answers are known, under the names of the measures of `rekan eval`."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.services.questions import SUGGESTED, likely_enough
from core.services.search.section_index import Evidence, Ranking, probabilities_of
from core.services.search.weights import NONE_WEIGHTS, SECTION_WEIGHTS

FIRST = 2 + SUGGESTED
"""So many sections can be shown for one question."""
MEASURES = ("policy_top1", "policy_top3", "policy_refused", "policy_confidently_wrong")

Measures = dict[str, float | None]


@dataclass(frozen=True)
class Judged:
    """A question as the search ranked it: the places of the first sections, whether each answers it, how likely each was."""

    order: list[int]
    is_right: list[bool]
    probabilities: NDArray[np.float64]
    is_answerable: bool

    def told(self, threshold: float) -> int:
        """How many of the first sections answer; 0: refused."""
        return likely_enough(Ranking(np.arange(len(self.is_right)), self.probabilities), threshold)

    def is_answered_right(self, threshold: float) -> bool:
        """The right section stands first, or nothing was told where there is no answer."""
        told = self.told(threshold)
        return bool(told) and self.is_right[0] if self.is_answerable else not told


def judged(
    evidence: Evidence,
    right: Collection[int],
    section_weights: Sequence[float] = SECTION_WEIGHTS,
    none_weights: Sequence[float] = NONE_WEIGHTS,
    *,
    is_answerable: bool | None = None,
) -> Judged:
    """`right`: places of the sections that answer. A question whose answer has gone from the index is still answerable."""
    probabilities = probabilities_of(evidence, section_weights, none_weights)[:-1]
    order = np.argsort(-probabilities, kind="stable")[:FIRST]
    known = bool(right) if is_answerable is None else is_answerable
    return Judged(order.tolist(), [int(place) in right for place in order], probabilities[order], known)


def measure(found: Sequence[Judged], threshold: float) -> Measures:
    """Shares from 0 to 1; None where no question counts towards one."""
    answerable = [one for one in found if one.is_answerable]
    unanswerable = [one for one in found if not one.is_answerable]

    def is_wrong(one: Judged) -> bool:
        told = one.told(threshold)
        return bool(told) and not any(one.is_right[:told])

    return {
        "policy_top1": _share(answerable, lambda one: one.is_answered_right(threshold)),
        "policy_top3": _share(answerable, lambda one: any(one.is_right[: one.told(threshold) + SUGGESTED])),
        "policy_refused": _share(unanswerable, lambda one: not one.told(threshold)),
        "policy_confidently_wrong": _share(found, is_wrong),
    }


def _share(found: Sequence[Judged], counts: Callable[[Judged], bool]) -> float | None:
    return sum(map(counts, found)) / len(found) if found else None
