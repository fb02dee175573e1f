"""A campaign's quiz: one to five questions, each with one right answer and why it is right. One try counts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.domain.errors import BadQuiz, MarkupBroken, QuizFault
from core.domain.markup import broken_line

MOST_QUESTIONS = 5
FEWEST_OPTIONS, MOST_OPTIONS = 2, 4
LONGEST_QUESTION, LONGEST_OPTION, LONGEST_EXPLANATION = 300, 100, 400

_RIGHT, _WRONG = re.compile(r"\+\s*(.+)"), re.compile(r"[-–•]\s*(.+)")
_EXPLANATION = re.compile(r"penjelasan\s*:\s*(.*)", re.IGNORECASE)


@dataclass(frozen=True)
class Question:
    text: str
    options: tuple[str, ...]
    right: int
    """Which option is right, from 0."""
    explanation: str = ""


@dataclass(frozen=True)
class QuizState:
    """How far one person is. `choices`: by number of the question (from 1), the option chosen (from 0)."""

    campaign_id: int
    questions: tuple[Question, ...]
    choices: Mapping[int, int]

    @property
    def next(self) -> int | None:
        """The number of the first question without an answer; None: the quiz is done."""
        return next((n for n in range(1, len(self.questions) + 1) if n not in self.choices), None)

    @property
    def right(self) -> int:
        return sum(self.questions[n - 1].right == choice for n, choice in self.choices.items())


def checked(questions: Sequence[Question]) -> tuple[Question, ...]:
    """Trimmed, as it is saved. Raises BadQuiz, MarkupBroken."""
    if len(questions) > MOST_QUESTIONS:
        raise BadQuiz(QuizFault.TOO_MANY, MOST_QUESTIONS + 1)
    return tuple(_checked(number, question) for number, question in enumerate(questions, 1))


def read(words: str) -> Question:
    """A question as it is typed: its text, then a line for each option, the right one after a plus, others after a dash, then
    `Penjelasan:` if there is one. Raises BadQuiz.
    """
    text: list[str] = []
    options: list[str] = []
    right: list[int] = []
    explanation: list[str] | None = None
    for line in (line.strip() for line in words.strip().splitlines()):
        if explanation is not None:
            explanation.append(line)
        elif (found := _EXPLANATION.fullmatch(line)) is not None:
            explanation = [found[1]]
        elif (found := _RIGHT.fullmatch(line) or _WRONG.fullmatch(line)) is not None:
            if line.startswith("+"):
                right.append(len(options))
            options.append(found[1])
        elif not options:
            text.append(line)
        elif line:
            options[-1] += f" {line}"
    if len(right) != 1:
        raise BadQuiz(QuizFault.RIGHT, 1)
    return Question("\n".join(text), tuple(options), right[0], "\n".join(explanation or ()))


def _checked(number: int, given: Question) -> Question:
    question = Question(
        given.text.strip(),
        tuple(" ".join(option.split()) for option in given.options),
        given.right,
        given.explanation.strip(),
    )
    if not question.text or len(question.text) > LONGEST_QUESTION:
        raise BadQuiz(QuizFault.TEXT, number)
    is_number = FEWEST_OPTIONS <= len(question.options) <= MOST_OPTIONS
    are_apart = len({option.casefold() for option in question.options}) == len(question.options)
    if not is_number or not are_apart or not all(1 <= len(option) <= LONGEST_OPTION for option in question.options):
        raise BadQuiz(QuizFault.OPTIONS, number)
    if not 0 <= question.right < len(question.options):
        raise BadQuiz(QuizFault.RIGHT, number)
    if len(question.explanation) > LONGEST_EXPLANATION:
        raise BadQuiz(QuizFault.EXPLANATION, number)
    for text in (question.text, *question.options, question.explanation):
        if (line := broken_line(text)) is not None:
            raise MarkupBroken(line)
    return question
