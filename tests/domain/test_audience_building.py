"""An audience built press by press: what is put in can be taken out, and what is built is what is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.audience import parse
from core.domain.audience_building import Condition, cleared, holds, toggled
from core.domain.errors import AudienceNotReadable

VALUES = {
    Condition.UNIT: ("DISDIK", "DINKES"),
    Condition.STATUS: ("PNS", "PPPK"),
    Condition.LEVEL: ("pelaksana", "jpt"),
    Condition.HOURS: ("10", "20"),
    Condition.ENROLLED: ("TIK-02",),
    Condition.NOT_ENROLLED: ("TIK-02",),
    Condition.ACKNOWLEDGED: ("3",),
    Condition.NOT_ACKNOWLEDGED: ("3",),
}
PRESSES = st.lists(
    st.tuples(st.sampled_from([(c, v) for c, values in VALUES.items() for v in values]), st.booleans()), max_size=12
)


def build(start: str, *steps: tuple[Condition, str, bool]) -> str:
    audience = parse(start)
    for condition, value, is_excluded in steps:
        audience = toggled(audience, condition, value, is_excluded=is_excluded)
    return str(audience)


def test_conditions_hold_together_and_values_are_alternatives() -> None:
    steps = [(Condition.UNIT, "DISDIK", False), (Condition.STATUS, "PNS", False), (Condition.UNIT, "DINKES", False)]
    assert build("semua", *steps) == "unit=DISDIK,DINKES status=PNS"


def test_each_exclusion_stands_for_itself() -> None:
    steps = [(Condition.UNIT, "BKD", True), (Condition.LEVEL, "jpt", True), (Condition.UNIT, "DINKES", True)]
    assert build("semua", *steps) == "semua kecuali unit=BKD,DINKES atau jenjang=jpt"


def test_hours_take_the_place_of_hours() -> None:
    assert build("semua", (Condition.HOURS, "10", False), (Condition.HOURS, "20", False)) == "jp<20"


def test_the_last_condition_taken_out_leaves_everybody() -> None:
    assert build("unit=DISDIK", (Condition.UNIT, "DISDIK", False)) == "semua"
    assert str(cleared(parse("unit=DISDIK kecuali unit=BKD"), is_excluded=True)) == "unit=DISDIK"
    assert str(cleared(parse("unit=DISDIK kecuali unit=BKD"), is_excluded=False)) == "semua kecuali unit=BKD"


def test_what_was_typed_before_stays() -> None:
    typed = "unit=DISDIK atau jp<5 kecuali unit=BKD status=PNS"
    assert (
        build(typed, (Condition.STATUS, "PPPK", False))
        == "unit=DISDIK status=PPPK atau jp<5 kecuali unit=BKD status=PNS"
    )


@given(PRESSES)
def test_every_press_is_undone_by_the_same_press_and_can_be_read_back(
    presses: list[tuple[tuple[Condition, str], bool]],
) -> None:
    audience = parse("semua")
    for (condition, value), is_excluded in presses:
        was_there = holds(audience, condition, value, is_excluded=is_excluded)
        after = toggled(audience, condition, value, is_excluded=is_excluded)
        assert holds(after, condition, value, is_excluded=is_excluded) is not was_there
        assert parse(str(after)) == after
        audience = after


@pytest.mark.parametrize("value", ["", "a b", "x=1", "-1", "99999999999999"])
def test_values_of_another_kind_are_refused(value: str) -> None:
    with pytest.raises((AudienceNotReadable, IndexError)):
        toggled(parse("semua"), Condition.HOURS, value, is_excluded=False)
