"""Signing in: who may show the code, who may use it, and what a row it leaves."""

import asyncio
from datetime import timedelta

import pytest

from core.domain.courses import Session
from core.domain.enrollment import Enrollment, Status
from core.domain.errors import (
    AttendanceCodeOutdated,
    AttendanceCodeWrong,
    AttendanceLocked,
    AttendanceNotOpen,
    NotAParticipant,
    NotHR,
    NotLinked,
    UnknownSession,
)
from core.domain.people import Caller
from core.ports import UnitOfWorkFactory
from core.services.attendance import Attendances
from core.services.enrollment import Enrollments
from tests.factories import VALUES, Cast, add_crowd, add_sessions, caller, session
from tests.fakes import FixedClock

ROOM = session()


@pytest.fixture
def attendances(unit_of_work: UnitOfWorkFactory, clock: FixedClock) -> Attendances:
    return Attendances(unit_of_work, clock)


@pytest.fixture
async def enrolled(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast, clock: FixedClock
) -> Enrollment:
    """Sari has a seat, and the first morning has come."""
    await add_sessions(unit_of_work, ROOM)
    result = await enrollments.enroll(caller(cast.sari), ROOM.code)
    clock.moment = ROOM.starts_at
    return result.enrollment


async def row(unit_of_work: UnitOfWorkFactory, enrollment: Enrollment) -> Enrollment:
    async with unit_of_work() as uow:
        found = await uow.enrollments.get(enrollment.enrollment_id)
    assert found is not None
    return found


async def test_the_code_in_the_room_turns_a_seat_into_attendance(
    unit_of_work: UnitOfWorkFactory, attendances: Attendances, cast: Cast, enrolled: Enrollment
) -> None:
    shown = await attendances.code(caller(cast.dewi), ROOM.code)
    assert (shown.present, shown.expected) == (0, 1)
    result = await attendances.sign_in(caller(cast.sari), shown.code)
    assert result.is_new
    assert result.enrollment.status is Status.ATTENDED
    assert (await row(unit_of_work, enrolled)).status is Status.ATTENDED
    assert (await attendances.code(caller(cast.dewi), ROOM.code)).present == 1
    async with unit_of_work() as uow:
        trail = await uow.audit.of_subject(f"enrollment:{enrolled.enrollment_id}")
    assert trail[-1] == ("enrollment_attended", f"person:{cast.sari.person_id}")


async def test_a_second_tap_gives_the_same_answer_and_leaves_one_row(
    unit_of_work: UnitOfWorkFactory, attendances: Attendances, cast: Cast, enrolled: Enrollment
) -> None:
    shown = await attendances.code(caller(cast.dewi), ROOM.code)
    first = await attendances.sign_in(caller(cast.sari), shown.code)
    again = await attendances.sign_in(caller(cast.sari), shown.code.lower())
    assert (first.is_new, again.is_new) == (True, False)
    assert first.enrollment == again.enrollment
    async with unit_of_work() as uow:
        assert len(await uow.attendance.of_session(ROOM.code)) == 1


async def test_each_day_of_the_session_has_a_row_of_its_own(
    unit_of_work: UnitOfWorkFactory, attendances: Attendances, cast: Cast, enrolled: Enrollment, clock: FixedClock
) -> None:
    for _ in range(2):
        shown = await attendances.code(caller(cast.dewi), ROOM.code)
        assert (await attendances.sign_in(caller(cast.sari), shown.code)).is_new
        clock.pass_by(days=1)
    async with unit_of_work() as uow:
        days = [presence.day.isoformat() for presence in await uow.attendance.of_session(ROOM.code)]
    assert days == ["2026-12-04", "2026-12-05"]


async def test_the_reminder_is_withdrawn_once_the_person_is_there(
    unit_of_work: UnitOfWorkFactory, attendances: Attendances, cast: Cast, enrolled: Enrollment
) -> None:
    shown = await attendances.code(caller(cast.dewi), ROOM.code)
    await attendances.sign_in(caller(cast.sari), shown.code)
    async with unit_of_work() as uow:
        assert {m.status for m in await uow.outbox.of_enrollment(enrolled.enrollment_id)} == {"withdrawn"}


async def test_only_officers_see_the_code(attendances: Attendances, cast: Cast, enrolled: Enrollment) -> None:
    for someone in (caller(cast.sari), caller(cast.ratna), Caller(telegram_id=5)):
        with pytest.raises(NotHR):
            await attendances.code(someone, ROOM.code)


async def test_there_is_a_code_only_on_the_days_of_the_session(
    attendances: Attendances, cast: Cast, enrolled: Enrollment, clock: FixedClock
) -> None:
    clock.moment = ROOM.starts_at - timedelta(days=1)
    with pytest.raises(AttendanceNotOpen) as early:
        await attendances.code(caller(cast.dewi), ROOM.code)
    assert early.value.opens_at == ROOM.starts_at - timedelta(hours=1)
    clock.moment = ROOM.ends_at + timedelta(hours=2)
    with pytest.raises(AttendanceNotOpen) as late:
        await attendances.code(caller(cast.dewi), ROOM.code)
    assert late.value.opens_at is None
    with pytest.raises(UnknownSession):
        await attendances.code(caller(cast.dewi), "XXX-01-A")


