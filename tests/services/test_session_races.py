"""HR changes a session on PostgreSQL while its people come and go, over connections of their own."""

from collections import Counter
from datetime import timedelta

import pytest

from core.domain.enrollment import LIVE, Status
from core.domain.errors import SessionCancelled
from core.domain.messages import DeliveryStatus, Kind
from core.domain.session_changes import SessionChange
from core.ports import UnitOfWorkFactory
from core.services.enrollment import Enrollments
from core.services.registry import Registry
from core.services.sessions import Sessions
from core.storage.database import Database
from tests.factories import NOW, VALUES, add_crowd, add_people, add_sessions, caller, session
from tests.fakes import TickingClock
from tests.services.ledger import rows
from tests.services.test_races import at_once


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock(NOW)


@pytest.fixture
def unit_of_work(database: Database) -> UnitOfWorkFactory:
    return database.unit_of_work


@pytest.fixture
def sessions(unit_of_work: UnitOfWorkFactory, clock: TickingClock) -> Sessions:
    return Sessions(unit_of_work, clock)


async def test_whoever_enrolls_while_a_session_is_called_off_is_told_or_refused(
    unit_of_work: UnitOfWorkFactory, sessions: Sessions, enrollments: Enrollments
) -> None:
    cast = await add_people(unit_of_work)
    crowd = await add_crowd(unit_of_work, 40)
    await add_sessions(unit_of_work, session(seats=5))
    enrolling = [enrollments.enroll(caller(someone), "TIK-02-A") for someone in crowd]
    calling_off = [sessions.cancel(caller(officer), "TIK-02-A", "Batal") for officer in (cast.dewi, cast.agus)]
    answers, refusals = await at_once([*enrolling[:20], *calling_off, *enrolling[20:]])
    enrolled = len(answers) - 1  # one of the two officers was first
    assert refusals == {SessionCancelled: 41 - enrolled}
    async with unit_of_work() as uow:
        ended = await uow.enrollments.of_session("TIK-02-A", tuple(Status))
    assert {e.status for e in ended} <= {Status.CANCELLED}
    assert len(ended) == enrolled
    for enrollment in ended:
        written = await rows(unit_of_work, enrollment.enrollment_id, occasion=None)
        waiting = [row.kind for row in written if row.status is DeliveryStatus.QUEUED]
        assert waiting == [Kind.SESSION_CANCELLED]


async def test_however_often_a_session_is_moved_at_once_each_move_is_told_in_its_turn(
    unit_of_work: UnitOfWorkFactory, sessions: Sessions, enrollments: Enrollments
) -> None:
    cast = await add_people(unit_of_work)
    await add_sessions(unit_of_work, session())
    mine = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    places = [f"Aula {number}" for number in range(6)] * 2  # each of them twice: a double tap
    moved, refusals = await at_once(
        [sessions.change(caller(cast.dewi), "TIK-02-A", SessionChange(place=place)) for place in places]
    )
    assert refusals == {}
    last = max(moved, key=lambda one: one.session.sequence).session
    async with unit_of_work() as uow:
        assert await uow.courses.session("TIK-02-A") == last
    told = await rows(unit_of_work, mine.enrollment_id, Kind.SESSION_MOVED)
    assert len(told) == last.sequence == sum(one.told for one in moved)
    assert [row.facts["place"] for row in told if row.status is DeliveryStatus.QUEUED] == [last.place]
    reminders = await rows(unit_of_work, mine.enrollment_id, Kind.SESSION_REMINDER)
    assert Counter(row.status for row in reminders)[DeliveryStatus.QUEUED] == 1


async def test_an_import_and_changes_by_hand_do_not_wait_for_each_other_in_a_circle(
    unit_of_work: UnitOfWorkFactory, sessions: Sessions, enrollments: Enrollments, clock: TickingClock
) -> None:
    cast = await add_people(unit_of_work)
    crowd = await add_crowd(unit_of_work, 10)
    await add_sessions(unit_of_work, session(), session(VALUES, in_days=20))
    registry = Registry(unit_of_work, clock)
    text = (
        "session_code,course_code,starts_at,ends_at,closes_at,seats,waiting_list,needs_approval,place\n"
        "SOS-01-A,SOS-01,2026-12-15 08:00,2026-12-15 16:00,2026-12-13 08:00,9,yes,no,Aula\n"
        "TIK-02-A,TIK-02,2026-12-10 08:00,2026-12-11 16:00,2026-12-08 08:00,9,yes,no,Aula\n"
    )
    work = [registry.import_sessions(text) for _ in range(3)]
    work += [enrollments.enroll(caller(someone), "TIK-02-A") for someone in crowd]  # type: ignore[misc]
    work += [
        sessions.change(caller(cast.dewi), code, SessionChange(starts_at=NOW + timedelta(days=days)))  # type: ignore[misc]
        for code, days in (("SOS-01-A", 25), ("TIK-02-A", 26), ("SOS-01-A", 27), ("TIK-02-A", 28))
    ]
    _, refusals = await at_once(work)
    assert refusals == {}
    async with unit_of_work() as uow:
        assert len(await uow.enrollments.of_session("TIK-02-A", LIVE)) == 10
