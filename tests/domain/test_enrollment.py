"""The decision at the door, and the steps an enrollment may take."""

from datetime import timedelta

import pytest

from core.domain.courses import Availability, Session, SessionStatus
from core.domain.enrollment import ENDED, HOLDS_SEAT, LIVE, STEPS, Enrollment, Status, after_acceptance, decide
from core.domain.errors import (
    AlreadyDecided,
    EnrollmentClosed,
    EnrollmentRefused,
    NotInAudience,
    ScheduleClash,
    SessionCancelled,
    SessionFull,
)
from core.domain.people import PositionLevel
from tests.factories import NOW, SERVICE, VALUES, person, session

CLERK = person(1, "Budi")


@pytest.mark.parametrize(
    ("room", "taken", "waiting", "status"),
    [
        (session(seats=7), 0, 0, Status.CONFIRMED),
        (session(seats=7), 6, 0, Status.CONFIRMED),
        (session(seats=7, needs_approval=True), 6, 0, Status.REQUESTED),
        (session(seats=7), 7, 0, Status.WAITLISTED),
        (session(seats=7), 6, 1, Status.WAITLISTED),  # those in line come first
        (session(seats=7, needs_approval=True), 7, 3, Status.WAITLISTED),
        (session(seats=7), 9, 0, Status.WAITLISTED),  # more than seats: HR took some away
    ],
)
def test_where_a_new_enrollment_starts(room: Session, taken: int, waiting: int, status: Status) -> None:
    assert decide(CLERK, Availability(room, taken, waiting), [], NOW) is status


@pytest.mark.parametrize(
    ("room", "taken", "refusal"),
    [
        (session(status=SessionStatus.CANCELLED), 0, SessionCancelled),
        (session(status=SessionStatus.CLOSED), 0, EnrollmentClosed),
        (session(closes_at=NOW), 0, EnrollmentClosed),
        (session(SERVICE), 0, NotInAudience),
        (session(in_days=5), 0, ScheduleClash),
        (session(seats=7, has_waiting_list=False), 7, SessionFull),
        # several at once: in the order a person would want to hear them
        (session(SERVICE, in_days=5, closes_at=NOW, status=SessionStatus.CANCELLED), 7, SessionCancelled),
        (session(SERVICE, in_days=5, closes_at=NOW), 7, EnrollmentClosed),
        (session(SERVICE, in_days=5, seats=0, has_waiting_list=False), 7, NotInAudience),
        (session(in_days=5, seats=0, has_waiting_list=False), 7, ScheduleClash),
    ],
)
def test_why_an_enrollment_is_refused(room: Session, taken: int, refusal: type[EnrollmentRefused]) -> None:
    head = person(2, "Ratna", level=PositionLevel.ADMINISTRATOR)
    held = [session(VALUES, in_days=5)]
    with pytest.raises(refusal):
        decide(head, Availability(room, taken, 0), held, NOW)


@pytest.mark.parametrize(
    ("offset", "clashes"),
    [
        (timedelta(hours=-32), False),
        (timedelta(hours=-31), True),
        (timedelta(hours=31), True),
        (timedelta(hours=32), False),
    ],
)
def test_sessions_that_only_touch_do_not_clash(offset: timedelta, clashes: bool) -> None:
    other = session(VALUES, in_days=20)  # 32 hours long
    mine = session(
        in_days=20, starts_at=other.starts_at + offset, ends_at=other.starts_at + offset + timedelta(hours=32)
    )
    assert mine.overlaps(other) is other.overlaps(mine) is clashes


def test_the_same_session_is_no_clash_with_itself() -> None:
    room = session()
    assert decide(CLERK, Availability(room, 0, 0), [room], NOW) is Status.CONFIRMED


def _enrollment(status: Status) -> Enrollment:
    return Enrollment(1, 1, session(), status, NOW)


def test_steps_lead_only_where_they_may() -> None:
    for start, targets in STEPS.items():
        for to in Status:
            if to in targets:
                _enrollment(start).require_step(to)
            else:
                with pytest.raises(AlreadyDecided):
                    _enrollment(start).require_step(to)


def test_every_status_has_its_steps_and_its_group() -> None:
    assert STEPS.keys() == set(Status)
    assert not LIVE & ENDED
    assert {Status.REQUESTED, Status.OFFERED, Status.CONFIRMED} <= HOLDS_SEAT
    assert not HOLDS_SEAT & (ENDED | {Status.WAITLISTED})
    assert {start for start, targets in STEPS.items() if Status.CANCELLED in targets} == LIVE
    # what has ended may live again, but never straight into an offer
    for status in ENDED:
        assert STEPS[status] == {Status.REQUESTED, Status.CONFIRMED, Status.WAITLISTED}


def test_an_accepted_offer_still_needs_the_approval_the_session_needs() -> None:
    assert after_acceptance(session()) is Status.CONFIRMED
    assert after_acceptance(session(needs_approval=True)) is Status.REQUESTED
