"""The rules of a course against what the rows say of the person."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.domain.courses import Course
from core.domain.enrollment import Status
from core.domain.errors import AlreadyCompleted, HoursCeilingReached, PrerequisiteMissing, UnknownSession
from core.domain.learning import HoursEntry
from core.domain.people import Person
from core.ports import UnitOfWorkFactory
from core.services.enrollment import Enrollments
from tests.factories import NOW, SERVICE, SPREADSHEET, VALUES, Cast, add_sessions, caller, session
from tests.fakes import FixedClock

LONG = replace(VALUES, hours=12)


async def change(unit_of_work: UnitOfWorkFactory, course: Course) -> None:
    async with unit_of_work() as uow:
        await uow.courses.upsert_course(course)
        await uow.commit()


async def attend(unit_of_work: UnitOfWorkFactory, someone: Person, code: str, *to: Status) -> None:
    async with unit_of_work() as uow:
        row = await uow.enrollments.start(someone.person_id, code, Status.CONFIRMED, NOW)
        for status in to:
            await uow.enrollments.move(row.enrollment_id, status, NOW)
        await uow.commit()


async def earn(unit_of_work: UnitOfWorkFactory, someone: Person, hours: int, day: date = date(2026, 5, 4)) -> None:
    async with unit_of_work() as uow:
        await uow.hours.add(HoursEntry(someone.person_id, hours, day, "Lokakarya"))
        await uow.commit()


async def test_a_course_is_open_once_what_it_requires_is_completed(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session(), session(VALUES, in_days=-3))
    await change(unit_of_work, replace(SPREADSHEET, requires=("SOS-01",)))
    for attempt in (enrollments.prospect, enrollments.enroll):
        with pytest.raises(PrerequisiteMissing) as refusal:
            await attempt(caller(cast.sari), "TIK-02-A")
        assert refusal.value.missing_titles == (VALUES.title,)
    await attend(unit_of_work, cast.joko, "SOS-01-A", Status.NO_SHOW)
    with pytest.raises(PrerequisiteMissing):
        await enrollments.enroll(caller(cast.joko), "TIK-02-A")
    await attend(unit_of_work, cast.sari, "SOS-01-A", Status.ATTENDED, Status.COMPLETED)
    assert await enrollments.prospect(caller(cast.sari), "TIK-02-A") is Status.CONFIRMED
    assert (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment.status is Status.CONFIRMED


async def test_another_session_of_a_completed_course_is_refused(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session(in_days=-3), session(letter="B"))
    await attend(unit_of_work, cast.sari, "TIK-02-A", Status.ATTENDED)
    with pytest.raises(AlreadyCompleted):
        await enrollments.enroll(caller(cast.sari), "TIK-02-B")
    await change(unit_of_work, replace(SPREADSHEET, is_repeatable=True))
    assert (await enrollments.enroll(caller(cast.sari), "TIK-02-B")).is_new


async def test_the_ceiling_counts_what_is_done_and_what_is_booked(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session(), session(SERVICE, in_days=15))
    await earn(unit_of_work, cast.joko, 8)
    assert (await enrollments.enroll(caller(cast.joko), "TIK-02-A")).is_new  # 8 + 16
    with pytest.raises(HoursCeilingReached) as refusal:
        await enrollments.enroll(caller(cast.joko), "PLY-01-A")
    facts = refusal.value
    assert (facts.hours, facts.done, facts.booked, facts.ceiling, facts.year) == (16, 8, 16, 24, 2026)
    assert not (await enrollments.enroll(caller(cast.joko), "TIK-02-A")).is_new  # a double tap is no second booking


async def test_the_ceiling_is_that_of_the_year_the_session_ends_in(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session(in_days=60), session(SERVICE, in_days=70))  # January 2027
    await earn(unit_of_work, cast.joko, 24)
    assert (await enrollments.enroll(caller(cast.joko), "TIK-02-A")).is_new
    with pytest.raises(HoursCeilingReached) as refusal:
        await enrollments.enroll(caller(cast.joko), "PLY-01-A")
    assert (refusal.value.year, refusal.value.done, refusal.value.booked) == (2027, 0, 16)


async def test_an_offer_cannot_be_accepted_past_the_ceiling_and_stands_until_its_deadline(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast, clock: FixedClock
) -> None:
    await add_sessions(unit_of_work, session(seats=1), session(SERVICE, in_days=15))
    holder = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    waiting = (await enrollments.enroll(caller(cast.joko), "TIK-02-A")).enrollment
    other = (await enrollments.enroll(caller(cast.joko), "PLY-01-A")).enrollment
    await enrollments.cancel(caller(cast.sari), holder.enrollment_id)
    with pytest.raises(HoursCeilingReached):
        await enrollments.answer_offer(caller(cast.joko), waiting.enrollment_id, accept=True)
    clock.pass_by(hours=1)
    await enrollments.cancel(caller(cast.joko), other.enrollment_id)
    accepted = await enrollments.answer_offer(caller(cast.joko), waiting.enrollment_id, accept=True)
    assert accepted.enrollment.status is Status.CONFIRMED


async def test_a_preview_changes_nothing_and_knows_the_sessions_there_are(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session(needs_approval=True, closes_at=NOW + timedelta(days=1)))
    assert await enrollments.prospect(caller(cast.sari), "TIK-02-A") is Status.REQUESTED
    assert await enrollments.mine(caller(cast.sari)) == []
    with pytest.raises(UnknownSession):
        await enrollments.prospect(caller(cast.sari), "XXX-01-A")
