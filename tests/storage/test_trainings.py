"""The catalogue, seats counted from rows, and enrollments that change only from where they stand."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.courses import SessionStatus
from core.domain.enrollment import HOLDS_SEAT, Status
from core.domain.errors import AlreadyDecided, UnknownEnrollment
from core.domain.waiting_list import place_in_line
from core.ports import UnitOfWork, UnitOfWorkFactory
from tests.factories import COURSES, NOW, SERVICE, SPREADSHEET, add_crowd, add_people, add_sessions, session

LATER = NOW + timedelta(hours=1)


async def fill(uow: UnitOfWork, person_ids: list[int], status: Status) -> list[int]:
    return [(await uow.enrollments.start(i, "TIK-02-A", status, NOW)).enrollment_id for i in person_ids]


async def test_courses_and_sessions_come_back_as_written(unit_of_work: UnitOfWorkFactory) -> None:
    late, early = session(in_days=20), session(SERVICE, in_days=5, needs_approval=True, has_waiting_list=False)
    await add_sessions(unit_of_work, late, early, session(letter="B", in_days=8))
    async with unit_of_work() as uow:
        assert await uow.courses.all() == sorted(COURSES, key=lambda course: course.code)
        assert await uow.courses.get("PLY-01") == SERVICE
        assert await uow.courses.get("XXX-01") is None
        assert await uow.courses.session("PLY-01-A") == early
        assert await uow.courses.session("XXX-01-A") is None
        assert [s.code for s in await uow.courses.sessions_of("TIK-02")] == ["TIK-02-B", "TIK-02-A"]


async def test_importing_again_overwrites(unit_of_work: UnitOfWorkFactory) -> None:
    await add_sessions(unit_of_work, session())
    renamed = replace(SPREADSHEET, title="Lembar Kerja", hours=20, audience=SERVICE.audience)
    moved = session(renamed, in_days=30, seats=99, place="Aula")
    async with unit_of_work() as uow:
        await uow.courses.upsert_course(renamed)
        await uow.courses.upsert_session(moved)
        await uow.commit()
    async with unit_of_work() as uow:
        assert await uow.courses.session("TIK-02-A") == moved


async def test_what_one_can_still_enroll_in_is_listed_soonest_first(unit_of_work: UnitOfWorkFactory) -> None:
    await add_sessions(
        unit_of_work,
        session(in_days=9),
        session(letter="B", in_days=5),
        session(letter="C", in_days=2),  # closed two days before it starts: now
        session(letter="D", in_days=6, status=SessionStatus.CANCELLED),
        session(letter="E", in_days=6, status=SessionStatus.CLOSED),
    )
    async with unit_of_work() as uow:
        found = await uow.courses.availability(NOW)
    assert [a.session.code for a in found] == ["TIK-02-B", "TIK-02-A"]
    assert {(a.taken, a.waiting, a.left) for a in found} == {(0, 0, 7)}


async def test_seats_are_counted_from_the_rows_of_this_session_only(unit_of_work: UnitOfWorkFactory) -> None:
    """Every state that holds a seat holds one; those in line, those who left and another session's do not."""
    await add_people(unit_of_work)
    crowd = [p.person_id for p in await add_crowd(unit_of_work, len(Status))]
    await add_sessions(unit_of_work, session(), session(letter="B"))
    async with unit_of_work() as uow:
        for person_id, status in zip(crowd, Status, strict=True):
            await put(uow, person_id, status)
        await uow.enrollments.start(crowd[0], "TIK-02-B", Status.CONFIRMED, NOW)
        await uow.commit()
    async with unit_of_work() as uow:
        counted = await uow.courses.availability_of("TIK-02-A")
        assert (counted.taken, counted.waiting) == (len(HOLDS_SEAT), 1)
        assert await uow.courses.lock_session("TIK-02-A") == counted
        assert [(a.session.code, a.taken) for a in await uow.courses.availability(NOW)] == [
            ("TIK-02-A", len(HOLDS_SEAT)),
            ("TIK-02-B", 1),
        ]
        assert await uow.courses.availability_of("XXX-01-A") is None
        assert await uow.courses.lock_session("XXX-01-A") is None


async def put(uow: UnitOfWork, person_id: int, status: Status) -> None:
    """Leads a new enrollment to this state by allowed steps."""
    way = {
        Status.DECLINED: [Status.REQUESTED],
        Status.OFFERED: [Status.WAITLISTED],
        Status.LAPSED: [Status.WAITLISTED, Status.OFFERED],
        Status.CANCELLED: [Status.CONFIRMED],
        Status.ATTENDED: [Status.CONFIRMED],
        Status.NO_SHOW: [Status.CONFIRMED],
        Status.COMPLETED: [Status.CONFIRMED, Status.ATTENDED],
    }.get(status, [])
    first, *steps = [*way, status]
    enrollment = await uow.enrollments.start(person_id, "TIK-02-A", first, NOW)
    for step in steps:
        deadline = LATER if step is Status.OFFERED else None
        enrollment = await uow.enrollments.move(enrollment.enrollment_id, step, NOW, offer_expires_at=deadline)
    assert enrollment.status is status


