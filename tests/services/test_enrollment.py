"""Enrolling, approving, cancelling."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.enrollment import Status
from core.domain.errors import (
    AlreadyDecided,
    EnrollmentClosed,
    NotAllowed,
    NotInAudience,
    NotLinked,
    NotSupervisor,
    ScheduleClash,
    SessionFull,
    UnknownEnrollment,
    UnknownSession,
)
from core.domain.messages import Kind
from core.domain.people import Caller
from core.ports import UnitOfWorkFactory
from core.services.approvals import Approvals
from core.services.enrollment import Enrollments
from tests.factories import NOW, SERVICE, SPREADSHEET, VALUES, Cast, add_sessions, caller, session
from tests.fakes import FixedClock
from tests.services.ledger import audited, rows, waiting_for


async def test_a_free_seat_is_confirmed_and_reminded_the_day_before_at_nine(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast
) -> None:
    room = session()
    await add_sessions(unit_of_work, room)

    result = await enrollments.enroll(caller(cast.sari), room.code)

    assert (result.enrollment.status, result.is_new, result.place_in_line) == (Status.CONFIRMED, True, None)
    [reminder] = await rows(unit_of_work, result.enrollment.enrollment_id)
    assert reminder.kind is Kind.SESSION_REMINDER
    assert reminder.key == f"reminder:{result.enrollment.enrollment_id}:1"
    assert reminder.due_at.isoformat() == "2026-12-03T02:00:00+00:00"  # 09:00 in Jakarta
    assert reminder.expires_at == room.starts_at
    assert reminder.facts == {
        "enrollment_id": result.enrollment.enrollment_id,
        "session_code": "TIK-02-A",
        "title": "Analisis Data dengan Spreadsheet",
        "starts_at": "2026-12-04T03:00:00+00:00",
        "ends_at": "2026-12-05T11:00:00+00:00",
        "place": "Daring (Zoom)",
        "mode": "daring",
        "occasion": "day",
    }
    assert await audited(unit_of_work, f"enrollment:{result.enrollment.enrollment_id}") == [
        ("enrollment_confirmed", f"person:{cast.sari.person_id}")
    ]


async def test_a_double_tap_gives_the_same_answer_and_writes_nothing(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session())
    first = await enrollments.enroll(caller(cast.sari), "TIK-02-A")
    second = await enrollments.enroll(caller(cast.sari), "TIK-02-A")

    assert second.enrollment == first.enrollment
    assert second.is_new is False
    assert len(await rows(unit_of_work, first.enrollment.enrollment_id)) == 1
    assert len(await audited(unit_of_work, f"enrollment:{first.enrollment.enrollment_id}")) == 1


async def test_a_session_that_needs_approval_asks_the_supervisor(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session(needs_approval=True))
    result = await enrollments.enroll(caller(cast.sari), "TIK-02-A")

    assert result.enrollment.status is Status.REQUESTED
    [request] = await rows(unit_of_work, result.enrollment.enrollment_id)
    assert (request.kind, request.person_id) == (Kind.APPROVAL_REQUEST, cast.bambang.person_id)
    assert request.due_at == NOW
    assert {name: request.facts[name] for name in ("person", "unit", "hours", "title")} == {
        "person": "Sari Puspita",
        "unit": "Dinas Pendidikan",
        "hours": 16,
        "title": "Analisis Data dengan Spreadsheet",
    }


async def test_without_a_supervisor_all_hr_officers_are_asked(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, approvals: Approvals, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session(needs_approval=True))
    result = await enrollments.enroll(caller(cast.yatim), "TIK-02-A")

    requests = await rows(unit_of_work, result.enrollment.enrollment_id, Kind.APPROVAL_REQUEST)
    assert {row.person_id for row in requests} == {cast.dewi.person_id, cast.agus.person_id}
    assert [one.enrollment.enrollment_id for one in await approvals.pending(caller(cast.dewi))] == [
        result.enrollment.enrollment_id
    ]
    assert await approvals.pending(caller(cast.bambang)) == []


async def test_approval_confirms_tells_and_reminds(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session(needs_approval=True))
    asked = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment

    decided = await enrollments.decide_request(caller(cast.bambang), asked.enrollment_id, approve=True)

    assert decided.status is Status.CONFIRMED
    assert decided.decided_at == NOW
    assert await waiting_for(unit_of_work, asked.enrollment_id, cast.sari) == [
        Kind.REQUEST_APPROVED,
        Kind.SESSION_REMINDER,
    ]
    assert await waiting_for(unit_of_work, asked.enrollment_id, cast.bambang) == []
    assert await audited(unit_of_work, f"enrollment:{asked.enrollment_id}") == [
        ("enrollment_requested", f"person:{cast.sari.person_id}"),
        ("enrollment_confirmed", f"person:{cast.bambang.person_id}"),
    ]


async def test_a_declined_request_tells_why_and_frees_the_seat(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session(needs_approval=True, seats=1))
    asked = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    next_one = (await enrollments.enroll(caller(cast.tono), "TIK-02-A")).enrollment
    assert next_one.status is Status.WAITLISTED

    declined = await enrollments.decide_request(caller(cast.bambang), asked.enrollment_id, False, "Ujian sekolah")

    assert (declined.status, declined.reason) == (Status.DECLINED, "Ujian sekolah")
    [told] = await rows(unit_of_work, asked.enrollment_id, Kind.REQUEST_DECLINED)
    assert (told.person_id, told.facts["reason"]) == (cast.sari.person_id, "Ujian sekolah")
    [mine] = await enrollments.mine(caller(cast.tono))
    assert mine.enrollment.status is Status.OFFERED


async def test_a_request_is_decided_once(unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast) -> None:
    await add_sessions(unit_of_work, session(needs_approval=True))
    asked = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    await enrollments.decide_request(caller(cast.bambang), asked.enrollment_id, approve=True)

    with pytest.raises(AlreadyDecided) as refusal:
        await enrollments.decide_request(caller(cast.dewi), asked.enrollment_id, approve=False)

    assert refusal.value.status == Status.CONFIRMED
    [view] = await enrollments.mine(caller(cast.sari))
    assert view.enrollment.status is Status.CONFIRMED


async def test_an_hr_officer_may_decide_for_the_supervisor(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session(needs_approval=True))
    asked = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    decided = await enrollments.decide_request(caller(cast.agus), asked.enrollment_id, approve=True)
    assert decided.status is Status.CONFIRMED


@pytest.mark.parametrize("stranger", ["lina", "ratna", "joko", "sari"])
async def test_nobody_else_decides_a_request_not_even_the_applicant(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast, stranger: str
) -> None:
    await add_sessions(unit_of_work, session(needs_approval=True))
    asked = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment

    with pytest.raises(NotSupervisor):
        await enrollments.decide_request(caller(getattr(cast, stranger)), asked.enrollment_id, approve=True)

    [view] = await enrollments.mine(caller(cast.sari))
    assert view.enrollment.status is Status.REQUESTED


async def test_an_hr_officer_does_not_approve_their_own_request(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session(needs_approval=True))
    asked = (await enrollments.enroll(caller(cast.dewi), "TIK-02-A")).enrollment
    with pytest.raises(NotSupervisor):
        await enrollments.decide_request(caller(cast.dewi), asked.enrollment_id, approve=True)


async def test_rights_come_from_the_registry_not_from_the_caller(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast
) -> None:
    """A caller read before HR took the role away says `is_hr`; the database no longer does."""
    await add_sessions(unit_of_work, session(needs_approval=True))
    asked = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    async with unit_of_work() as uow:
        await uow.people.upsert(replace(cast.dewi, is_hr=False))
        await uow.commit()

    with pytest.raises(NotSupervisor):
        await enrollments.decide_request(caller(cast.dewi), asked.enrollment_id, approve=True)


async def test_refusals_change_nothing(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast, clock: FixedClock
) -> None:
    await add_sessions(
        unit_of_work,
        session(SPREADSHEET, "A"),
        session(VALUES, "A", in_days=10.5),
        session(SERVICE, "A", in_days=30),
        session(SPREADSHEET, "B", in_days=50, seats=1, has_waiting_list=False),
    )
    await enrollments.enroll(caller(cast.bambang), "TIK-02-A")
    await enrollments.enroll(caller(cast.sari), "TIK-02-B")

    with pytest.raises(ScheduleClash) as clash:
        await enrollments.enroll(caller(cast.bambang), "SOS-01-A")
    with pytest.raises(NotInAudience) as audience:
        await enrollments.enroll(caller(cast.bambang), "PLY-01-A")
    with pytest.raises(SessionFull) as full:
        await enrollments.enroll(caller(cast.bambang), "TIK-02-B")
    with pytest.raises(UnknownSession):
        await enrollments.enroll(caller(cast.bambang), "TIK-99-Z")
    clock.pass_by(days=8)
    with pytest.raises(EnrollmentClosed) as closed:
        await enrollments.enroll(caller(cast.sari), "TIK-02-A")

    assert (clash.value.other_session_code, clash.value.session_code) == ("TIK-02-A", "SOS-01-A")
    assert audience.value.audience == ("fungsional", "pelaksana")
    assert full.value.seats == 1
    assert closed.value.closed_at == NOW + timedelta(days=8)
    assert len(await enrollments.mine(caller(cast.bambang))) == 1


async def test_visitors_are_told_to_link_first(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, approvals: Approvals
) -> None:
    visitor = Caller(telegram_id=5)
    for call in (
        enrollments.enroll(visitor, "TIK-02-A"),
        enrollments.cancel(visitor, 1),
        enrollments.decide_request(visitor, 1, True),
        enrollments.answer_offer(visitor, 1, True),
        enrollments.mine(visitor),
        enrollments.upcoming(visitor),
        approvals.pending(visitor),
        enrollments.find_mine(visitor, "batal"),
    ):
        with pytest.raises(NotLinked):
            await call


async def test_an_unknown_enrollment_is_said_to_be_unknown(enrollments: Enrollments, cast: Cast) -> None:
    for call in (
        enrollments.cancel(caller(cast.sari), 4711),
        enrollments.decide_request(caller(cast.bambang), 4711, True),
        enrollments.answer_offer(caller(cast.sari), 4711, True),
    ):
        with pytest.raises(UnknownEnrollment):
            await call


async def test_a_try_at_what_is_somebody_elses_is_kept_and_changes_nothing(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, approvals: Approvals, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session(needs_approval=True))
    asked = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    stranger = caller(cast.lina)
    for attempt in (
        enrollments.cancel(stranger, asked.enrollment_id),
        enrollments.answer_offer(stranger, asked.enrollment_id, True),
        enrollments.decide_request(stranger, asked.enrollment_id, True),
        approvals.request(stranger, asked.enrollment_id),
    ):
        with pytest.raises(NotAllowed):
            await attempt
    with pytest.raises(UnknownEnrollment):  # who only looks is not even told that there is one
        await enrollments.own(stranger, asked.enrollment_id)
    actor = f"person:{cast.lina.person_id}"
    assert await audited(unit_of_work, actor) == [
        (f"{tried}_refused", actor)
        for tried in ("cancel", "answer_offer", "decide_request", "see_request", "see_enrollment")
    ]
    assert len(await audited(unit_of_work, f"enrollment:{asked.enrollment_id}")) == 1
    [view] = await enrollments.mine(caller(cast.sari))
    assert view.enrollment == asked
