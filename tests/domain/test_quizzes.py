"""Questions as HR types them, and what no quiz may have."""

from dataclasses import replace

import pytest

from core.domain.errors import BadQuiz, MarkupBroken, QuizFault
from core.domain.quizzes import Question, QuizState, checked, read

TYPED = """Mulai kapan aturan ini berlaku,
bagi semua pegawai?
- 1 Desember 2026
+ 1 Januari
  2027
– 1 Februari 2027

Penjelasan: Pasal 12.
Berlaku untuk PNS dan PPPK."""
QUESTION = Question(
    "Mulai kapan aturan ini berlaku,\nbagi semua pegawai?",
    ("1 Desember 2026", "1 Januari 2027", "1 Februari 2027"),
    1,
    "Pasal 12.\nBerlaku untuk PNS dan PPPK.",
)


def test_a_question_is_read_as_it_is_typed() -> None:
    assert checked([read(TYPED)]) == (QUESTION,)


@pytest.mark.parametrize("typed", ["Tanya?\n- a\n- b", "Tanya?\n+ a\n+ b", "Tanya?", ""])
def test_exactly_one_option_is_right(typed: str) -> None:
    with pytest.raises(BadQuiz) as refusal:
        read(typed)
    assert refusal.value.fault is QuizFault.RIGHT


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"text": " "}, QuizFault.TEXT),
        ({"text": "x" * 301}, QuizFault.TEXT),
        ({"options": ("satu",), "right": 0}, QuizFault.OPTIONS),
        ({"options": tuple("abcde")}, QuizFault.OPTIONS),
        ({"options": ("Ya", "ya")}, QuizFault.OPTIONS),
        ({"options": ("Ya", "")}, QuizFault.OPTIONS),
        ({"options": ("Ya", "x" * 101)}, QuizFault.OPTIONS),
        ({"right": 3}, QuizFault.RIGHT),
        ({"right": -1}, QuizFault.RIGHT),
        ({"explanation": "x" * 401}, QuizFault.EXPLANATION),
    ],
)
def test_what_no_question_may_be(changes: dict[str, object], fault: QuizFault) -> None:
    with pytest.raises(BadQuiz) as refusal:
        checked([QUESTION, replace(QUESTION, **changes)])  # type: ignore[arg-type]
    assert (refusal.value.fault, refusal.value.number) == (fault, 2)


def test_no_more_than_five_questions_and_no_broken_bold() -> None:
    assert len(checked([QUESTION] * 5)) == 5
    with pytest.raises(BadQuiz) as refusal:
        checked([QUESTION] * 6)
    assert refusal.value.fault is QuizFault.TOO_MANY
    with pytest.raises(MarkupBroken):
        checked([replace(QUESTION, options=("*tebal", "tidak"))])


def test_the_next_question_is_the_first_without_an_answer() -> None:
    state = QuizState(1, (QUESTION, QUESTION, QUESTION), {1: 1, 3: 0})
    assert (state.next, state.right) == (2, 1)
    assert QuizState(1, (QUESTION,), {1: 1}).next is None
