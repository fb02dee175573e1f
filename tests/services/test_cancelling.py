"""Cancelling: until when, who is told, and what comes back to life."""

from datetime import timedelta

import pytest

from core.domain.enrollment import Status
from core.domain.errors import (
    AlreadyDecided,
    NotYours,
    SessionStarted,
    TextTooLong,
)
from core.domain.messages import DeliveryStatus, Kind
from core.ports import UnitOfWorkFactory
from core.services.enrollment import Enrollments
from tests.factories import NOW, Cast, add_sessions, caller, session
from tests.fakes import FixedClock
from tests.services.ledger import rows, waiting_for


async def test_cancelling_withdraws_the_reminder_and_enrolling_again_writes_a_new_one(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session())
    first = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    cancelled = await enrollments.cancel(caller(cast.sari), first.enrollment_id, "Ada dinas luar")
    assert (cancelled.status, cancelled.reason) == (Status.CANCELLED, "Ada dinas luar")

    again = await enrollments.enroll(caller(cast.sari), "TIK-02-A")

    assert again.is_new is True
    assert again.enrollment.enrollment_id == first.enrollment_id  # one row per person and session
    assert again.enrollment.status is Status.CONFIRMED
    assert [(row.kind, row.status) for row in await rows(unit_of_work, first.enrollment_id)] == [
        (Kind.SESSION_REMINDER, DeliveryStatus.WITHDRAWN),
        (Kind.SESSION_REMINDER, DeliveryStatus.QUEUED),
    ]


async def test_cancelling_a_request_before_the_supervisor_was_told_leaves_them_in_peace(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session(needs_approval=True))
    asked = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    await enrollments.cancel(caller(cast.sari), asked.enrollment_id)
    assert [row.status for row in await rows(unit_of_work, asked.enrollment_id)] == [DeliveryStatus.WITHDRAWN]


async def test_cancelling_a_request_after_the_supervisor_was_told_tells_them(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast, clock: FixedClock
) -> None:
    await add_sessions(unit_of_work, session(needs_approval=True))
    asked = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    async with unit_of_work() as uow:
        [row] = await uow.outbox.claim(NOW, limit=5, bulk=False, claimed_by="test")
        await uow.outbox.settle(row.message_id, DeliveryStatus.SENT, NOW, telegram_message_id=1)
        await uow.commit()

    clock.pass_by(hours=1)
    await enrollments.cancel(caller(cast.sari), asked.enrollment_id)

    assert await waiting_for(unit_of_work, asked.enrollment_id, cast.bambang) == [Kind.REQUEST_WITHDRAWN]
    [told] = await rows(unit_of_work, asked.enrollment_id, Kind.REQUEST_WITHDRAWN)
    assert told.facts["person"] == "Sari Puspita"

    clock.pass_by(hours=1)
    again = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    await enrollments.cancel(caller(cast.sari), again.enrollment_id)
    # the second request never reached them
    assert len(await rows(unit_of_work, asked.enrollment_id, Kind.REQUEST_WITHDRAWN)) == 1


async def test_whoever_agreed_to_a_seat_hears_that_it_is_given_back_and_why_but_not_at_night(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast, clock: FixedClock
) -> None:
    await add_sessions(unit_of_work, session(needs_approval=True))
    mine = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    async with unit_of_work() as uow:
        [row] = await uow.outbox.claim(NOW, limit=5, bulk=False, claimed_by="test")
        await uow.outbox.settle(row.message_id, DeliveryStatus.SENT, NOW, telegram_message_id=1)
        await uow.commit()
    await enrollments.decide_request(caller(cast.bambang), mine.enrollment_id, approve=True)
    clock.moment = NOW.replace(hour=15)  # 22:00 in Jakarta
    await enrollments.cancel(caller(cast.sari), mine.enrollment_id, "  Bentrok rapat ")
    [told] = await rows(unit_of_work, mine.enrollment_id, Kind.REQUEST_WITHDRAWN)
    assert told.person_id == cast.bambang.person_id
    assert (told.facts["was_approved"], told.facts["reason"]) == (True, "Bentrok rapat")
    assert told.due_at == NOW.replace(day=NOW.day + 1, hour=0)  # 07:00 in Jakarta


async def test_a_reason_is_kept_only_if_it_says_something_and_fits(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session())
    mine = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    with pytest.raises(TextTooLong):
        await enrollments.cancel(caller(cast.sari), mine.enrollment_id, "x" * 301)
    assert (await enrollments.cancel(caller(cast.sari), mine.enrollment_id, "  ")).reason is None


async def test_cancelling_twice_is_refused_with_where_it_stands(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session())
    mine = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    await enrollments.cancel(caller(cast.sari), mine.enrollment_id)
    with pytest.raises(AlreadyDecided) as refusal:
        await enrollments.cancel(caller(cast.sari), mine.enrollment_id)
    assert refusal.value.status == Status.CANCELLED


async def test_cancelling_is_possible_until_the_session_starts(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast, clock: FixedClock
) -> None:
    room = session()
    await add_sessions(unit_of_work, room)
    mine = (await enrollments.enroll(caller(cast.sari), room.code)).enrollment
    clock.moment = room.starts_at
    with pytest.raises(SessionStarted):
        await enrollments.cancel(caller(cast.sari), mine.enrollment_id)
    clock.moment = room.starts_at - timedelta(seconds=1)
    assert (await enrollments.cancel(caller(cast.sari), mine.enrollment_id)).status is Status.CANCELLED


async def test_anothers_enrollment_is_not_mine_to_cancel_or_answer(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session())
    theirs = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    for stranger in (cast.joko, cast.bambang, cast.dewi):
        with pytest.raises(NotYours):
            await enrollments.cancel(caller(stranger), theirs.enrollment_id)
        with pytest.raises(NotYours):
            await enrollments.answer_offer(caller(stranger), theirs.enrollment_id, accept=True)
    [view] = await enrollments.mine(caller(cast.sari))
    assert view.enrollment.status is Status.CONFIRMED