async def test_an_enrollment_comes_back_with_its_session(unit_of_work: UnitOfWorkFactory) -> None:
    cast = await add_people(unit_of_work)
    await add_sessions(unit_of_work, session())
    async with unit_of_work() as uow:
        started = await uow.enrollments.start(cast.sari.person_id, "TIK-02-A", Status.WAITLISTED, NOW)
        await uow.commit()
    assert (started.status, started.queued_at, started.session) == (Status.WAITLISTED, NOW, session())
    async with unit_of_work() as uow:
        assert await uow.enrollments.get(started.enrollment_id) == started
        assert await uow.enrollments.lock(started.enrollment_id) == started
        assert await uow.enrollments.find(cast.sari.person_id, "TIK-02-A") == started
        assert await uow.enrollments.find(cast.joko.person_id, "TIK-02-A") is None
        assert await uow.enrollments.get(10_000) is None
        assert await uow.enrollments.lock(10_000) is None


async def test_a_second_start_is_refused_while_the_first_lives_and_revives_what_ended(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    cast = await add_people(unit_of_work)
    await add_sessions(unit_of_work, session())
    sari = cast.sari.person_id
    async with unit_of_work() as uow:
        first = await uow.enrollments.start(sari, "TIK-02-A", Status.CONFIRMED, NOW)
        with pytest.raises(AlreadyDecided):
            await uow.enrollments.start(sari, "TIK-02-A", Status.CONFIRMED, LATER)
        await uow.enrollments.move(first.enrollment_id, Status.CANCELLED, LATER, reason="sakit")
        again = await uow.enrollments.start(sari, "TIK-02-A", Status.WAITLISTED, LATER)
        await uow.commit()
    assert again == replace(first, status=Status.WAITLISTED, requested_at=LATER, queued_at=LATER)
    async with unit_of_work() as uow:
        assert await uow.enrollments.of_person(sari) == [again]


async def test_a_step_writes_when_why_and_until_when(unit_of_work: UnitOfWorkFactory) -> None:
    cast = await add_people(unit_of_work)
    await add_sessions(unit_of_work, session())
    async with unit_of_work() as uow:
        (one,) = await fill(uow, [cast.sari.person_id], Status.WAITLISTED)
        offered = await uow.enrollments.move(one, Status.OFFERED, NOW, offer_expires_at=LATER)
        assert (offered.offer_expires_at, offered.queued_at) == (LATER, NOW)
        lapsed = await uow.enrollments.move(one, Status.LAPSED, LATER, reason="terlambat")
        await uow.commit()
    assert (lapsed.decided_at, lapsed.reason, lapsed.offer_expires_at) == (LATER, "terlambat", None)


async def test_a_step_from_where_the_row_no_longer_stands_changes_nothing(unit_of_work: UnitOfWorkFactory) -> None:
    cast = await add_people(unit_of_work)
    await add_sessions(unit_of_work, session())
    async with unit_of_work() as uow:
        (one,) = await fill(uow, [cast.sari.person_id], Status.REQUESTED)
        declined = await uow.enrollments.move(one, Status.DECLINED, NOW)
        with pytest.raises(AlreadyDecided) as refused:
            await uow.enrollments.move(one, Status.ATTENDED, LATER)
        assert refused.value.status == Status.DECLINED
        assert await uow.enrollments.get(one) == declined
        with pytest.raises(UnknownEnrollment):
            await uow.enrollments.move(10_000, Status.CONFIRMED, NOW)


async def test_of_ten_decisions_at_once_one_is_taken(unit_of_work: UnitOfWorkFactory) -> None:
    cast = await add_people(unit_of_work)
    await add_sessions(unit_of_work, session())
    async with unit_of_work() as uow:
        (one,) = await fill(uow, [cast.sari.person_id], Status.REQUESTED)
        await uow.commit()

    async def decide(to: Status) -> Status | None:
        async with unit_of_work() as uow:
            enrollment = await uow.enrollments.lock(one)
            if to not in (Status.CONFIRMED, Status.DECLINED) or enrollment.status is not Status.REQUESTED:
                return None
            await uow.enrollments.move(one, to, NOW)
            await uow.commit()
            return to

    answers = await asyncio.gather(*(decide(to) for to in [Status.CONFIRMED, Status.DECLINED] * 5))
    taken = [answer for answer in answers if answer]
    assert len(taken) == 1
    async with unit_of_work() as uow:
        assert (await uow.enrollments.get(one)).status is taken[0]


async def test_the_session_lock_lets_thirty_people_share_seven_seats(unit_of_work: UnitOfWorkFactory) -> None:
    """7 seats, 30 people at once: each counts the seats those before them took."""
    await add_people(unit_of_work)
    crowd = await add_crowd(unit_of_work, 30)
    await add_sessions(unit_of_work, session())

    async def enroll(person_id: int) -> Status:
        async with unit_of_work() as uow:
            seats = await uow.courses.lock_session("TIK-02-A")
            status = Status.CONFIRMED if seats.left else Status.WAITLISTED
            await uow.enrollments.start(person_id, "TIK-02-A", status, NOW)
            await uow.commit()
            return status

    outcomes = await asyncio.gather(*(enroll(p.person_id) for p in crowd))
    assert outcomes.count(Status.CONFIRMED) == 7
    async with unit_of_work() as uow:
        counted = await uow.courses.availability_of("TIK-02-A")
        confirmed = await uow.enrollments.of_session("TIK-02-A", {Status.CONFIRMED})
        everybody = await uow.enrollments.of_session("TIK-02-A", list(Status))
    assert (counted.taken, counted.waiting) == (7, 23)
    assert (len(confirmed), len(everybody)) == (7, 30)


async def test_a_double_tap_makes_one_row(unit_of_work: UnitOfWorkFactory) -> None:
    cast = await add_people(unit_of_work)
    await add_sessions(unit_of_work, session())

    async def tap() -> None:
        async with unit_of_work() as uow:
            await uow.enrollments.start(cast.sari.person_id, "TIK-02-A", Status.CONFIRMED, NOW)
            await uow.commit()

    outcomes = await asyncio.gather(*(tap() for _ in range(10)), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["AlreadyDecided"] * 9 + ["NoneType"]
    async with unit_of_work() as uow:
        assert len(await uow.enrollments.of_person(cast.sari.person_id)) == 1


async def test_a_persons_enrollments_come_newest_session_first(unit_of_work: UnitOfWorkFactory) -> None:
    cast = await add_people(unit_of_work)
    await add_sessions(unit_of_work, session(in_days=5), session(letter="B", in_days=30))
    async with unit_of_work() as uow:
        for code in ("TIK-02-A", "TIK-02-B"):
            await uow.enrollments.start(cast.sari.person_id, code, Status.CONFIRMED, NOW)
        mine = await uow.enrollments.of_person(cast.sari.person_id)
    assert [e.session.code for e in mine] == ["TIK-02-B", "TIK-02-A"]


async def test_requests_reach_the_supervisor_and_those_without_one_are_found_too(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    cast = await add_people(unit_of_work)
    await add_sessions(unit_of_work, session())
    async with unit_of_work() as uow:
        for someone, moment in ((cast.sari, LATER), (cast.joko, NOW), (cast.yatim, NOW), (cast.tono, NOW)):
            await uow.enrollments.start(someone.person_id, "TIK-02-A", Status.REQUESTED, moment)
        await uow.enrollments.start(cast.budi.person_id, "TIK-02-A", Status.CONFIRMED, NOW)
        await uow.commit()
    async with unit_of_work() as uow:
        asked = await uow.enrollments.requests_for(cast.bambang.person_id)
        orphans = await uow.enrollments.requests_for(None)
    assert [person for _, person in asked] == [cast.joko, cast.sari]
    assert {enrollment.status for enrollment, _ in asked} == {Status.REQUESTED}
    assert [person for _, person in orphans] == [cast.yatim]


async def test_offers_end_at_their_deadline(unit_of_work: UnitOfWorkFactory) -> None:
    cast = await add_people(unit_of_work)
    await add_sessions(unit_of_work, session())
    async with unit_of_work() as uow:
        one, other = await fill(uow, [cast.sari.person_id, cast.joko.person_id], Status.WAITLISTED)
        await uow.enrollments.move(one, Status.OFFERED, NOW, offer_expires_at=LATER)
        await uow.enrollments.move(other, Status.OFFERED, NOW, offer_expires_at=LATER + timedelta(hours=1))
        await uow.commit()
    async with unit_of_work() as uow:
        assert await uow.enrollments.expired_offers(LATER - timedelta(seconds=1)) == []
        assert [e.enrollment_id for e in await uow.enrollments.expired_offers(LATER)] == [one]


async def test_an_offer_without_a_deadline_cannot_be_written(unit_of_work: UnitOfWorkFactory) -> None:
    cast = await add_people(unit_of_work)
    await add_sessions(unit_of_work, session())
    async with unit_of_work() as uow:
        (one,) = await fill(uow, [cast.sari.person_id], Status.WAITLISTED)
        with pytest.raises(Exception, match="ck_enrollments_offer"):
            await uow.enrollments.move(one, Status.OFFERED, NOW)


async def test_the_place_in_line_is_counted_as_the_domain_counts_it(unit_of_work: UnitOfWorkFactory) -> None:
    await add_people(unit_of_work)
    await add_sessions(unit_of_work, session())
    crowd = await add_crowd(unit_of_work, 6)
    async with unit_of_work() as uow:
        moments = [3, 1, 1, 2, 0, 0]  # two ties, which the row breaks
        rows = [
            await uow.enrollments.start(
                p.person_id, "TIK-02-A", Status.CONFIRMED if n == 5 else Status.WAITLISTED, NOW + timedelta(hours=hour)
            )
            for n, (p, hour) in enumerate(zip(crowd, moments, strict=True))
        ]
        counted = [await uow.enrollments.place_in_line(row.enrollment_id) for row in rows]
    assert counted == [place_in_line(rows, row.enrollment_id) for row in rows] == [5, 2, 3, 4, 1, None]
