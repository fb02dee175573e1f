"""Enrolling closed by HR: who waited is told, who has a seat keeps it, and a later deadline opens it again."""

from datetime import timedelta

import pytest

from core.domain.enrollment import Status
from core.domain.errors import EnrollmentClosed
from core.domain.messages import DeliveryStatus, Kind
from core.domain.session_changes import SessionChange
from core.ports import UnitOfWorkFactory
from core.services.enrollment import Enrollments
from core.services.sessions import Sessions
from tests.factories import NOW, VALUES, Cast, add_sessions, caller, session
from tests.fakes import FixedClock
from tests.services.ledger import audited, kinds, rows


@pytest.fixture
def sessions(unit_of_work: UnitOfWorkFactory, clock: FixedClock) -> Sessions:
    return Sessions(unit_of_work, clock)


async def test_a_closed_session_takes_nobody_until_a_later_deadline_opens_it_again(
    unit_of_work: UnitOfWorkFactory, sessions: Sessions, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session())
    await sessions.close_enrolling(caller(cast.dewi), "TIK-02-A")
    await sessions.close_enrolling(caller(cast.dewi), "TIK-02-A")
    assert len(await audited(unit_of_work, "session:TIK-02-A")) == 1
    with pytest.raises(EnrollmentClosed):
        await enrollments.enroll(caller(cast.sari), "TIK-02-A")
    await sessions.change(caller(cast.dewi), "TIK-02-A", SessionChange(closes_at=NOW + timedelta(days=1)))
    assert (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).is_new


async def test_whoever_waits_when_enrolling_is_closed_early_is_told_once_and_shown_the_other_sessions(
    unit_of_work: UnitOfWorkFactory, sessions: Sessions, enrollments: Enrollments, cast: Cast, clock: FixedClock
) -> None:
    others = [session(letter=letter, in_days=day) for letter, day in (("B", 30), ("C", 40), ("D", -40))]
    await add_sessions(unit_of_work, session(seats=1), session(VALUES), *others)
    holds = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    waits = (await enrollments.enroll(caller(cast.joko), "TIK-02-A")).enrollment

    closed = await sessions.close_enrolling(caller(cast.dewi), "TIK-02-A")
    again = await sessions.close_enrolling(caller(cast.dewi), "TIK-02-A")

    assert (closed.told, again.told) == (1, 0)
    [told] = await rows(unit_of_work, waits.enrollment_id, Kind.LINE_ENDED)
    assert told.facts["is_early"] is True
    assert [one["session_code"] for one in told.facts["others"]] == ["TIK-02-B", "TIK-02-C"]
    assert (await audited(unit_of_work, f"enrollment:{waits.enrollment_id}"))[-1] == (
        "enrollment_lapsed",
        f"person:{cast.dewi.person_id}",
    )
    assert await kinds(unit_of_work, holds.enrollment_id) == [(Kind.SESSION_REMINDER, DeliveryStatus.QUEUED)]
    # a seat given back now is nobody's, and whoever waited may come anew once it is open again
    await enrollments.cancel(caller(cast.sari), holds.enrollment_id)
    await sessions.change(caller(cast.dewi), "TIK-02-A", SessionChange(closes_at=NOW + timedelta(days=1)))
    assert (await enrollments.enroll(caller(cast.joko), "TIK-02-A")).enrollment.status is Status.CONFIRMED


async def test_a_deadline_moved_into_the_past_ends_the_line_too(
    unit_of_work: UnitOfWorkFactory, sessions: Sessions, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session(seats=1))
    await enrollments.enroll(caller(cast.sari), "TIK-02-A")
    waits = (await enrollments.enroll(caller(cast.joko), "TIK-02-A")).enrollment
    done = await sessions.change(caller(cast.dewi), "TIK-02-A", SessionChange(closes_at=NOW))
    assert done.told == 1
    assert await kinds(unit_of_work, waits.enrollment_id) == [(Kind.LINE_ENDED, DeliveryStatus.QUEUED)]
