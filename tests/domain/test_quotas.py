"""Sub-quotas of a session: a unit and all below it share so many seats."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from core.domain.courses import Availability, UnitQuota
from core.domain.enrollment import NO_RECORD, Status, decide
from core.domain.errors import SessionFull, UnitQuotaFull
from core.domain.people import Unit
from core.domain.quotas import QuotaUse
from tests.factories import BKD, DINKES, DISDIK, NOW, PEMPROV, person, session

SCHOOL = Unit("SMAN-1", "SMA Negeri 1", "SMAN 1", "DISDIK")
UNITS = {unit.code: unit for unit in (PEMPROV, BKD, DISDIK, DINKES, SCHOOL)}
THREE = (UnitQuota("DISDIK", 3),)


def use(
    taken: Mapping[str, int], waiting: Mapping[str, int] | None = None, quotas: tuple[UnitQuota, ...] = THREE
) -> QuotaUse:
    return QuotaUse(quotas, UNITS, taken, waiting or {})


@pytest.mark.parametrize(
    ("taken", "unit", "is_full"),
    [
        ({"DISDIK": 2}, "DISDIK", False),
        ({"DISDIK": 3}, "DISDIK", True),
        ({"DISDIK": 1, "SMAN-1": 2}, "DISDIK", True),  # those below count
        ({"DISDIK": 1, "SMAN-1": 2}, "SMAN-1", True),  # and are bound
        ({"DISDIK": 3, "DINKES": 9}, "DINKES", False),  # other units are not
        ({"DINKES": 9, "PEMPROV": 9}, "SMAN-1", False),
    ],
)
def test_a_quota_counts_its_unit_and_all_below(taken: Mapping[str, int], unit: str, is_full: bool) -> None:
    assert (use(taken).full_for(unit) is not None) is is_full


def test_of_two_quotas_one_within_the_other_both_bind() -> None:
    both = (UnitQuota("DISDIK", 3), UnitQuota("SMAN-1", 1))
    assert use({"SMAN-1": 1}, quotas=both).full_for("SMAN-1") == UnitQuota("SMAN-1", 1)
    assert use({"SMAN-1": 1}, quotas=both).full_for("DISDIK") is None
    assert (
        use({"SMAN-1": 1}, quotas=both).with_seat_for("DISDIK").with_seat_for("DISDIK").full_for("DISDIK") is not None
    )


def test_units_that_follow_each_other_in_a_circle_end() -> None:
    circle = {"A": Unit("A", "A", "A", "B"), "B": Unit("B", "B", "B", "A")}
    assert QuotaUse((UnitQuota("B", 1),), circle, {"A": 1}, {}).full_for("A") is not None


TEACHER, NURSE = person(1, "Sari", DISDIK), person(2, "Tono", DINKES)
ROOM = session(seats=7, quotas=THREE)


def test_whom_a_quota_holds_back_waits_and_others_pass_them() -> None:
    full = use({"DISDIK": 3}, {"DISDIK": 2})
    assert decide(TEACHER, Availability(ROOM, 3, 2), [], NOW, NO_RECORD, full) is Status.WAITLISTED
    assert decide(NURSE, Availability(ROOM, 3, 2), [], NOW, NO_RECORD, full) is Status.CONFIRMED


def test_those_in_line_whom_no_quota_holds_back_come_first() -> None:
    in_line = use({"DISDIK": 3}, {"DINKES": 1})
    assert decide(NURSE, Availability(ROOM, 3, 1), [], NOW, NO_RECORD, in_line) is Status.WAITLISTED


def test_without_a_waiting_list_the_refusal_names_the_unit() -> None:
    room = replace(ROOM, has_waiting_list=False)
    with pytest.raises(UnitQuotaFull) as refusal:
        decide(TEACHER, Availability(room, 3, 0), [], NOW, NO_RECORD, use({"DISDIK": 3}))
    assert (refusal.value.unit, refusal.value.seats) == ("Dinas Pendidikan", 3)
    with pytest.raises(SessionFull):
        decide(TEACHER, Availability(room, 7, 0), [], NOW, NO_RECORD, use({"DISDIK": 3, "DINKES": 4}))
