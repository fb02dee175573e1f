"""Sub-quotas in the services: counted from rows, passed over in line, imported, and never oversold in a race."""

import asyncio
from collections import Counter
from collections.abc import Awaitable

import pytest

from core.domain.courses import UnitQuota
from core.domain.enrollment import HOLDS_SEAT, Status
from core.domain.errors import BadImport, CoreError
from core.ports import UnitOfWorkFactory
from core.services.enrollment import Enrollments
from core.services.registry import Registry
from core.storage.database import Database
from tests.factories import DINKES, NOW, Cast, add_crowd, add_people, add_sessions, caller, person, session
from tests.fakes import FixedClock, TickingClock

CODE = "TIK-02-A"
SESSIONS = "session_code,course_code,starts_at,ends_at,closes_at,seats,waiting_list,needs_approval,place"
ROW = "TIK-02-A,TIK-02,2026-12-10 08:00,2026-12-11 16:00,2026-12-08 08:00,7,ya,tidak,Zoom"


async def test_seats_go_to_the_unit_up_to_its_quota_and_to_others_beyond(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session(quotas=(UnitQuota("DISDIK", 1),)))
    first = (await enrollments.enroll(caller(cast.sari), CODE)).enrollment
    held_back = (await enrollments.enroll(caller(cast.joko), CODE)).enrollment
    other = (await enrollments.enroll(caller(cast.tono), CODE)).enrollment
    assert [e.status for e in (first, held_back, other)] == [Status.CONFIRMED, Status.WAITLISTED, Status.CONFIRMED]
    assert await enrollments.prospect(caller(cast.budi), CODE) is Status.WAITLISTED
    assert await enrollments.lapse_offers() == 0  # a free seat is no offer to whom the quota holds back
    await enrollments.cancel(caller(cast.sari), first.enrollment_id)
    [view] = await enrollments.mine(caller(cast.joko))
    assert view.enrollment.status is Status.OFFERED


async def test_a_freed_seat_passes_over_whom_the_quota_holds_back(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session(seats=2, quotas=(UnitQuota("DISDIK", 1),)))
    rows = [(await enrollments.enroll(caller(p), CODE)).enrollment for p in (cast.sari, cast.lina)]
    for someone in (cast.joko, cast.tono):
        await enrollments.enroll(caller(someone), CODE)
    await enrollments.cancel(caller(cast.lina), rows[1].enrollment_id)
    stand = [(await enrollments.mine(caller(p)))[0] for p in (cast.joko, cast.tono)]
    assert [view.enrollment.status for view in stand] == [Status.WAITLISTED, Status.OFFERED]
    assert stand[0].place_in_line == 1  # and keeps the place


async def test_quotas_are_imported_and_a_file_without_them_leaves_them(
    unit_of_work: UnitOfWorkFactory, cast: Cast, clock: FixedClock
) -> None:
    registry = Registry(unit_of_work, clock)
    await add_sessions(unit_of_work)
    await registry.import_sessions(f"{SESSIONS},unit_quotas\n{ROW},disdik:5 ; DINKES = 2\n")
    wanted = (UnitQuota("DINKES", 2), UnitQuota("DISDIK", 5))
    await registry.import_sessions(f"{SESSIONS}\n{ROW.replace(',7,', ',9,')}\n")
    async with unit_of_work() as uow:
        room = await uow.courses.session(CODE)
    assert room is not None
    assert (room.quotas, room.seats) == (wanted, 9)
    await registry.import_sessions(f"{SESSIONS},unit_quotas\n{ROW},\n")
    async with unit_of_work() as uow:
        room = await uow.courses.session(CODE)
    assert room is not None
    assert room.quotas == ()


async def test_bad_quotas_are_named(unit_of_work: UnitOfWorkFactory, cast: Cast, clock: FixedClock) -> None:
    await add_sessions(unit_of_work)
    registry = Registry(unit_of_work, clock)
    for cell in ("DISDIK", "KELURAHAN:3"):
        with pytest.raises(BadImport) as refusal:
            await registry.import_sessions(f"{SESSIONS},unit_quotas\n{ROW},{cell}\n")
        assert [(p.line, p.column) for p in refusal.value.problems] == [(2, "unit_quotas")]


async def test_in_a_race_no_quota_is_oversold_and_no_seat_stays_empty(database: Database) -> None:
    """40 teachers and 10 nurses at once for 10 seats, of which 3 at most go to Disdik; then half of them change their minds."""
    unit_of_work = database.unit_of_work
    enrollments = Enrollments(unit_of_work, TickingClock(NOW))
    await add_people(unit_of_work)
    crowd = await add_crowd(unit_of_work, 40)
    async with unit_of_work() as uow:
        for number in range(300, 310):
            found = await uow.people.get(await uow.people.upsert(person(number, f"Perawat {number}", DINKES)))
            assert found is not None
            crowd.append(found)
        await uow.commit()
    await add_sessions(unit_of_work, session(seats=10, quotas=(UnitQuota("DISDIK", 3),)))

    results = await asyncio.gather(*(enrollments.enroll(caller(p), CODE) for p in crowd))

    async def seats() -> Counter[str]:
        async with unit_of_work() as uow:
            rows = await uow.enrollments.of_session(CODE, HOLDS_SEAT)
        units = {p.person_id: p.unit.code for p in crowd}
        return Counter(units[row.person_id] for row in rows)

    assert await seats() == {"DISDIK": 3, "DINKES": 7}
    calls: list[Awaitable[object]] = []
    for someone, result in list(zip(crowd, results, strict=True))[::2]:
        calls.append(enrollments.cancel(caller(someone), result.enrollment.enrollment_id))
        calls.append(enrollments.answer_offer(caller(someone), result.enrollment.enrollment_id, accept=True))
    for outcome in await asyncio.gather(*calls, return_exceptions=True):
        assert outcome is None or not isinstance(outcome, BaseException) or isinstance(outcome, CoreError)
    after = await seats()
    assert after["DISDIK"] == 3
    assert after["DINKES"] <= 7
