"""Who may enroll in what, and which rule says no."""

from dataclasses import replace

import pytest

from core.domain.courses import Availability, Session
from core.domain.eligibility import Record, require_within_ceiling
from core.domain.enrollment import NO_RECORD, Status, decide
from core.domain.errors import (
    AlreadyCompleted,
    EnrollmentRefused,
    HoursCeilingReached,
    NotInAudience,
    NotThisEmployment,
    PrerequisiteMissing,
    ScheduleClash,
)
from core.domain.people import Employment, Person, PositionLevel
from tests.factories import NOW, SERVICE, SPREADSHEET, VALUES, person, session

CLERK = person(1, "Budi")
TEACHER = person(2, "Joko", employment=Employment.PPPK)

FOR_PNS = replace(SPREADSHEET, employment=frozenset({Employment.PNS}))
ADVANCED = replace(SPREADSHEET, requires=("SOS-01", "PLY-01"))


def _enroll(room: Session, record: Record = NO_RECORD, someone: Person = CLERK) -> Status:
    return decide(someone, Availability(room, 0, 0), [session(VALUES, in_days=20)], NOW, record)


def test_a_course_for_pns_takes_no_pppk() -> None:
    assert _enroll(session(FOR_PNS)) is Status.CONFIRMED
    with pytest.raises(NotThisEmployment) as refusal:
        _enroll(session(FOR_PNS), someone=TEACHER)
    assert refusal.value.employment == ("PNS",)


def test_what_was_completed_is_not_repeated_unless_it_may_be() -> None:
    record = Record(frozenset({"TIK-02"}))
    with pytest.raises(AlreadyCompleted):
        _enroll(session(), record)
    assert _enroll(session(replace(SPREADSHEET, is_repeatable=True)), record) is Status.CONFIRMED


def test_missing_prerequisites_are_named_with_their_titles() -> None:
    with pytest.raises(PrerequisiteMissing) as refusal:
        _enroll(session(ADVANCED), Record(frozenset({"SOS-01"}), titles={"PLY-01": SERVICE.title}))
    assert (refusal.value.missing_codes, refusal.value.missing_titles) == (("PLY-01",), (SERVICE.title,))
    assert _enroll(session(ADVANCED), Record(frozenset({"SOS-01", "PLY-01"}))) is Status.CONFIRMED


@pytest.mark.parametrize(("done", "booked", "fits"), [(0, 8, True), (8, 0, True), (9, 0, False), (4, 5, False)])
def test_pppk_take_up_to_24_hours_a_year_and_not_one_more(done: int, booked: int, fits: bool) -> None:
    record = Record(year=2026, done=done, booked=booked)
    if fits:
        assert _enroll(session(), record, TEACHER) is Status.CONFIRMED  # 16 JP
        return
    with pytest.raises(HoursCeilingReached) as refusal:
        _enroll(session(), record, TEACHER)
    assert (refusal.value.hours, refusal.value.done, refusal.value.booked) == (16, done, booked)
    assert _enroll(session(), record, CLERK) is Status.CONFIRMED  # PNS have a minimum, no ceiling


def test_the_highest_positions_are_exempt_from_the_ceiling() -> None:
    head = person(3, "Ratna", employment=Employment.PPPK, level=PositionLevel.JPT)
    require_within_ceiling(head, session(), Record(done=24))


@pytest.mark.parametrize(
    ("course", "record", "refusal"),
    [
        (replace(FOR_PNS, audience=frozenset({PositionLevel.JPT})), Record(), NotInAudience),
        (replace(FOR_PNS, requires=("X-01",)), Record(), NotThisEmployment),
        (replace(ADVANCED, hours=40), Record(frozenset({"TIK-02"})), AlreadyCompleted),
        (replace(ADVANCED, hours=40), Record(), PrerequisiteMissing),
        (replace(SPREADSHEET, hours=40), Record(), HoursCeilingReached),
        (SPREADSHEET, Record(), ScheduleClash),
    ],
)
def test_of_several_reasons_the_first_a_person_would_want_to_hear_is_told(
    course: object, record: Record, refusal: type[EnrollmentRefused]
) -> None:
    with pytest.raises(refusal):
        decide(TEACHER, Availability(session(course), 0, 0), [session(VALUES)], NOW, record)  # type: ignore[arg-type]


def test_a_clash_names_both_trainings() -> None:
    with pytest.raises(ScheduleClash) as refusal:
        decide(CLERK, Availability(session(), 0, 0), [session(VALUES)], NOW)
    clash = refusal.value
    assert (clash.title, clash.other_title) == (SPREADSHEET.title, VALUES.title)
