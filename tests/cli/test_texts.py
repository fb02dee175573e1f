"""Each way the subject says no has words at this edge."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest

from cli.texts import TEXTS, masked, words_for
from core.domain.errors import BasisFault, CoreError, FileFault, QuizFault, SeriesFault, TimeFault, UnknownPerson
from core.domain.row_problems import RowProblem

EXAMPLES: dict[Any, Any] = {
    bool: True,
    date: date(2026, 12, 5),
    int: 7,
    str: "TIK-01",
    datetime: datetime(2026, 11, 24, 3, 0, tzinfo=UTC),
    str | None: None,
    datetime | None: None,
    TimeFault: TimeFault.ENDS_BEFORE_START,
    BasisFault: BasisFault.REGULATION,
    QuizFault: QuizFault.RIGHT,
    SeriesFault: SeriesFault.WAIT,
    FileFault: FileFault.TOO_LARGE,
    tuple[str, ...]: ("pengawas",),
    tuple[RowProblem, ...]: (),
}


def leaves(kind: type[CoreError] = CoreError) -> Iterator[type[CoreError]]:
    for child in kind.__subclasses__():
        if child.__subclasses__():
            yield from leaves(child)
        else:
            yield child


def example(kind: type[CoreError]) -> CoreError:
    if not is_dataclass(kind):
        return kind()
    return kind(*(EXAMPLES[field.type] for field in fields(kind)))


@pytest.mark.parametrize("kind", list(leaves()), ids=lambda kind: kind.__name__)
def test_every_refusal_has_one_sentence_here(kind: type[CoreError]) -> None:
    words = words_for(example(kind))
    assert words.endswith(".")
    assert "{" not in words


def test_no_words_are_left_over() -> None:
    assert set(TEXTS) == set(leaves())


def test_a_nip_is_never_shown_in_full() -> None:
    assert masked("199013012019031001") == "•" * 15 + "001"
    assert "199013012019031" not in words_for(UnknownPerson("199013012019031001"))
