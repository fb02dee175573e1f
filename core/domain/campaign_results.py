"""What a campaign brought about: its quiz, its pulse, its steps. Numbers only; who may see which is decided here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.domain.people import Person, Unit

FEWEST_ANSWERS = 5
"""Fewer answers to a pulse question than this could be told apart: nothing is shown of them."""


@dataclass(frozen=True)
class QuestionResult:
    """One question of the quiz. `choices`: how often each option was taken, in their order."""

    number: int
    text: str
    options: tuple[str, ...]
    right: int
    """Which option is right, from 0."""
    choices: tuple[int, ...]

    @property
    def answers(self) -> int:
        return sum(self.choices)

    @property
    def answers_right(self) -> int:
        return self.choices[self.right]


@dataclass(frozen=True)
class UnitQuiz:
    """A unit with everything below it: who began the quiz, who answered every question, and how much of it was right."""

    unit: Unit
    began: int
    finished: int
    answers: int
    answers_right: int


@dataclass(frozen=True)
class PersonQuiz:
    person: Person
    answers: int
    answers_right: int


@dataclass(frozen=True)
class QuizResult:
    questions: tuple[QuestionResult, ...]
    began: int
    finished: int
    scores: tuple[int, ...]
    """Of those who finished: how many had 0, 1, 2 … right."""
    units: tuple[UnitQuiz, ...]


@dataclass(frozen=True)
class UnitPulse:
    """A unit with everything below it that has answers enough to be shown."""

    unit: Unit
    answers: int
    average: float


@dataclass(frozen=True)
class PulseResult:
    """In aggregate only: nobody is named, and too few answers are not shown at all (`counts` and `average` None)."""

    question: str
    answers: int
    counts: tuple[int, ...] | None
    """How often 1, 2, 3, 4 and 5 were chosen."""
    average: float | None
    units: tuple[UnitPulse, ...] = ()
    comments: tuple[str, ...] = ()
    """In no order that would tell whose they are."""


@dataclass(frozen=True)
class StepProgress:
    """The ledger rows of one message of a series; a campaign without a series has step 1 only."""

    number: int
    recipients: int
    sent: int
    waiting: int
    unreachable: int
    expired: int


def pulse_of(
    question: str,
    counts: tuple[int, ...],
    by_unit: Mapping[str, tuple[int, int]],
    units: Mapping[str, Unit],
    comments: Iterable[str],
) -> PulseResult:
    """`counts` of each value from 1; `by_unit`: (answers, sum of the values) of each unit with everything below it."""
    answers = sum(counts)
    if answers < FEWEST_ANSWERS:
        return PulseResult(question, answers, None, None)
    average = sum(value * count for value, count in enumerate(counts, 1)) / answers
    shown = shown_units({code: number for code, (number, _) in by_unit.items()}, units, answers)
    found = tuple(UnitPulse(units[c], by_unit[c][0], by_unit[c][1] / by_unit[c][0]) for c in sorted(shown))
    return PulseResult(question, answers, counts, average, found, tuple(sorted(comments)))


def shown_units(answers: Mapping[str, int], units: Mapping[str, Unit], total: int) -> set[str]:
    """The units with answers enough of which no difference tells of fewer: what is left of the unit above is enough, or none."""
    below: dict[str | None, list[str]] = {}
    for code in answers:
        parent = units[code].parent
        below.setdefault(parent if parent in answers else None, []).append(code)
    shown: set[str] = set()
    open_levels: list[tuple[str | None, int]] = [(None, total)]
    while open_levels:
        parent, number = open_levels.pop()
        chosen = sorted((c for c in below.get(parent, []) if answers[c] >= FEWEST_ANSWERS), key=lambda c: -answers[c])
        while chosen and 0 < number - sum(answers[c] for c in chosen) < FEWEST_ANSWERS:
            chosen.pop()
        shown.update(chosen)
        open_levels += [(code, answers[code]) for code in chosen]
    return shown
