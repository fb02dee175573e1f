"""Imports of courses and sessions: every way a row can be wrong, and nothing half-imported."""

from datetime import timedelta

import pytest

from core.domain.courses import Mode, SessionStatus
from core.domain.errors import BadImport
from core.domain.people import Employment, PositionLevel
from core.domain.row_problems import Fault
from core.ports import UnitOfWorkFactory
from core.services.enrollment import Enrollments
from core.services.registry import Registry
from tests.factories import Cast, add_people, add_sessions, caller, session
from tests.fakes import FixedClock

UNITS = "code,name,short_name,parent\nDISDIK,Dinas Pendidikan,Disdik,PEMPROV\nPEMPROV,Pemprov Jakarta,Pemprov,\n"


@pytest.fixture
async def registry(unit_of_work: UnitOfWorkFactory, clock: FixedClock) -> Registry:
    registry = Registry(unit_of_work, clock)
    await registry.import_units(UNITS)
    return registry


def problems(refusal: pytest.ExceptionInfo[BadImport]) -> list[tuple[int, str]]:
    return [(problem.line, problem.column) for problem in refusal.value.problems]


COURSES = "code,title,competency,level,hours,mode,audience,summary\n"


SESSIONS = (
    "session_code,course_code,starts_in_days,duration_days,seats,"
    "waiting_list,needs_approval,enrolment_closes_days_before,place\n"
)


DATED = "session_code,course_code,starts_at,ends_at,closes_at,seats,waiting_list,needs_approval,place\n"


async def test_a_course_is_read(unit_of_work: UnitOfWorkFactory, registry: Registry) -> None:
    await registry.import_courses(
        COURSES
        + 'X-01,Judul,teknis,dasar,8,daring,semua,"Satu, dua"\n'
        + "X-02,Judul,teknis,dasar,40,campuran,pengawas;fungsional,Isi\n"
    )
    async with unit_of_work() as uow:
        first, second = await uow.courses.all()
    assert (first.hours, first.mode, first.audience, first.summary) == (8, Mode.DARING, frozenset(), "Satu, dua")
    assert second.audience == {PositionLevel.PENGAWAS, PositionLevel.FUNGSIONAL}


async def test_bad_courses_are_named(unit_of_work: UnitOfWorkFactory, registry: Registry) -> None:
    with pytest.raises(BadImport) as refusal:
        await registry.import_courses(
            COURSES
            + "X-01,Judul,teknis,dasar,8,daring,semua,Isi\n"
            + "x-01,Judul,teknis,dasar,8,daring,semua,Isi\n"
            + "X-02,,teknis,dasar,-8,di rumah,direktur,Isi\n"
            + "X-03,Judul,teknis,dasar,delapan,daring,,Isi\n"
        )
    assert problems(refusal) == [
        (3, "code"),
        (4, "audience"),
        (4, "title"),
        (4, "hours"),
        (4, "mode"),
        (5, "audience"),
        (5, "hours"),
    ]
    async with unit_of_work() as uow:
        assert await uow.courses.all() == []


async def test_sessions_relative_to_today_are_read(
    unit_of_work: UnitOfWorkFactory, registry: Registry, clock: FixedClock
) -> None:
    await registry.import_courses(COURSES + "X-01,Judul,teknis,dasar,8,daring,semua,Isi\n")
    await registry.import_sessions(SESSIONS + "X-01-A,X-01,10,2,60,yes,no,2,Daring (Zoom)\n")
    async with unit_of_work() as uow:
        room = await uow.courses.session("X-01-A")
    assert room is not None
    assert room.starts_at.isoformat() == "2026-12-04T01:00:00+00:00"  # 08:00 in Jakarta
    assert room.ends_at.isoformat() == "2026-12-05T09:00:00+00:00"  # 16:00
    assert room.closes_at.isoformat() == "2026-12-02T16:59:00+00:00"  # 23:59
    assert (room.seats, room.has_waiting_list, room.needs_approval) == (60, True, False)
    clock.pass_by(hours=14)  # already tomorrow in Jakarta
    await registry.import_sessions(SESSIONS + "X-01-A,X-01,10,2,60,yes,no,2,Daring (Zoom)\n")
    async with unit_of_work() as uow:
        moved = await uow.courses.session("X-01-A")
    assert moved is not None
    assert moved.starts_at - room.starts_at == timedelta(days=1)


async def test_sessions_with_dates_are_read_in_jakarta_time(
    unit_of_work: UnitOfWorkFactory, registry: Registry
) -> None:
    await registry.import_courses(COURSES + "X-01,Judul,teknis,dasar,8,daring,semua,Isi\n")
    await registry.import_sessions(
        DATED + "X-01-A,X-01,2026-12-01 08:30,2026-12-01T15:00,2026-11-30 12:00,5,ya,ya,BPSDM\n"
    )
    async with unit_of_work() as uow:
        room = await uow.courses.session("X-01-A")
    assert room is not None
    assert room.starts_at.isoformat() == "2026-12-01T01:30:00+00:00"
    assert room.needs_approval


