"""The measures of an evaluation, under the names the sets' description gives them. Pure arithmetic."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from cli.evaluation.lines import ASK_POLICY, OUT_OF_SCOPE, REGISTERS, Line
from cli.rasa_channel import Turn

FALLBACK = "nlu_fallback"
NOT_HANDLED = frozenset({OUT_OF_SCOPE, FALLBACK})
NO_REPLY = ""
OFFERED = 3
SHARES = (
    "intent_accuracy",
    "intent_macro_f1",
    "oos_recall",
    "false_fallback",
    "entity_accuracy",
    "policy_top1",
    "policy_top3",
    "policy_refused",
    "policy_confidently_wrong",
)
LATENCIES = ("latency_p50_ms", "latency_p95_ms")

Measures = dict[str, float | None]


@dataclass(frozen=True)
class Outcome:
    """A line and what the assistant did with it; no turn: it did not answer in time."""

    line: Line
    turn: Turn | None

    @property
    def intent(self) -> str:
        return self.turn.intent if self.turn else NO_REPLY

    @property
    def sources(self) -> Sequence[str]:
        """Of an answer that was given; a suggestion is none."""
        return self.turn.sources if self.turn and self.turn.answered else ()

    @property
    def offered(self) -> Sequence[str]:
        return [*self.sources, *(self.turn.suggestions[:OFFERED] if self.turn else ())]


def measure(outcomes: Sequence[Outcome]) -> Measures:
    """Shares from 0 to 1, None where no line counts towards one, and latencies in milliseconds."""
    in_scope = [one for one in outcomes if one.line.intent != OUT_OF_SCOPE]
    out_of_scope = [one for one in outcomes if one.line.intent == OUT_OF_SCOPE]
    with_training = [one for one in outcomes if one.line.training]
    policy = [one for one in outcomes if one.line.intent == ASK_POLICY]
    answerable = [one for one in policy if one.line.facts]
    unanswerable = [one for one in policy if not one.line.facts]
    times = sorted(one.turn.latency_ms for one in outcomes if one.turn)
    return {
        "intent_accuracy": share(in_scope, lambda one: one.intent == one.line.intent),
        "intent_macro_f1": macro_f1(in_scope),
        "oos_recall": share(out_of_scope, lambda one: one.intent in NOT_HANDLED),
        "false_fallback": share(in_scope, lambda one: one.intent in NOT_HANDLED),
        "entity_accuracy": share(
            with_training, lambda one: one.turn is not None and one.turn.course == one.line.training
        ),
        "policy_top1": share(answerable, lambda one: any(source in one.line.facts for source in one.sources[:1])),
        "policy_top3": share(answerable, lambda one: any(fact in one.line.facts for fact in one.offered)),
        "policy_refused": share(unanswerable, lambda one: not one.sources),
        "policy_confidently_wrong": share(
            policy, lambda one: bool(one.sources) and not any(source in one.line.facts for source in one.sources)
        ),
        "latency_p50_ms": percentile(times, 50),
        "latency_p95_ms": percentile(times, 95),
    }


def report(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """What `--json` writes: the measures over all lines, `n`, and the same for each register that occurs."""
    by_register = {
        register: some for register in REGISTERS if (some := [one for one in outcomes if one.line.register == register])
    }
    return {
        "n": len(outcomes),
        **measure(outcomes),
        "by_register": {register: {"n": len(some), **measure(some)} for register, some in by_register.items()},
    }


def share(outcomes: Sequence[Outcome], counts: Callable[[Outcome], bool]) -> float | None:
    return sum(map(counts, outcomes)) / len(outcomes) if outcomes else None


def macro_f1(outcomes: Sequence[Outcome]) -> float | None:
    """Mean over the labelled intents, each weighing the same."""
    right = Counter(one.line.intent for one in outcomes if one.intent == one.line.intent)
    labelled = Counter(one.line.intent for one in outcomes)
    acted_on = Counter(one.intent for one in outcomes)
    scores = [2 * right[intent] / (labelled[intent] + acted_on[intent]) for intent in labelled]
    return sum(scores) / len(scores) if scores else None


def percentile(times: Sequence[float], percent: int) -> float | None:
    """The value that many percent of the sorted times do not exceed."""
    if not times:
        return None
    return times[min(len(times) - 1, -(-len(times) * percent // 100) - 1)]


def confusion(outcomes: Iterable[Outcome]) -> Counter[tuple[str, str]]:
    """How often a line of one intent (first) was acted on as another (second); a reply that never came is a fallback."""
    return Counter((one.line.intent, one.intent or FALLBACK) for one in outcomes)


def reliability(outcomes: Sequence[Outcome], bins: int = 10) -> list[tuple[float, float, int]]:
    """(mean confidence, share right, lines) for each band of confidence that has lines."""
    bands: dict[int, list[Outcome]] = {}
    for one in outcomes:
        if one.turn:
            bands.setdefault(min(bins - 1, int(one.turn.confidence * bins)), []).append(one)
    points = []
    for _, some in sorted(bands.items()):
        confidence = sum(one.turn.confidence for one in some if one.turn) / len(some)
        points.append((confidence, share(some, lambda one: one.intent == one.line.intent) or 0.0, len(some)))
    return points


def is_wrong(one: Outcome) -> bool:
    """Whether anything about the line went wrong that a measure counts."""
    line = one.line
    if line.intent == OUT_OF_SCOPE:
        return one.intent not in NOT_HANDLED
    if one.intent != line.intent:
        return True
    if line.training and one.turn and one.turn.course != line.training:
        return True
    if line.intent == ASK_POLICY:
        first = next(iter(one.sources), None)
        return first not in line.facts if first or line.facts else False
    return False