async def test_the_right_code_outside_the_hours_is_wrong(
    attendances: Attendances, cast: Cast, enrolled: Enrollment, clock: FixedClock
) -> None:
    clock.moment = ROOM.starts_at + timedelta(hours=8, minutes=59)  # the margin ends a minute later
    shown = await attendances.code(caller(cast.dewi), ROOM.code)
    clock.pass_by(minutes=2)
    with pytest.raises(AttendanceCodeWrong):
        await attendances.sign_in(caller(cast.sari), shown.code)


async def test_a_code_that_has_changed_is_told_apart_from_a_wrong_one(
    attendances: Attendances, cast: Cast, enrolled: Enrollment, clock: FixedClock
) -> None:
    shown = await attendances.code(caller(cast.dewi), ROOM.code)
    clock.moment = shown.until + timedelta(minutes=4, seconds=59)
    assert (await attendances.sign_in(caller(cast.sari), shown.code)).is_new
    clock.pass_by(seconds=1)
    for _ in range(9):
        with pytest.raises(AttendanceCodeOutdated):
            await attendances.sign_in(caller(cast.sari), shown.code)


async def test_the_fifth_wrong_code_locks_even_for_the_right_one(
    attendances: Attendances, cast: Cast, enrolled: Enrollment, clock: FixedClock
) -> None:
    shown = await attendances.code(caller(cast.dewi), ROOM.code)
    for left in (4, 3, 2, 1):
        with pytest.raises(AttendanceCodeWrong) as wrong:
            await attendances.sign_in(caller(cast.sari), "222222")
        assert wrong.value.tries_left == left
    with pytest.raises(AttendanceLocked):
        await attendances.sign_in(caller(cast.sari), "222222")
    with pytest.raises(AttendanceLocked) as locked:
        await attendances.sign_in(caller(cast.sari), shown.code)
    clock.moment = locked.value.opens_at
    fresh = await attendances.code(caller(cast.dewi), ROOM.code)
    assert (await attendances.sign_in(caller(cast.sari), fresh.code)).is_new


async def test_those_without_a_confirmed_seat_are_told_where_they_stand(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, attendances: Attendances, cast: Cast, clock: FixedClock
) -> None:
    one_seat: Session = session(VALUES, seats=1)
    await add_sessions(unit_of_work, one_seat)
    await enrollments.enroll(caller(cast.sari), one_seat.code)
    await enrollments.enroll(caller(cast.joko), one_seat.code)
    clock.moment = one_seat.starts_at
    shown = await attendances.code(caller(cast.dewi), one_seat.code)
    for someone, status in ((cast.joko, Status.WAITLISTED), (cast.budi, None)):
        with pytest.raises(NotAParticipant) as told:
            await attendances.sign_in(caller(someone), shown.code)
        assert (told.value.session_code, told.value.status) == (one_seat.code, status)
    async with unit_of_work() as uow:
        assert await uow.attendance.of_session(one_seat.code) == []


async def test_a_visitor_cannot_sign_in(attendances: Attendances) -> None:
    with pytest.raises(NotLinked):
        await attendances.sign_in(Caller(telegram_id=5), "ABCDEF")


async def test_ten_taps_at_once_leave_one_row_and_one_answer(
    unit_of_work: UnitOfWorkFactory, attendances: Attendances, cast: Cast, enrolled: Enrollment
) -> None:
    shown = await attendances.code(caller(cast.dewi), ROOM.code)
    taps = await asyncio.gather(*(attendances.sign_in(caller(cast.sari), shown.code) for _ in range(10)))
    assert sum(tap.is_new for tap in taps) == 1
    assert {tap.enrollment.status for tap in taps} == {Status.ATTENDED}
    async with unit_of_work() as uow:
        assert len(await uow.attendance.of_session(ROOM.code)) == 1
        trail = await uow.audit.of_subject(f"enrollment:{enrolled.enrollment_id}")
    assert [action for action, _ in trail].count("enrollment_attended") == 1


async def test_a_whole_room_signs_in_at_once(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, attendances: Attendances, cast: Cast, clock: FixedClock
) -> None:
    hall = session(VALUES, "H", seats=20)
    await add_sessions(unit_of_work, hall)
    crowd = await add_crowd(unit_of_work, 20)
    for someone in crowd:
        await enrollments.enroll(caller(someone), hall.code)
    clock.moment = hall.starts_at
    shown = await attendances.code(caller(cast.dewi), hall.code)
    await asyncio.gather(*(attendances.sign_in(caller(someone), shown.code) for someone in crowd))
    told = await attendances.code(caller(cast.dewi), hall.code)
    assert (told.present, told.expected) == (20, 20)