async def test_bad_sessions_are_named(unit_of_work: UnitOfWorkFactory, registry: Registry) -> None:
    await registry.import_courses(COURSES + "X-01,Judul,teknis,dasar,8,daring,semua,Isi\n")
    with pytest.raises(BadImport) as refusal:
        await registry.import_sessions(
            SESSIONS + "X-01-A,X-99,10,2,-5,yes,no,2,Daring\nX-01-B,X-01,besok,0,5,yes,no,2,\n"
        )
    assert problems(refusal) == [
        (2, "course_code"),
        (2, "seats"),
        (3, "starts_in_days"),
        (3, "duration_days"),
        (3, "place"),
    ]
    with pytest.raises(BadImport) as refusal:
        await registry.import_sessions(
            DATED
            + "X-01-A,X-01,2026-12-01 08:00,2026-12-01 07:00,2026-11-30 12:00,5,ya,ya,BPSDM\n"
            + "X-01-B,X-01,2026-12-01 08:00,2026-12-01 16:00,2026-12-02 12:00,5,ya,ya,BPSDM\n"
            + "X-01-C,X-01,2026-02-30 08:00,01/12/2026,2026-11-30,5,ya,ya,BPSDM\n"
        )
    assert problems(refusal) == [
        (2, "ends_at"),
        (3, "closes_at"),
        (4, "starts_at"),
        (4, "ends_at"),
        (4, "closes_at"),
    ]
    with pytest.raises(BadImport) as refusal:
        await registry.import_sessions("session_code,course_code\nX-01-A,X-01\n")
    assert (1, "starts_at") in problems(refusal)
    async with unit_of_work() as uow:
        assert await uow.courses.sessions_of("X-01") == []


async def test_seats_already_taken_are_not_imported_away_and_a_cancelled_session_stays_cancelled(
    unit_of_work: UnitOfWorkFactory, registry: Registry, enrollments: Enrollments
) -> None:
    cast: Cast = await add_people(unit_of_work)
    await add_sessions(unit_of_work, session(seats=3), session(letter="B", in_days=30, status=SessionStatus.CANCELLED))
    for someone in (cast.sari, cast.joko):
        await enrollments.enroll(caller(someone), "TIK-02-A")

    with pytest.raises(BadImport) as refusal:
        await registry.import_sessions(
            SESSIONS + "TIK-02-B,TIK-02,30,2,9,yes,no,2,Daring\nTIK-02-A,TIK-02,10,2,1,yes,no,2,Daring\n"
        )
    assert problems(refusal) == [(3, "seats")]
    (problem,) = refusal.value.problems
    assert (problem.fault, problem.facts) == (Fault.SEATS_TAKEN, {"taken": 2})

    await registry.import_sessions(
        SESSIONS + "TIK-02-B,TIK-02,30,2,9,yes,no,2,Daring\nTIK-02-A,TIK-02,10,2,2,yes,no,2,Daring\n"
    )
    async with unit_of_work() as uow:
        kept = await uow.courses.session("TIK-02-B")
    assert kept is not None
    assert (kept.status, kept.seats) == (SessionStatus.CANCELLED, 9)


MORE = COURSES.strip() + ",employment,requires,repeatable\n"


async def test_who_a_course_is_for_can_be_imported(unit_of_work: UnitOfWorkFactory, registry: Registry) -> None:
    await registry.import_courses(
        MORE
        + "X-01,Judul,teknis,dasar,8,daring,semua,Isi,PNS,x-02; X-03,\n"
        + "X-02,Judul,teknis,dasar,8,daring,semua,Isi,semua,,ya\n"
        + "X-03,Judul,teknis,dasar,8,daring,semua,Isi,,,tidak\n"
    )
    async with unit_of_work() as uow:
        first, second, third = await uow.courses.all()
    assert (first.employment, first.requires, first.is_repeatable) == ({Employment.PNS}, ("X-02", "X-03"), False)
    assert (second.employment, second.requires, second.is_repeatable) == (frozenset(), (), True)
    assert (third.employment, third.is_repeatable) == (frozenset(), False)


async def test_a_required_course_must_be_there_and_another_one(registry: Registry) -> None:
    with pytest.raises(BadImport) as refusal:
        await registry.import_courses(
            MORE
            + "X-01,Judul,teknis,dasar,8,daring,semua,Isi,CPNS,X-09,\n"
            + "X-02,Judul,teknis,dasar,8,daring,semua,Isi,,X-02,\n"
        )
    assert problems(refusal) == [(2, "employment"), (2, "requires"), (3, "requires")]
