"""What is wrong with a file is said in HR's words, with the facts and without a NIP."""

import inspect
import re

import pytest

from cli.row_words import WORDS, place_of, words_of
from core.domain import row_problems
from core.domain.row_problems import FILE, Fault, RowProblem

LISTED = dict(
    re.findall(r'^    ([A-Z_]+) = "[a-z_]+"(?:  # ([a-z ]+))?$', inspect.getsource(row_problems), re.MULTILINE)
)
FACTS = {"options": ("pelaksana", "fungsional"), "value": "besok", "code": "X-9", "holder": "cuti.md"}


@pytest.mark.parametrize("fault", list(Fault))
def test_every_fault_has_words_that_use_the_facts_it_comes_with(fault: Fault) -> None:
    facts = {name: FACTS.get(name, 17) for name in (LISTED[fault.name] or "").split()}
    words = words_of(RowProblem(3, "kolom", fault, facts))
    for fact in facts.values():
        for part in fact if isinstance(fact, tuple) else (fact,):
            assert str(part) in words
    assert "{" not in words


def test_no_words_are_left_over() -> None:
    assert set(WORDS) == set(Fault)


def test_a_problem_of_the_whole_file_and_of_one_of_several_says_where() -> None:
    assert place_of(RowProblem(1, FILE, Fault.EMPTY)) == "berkas"
    assert place_of(RowProblem(1, "L01", Fault.ID_TWICE, file="cuti.md")) == "cuti.md: L01"
