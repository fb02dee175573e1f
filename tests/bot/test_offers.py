"""A freed seat in chat: taken, passed on, too late, or already answered."""

import pytest

from bot.texts import approvals as texts
from core.bootstrap import Services
from core.domain.enrollment import Enrollment, Status
from tests.bot.conftest import Running
from tests.factories import Cast, add_sessions, caller, session, telegram_id
from tests.fakes import FakeDatabase, FixedClock


async def offer_to_joko(services: Services, database: FakeDatabase, cast: Cast, **session_facts: object) -> Enrollment:
    """Sari had the only seat, Joko waited, Sari gave it back."""
    one_seat = session(seats=1, **session_facts)
    await add_sessions(database, one_seat)
    first = await services.enrollments.enroll(caller(cast.sari), one_seat.code)
    waiting = await services.enrollments.enroll(caller(cast.joko), one_seat.code)
    await services.enrollments.cancel(caller(cast.sari), first.enrollment.enrollment_id)
    return waiting.enrollment


async def status_of(database: FakeDatabase, enrollment: Enrollment) -> Status:
    async with database() as work:
        row = await work.enrollments.get(enrollment.enrollment_id)
    assert row is not None
    return row.status


def outcome(running: Running) -> tuple[str, list[tuple[str, str]]]:
    edit = running.request.sent("editMessageText")[-1]
    return edit.text, edit.buttons


async def test_taking_the_seat_enrolls_and_offers_the_calendar(
    running: Running, services: Services, database: FakeDatabase, cast: Cast
) -> None:
    offer = await offer_to_joko(services, database, cast)
    await running.press(telegram_id(cast.joko), f"1ac|{offer.enrollment_id}")
    assert await status_of(database, offer) is Status.CONFIRMED
    text, buttons = outcome(running)
    assert "Anda terdaftar" in text
    assert buttons == [(texts.CALENDAR_BUTTON, f"1ic|{offer.enrollment_id}")]


async def test_taking_a_seat_that_needs_approval_says_that_the_supervisor_is_asked(
    running: Running, services: Services, database: FakeDatabase, cast: Cast
) -> None:
    offer = await offer_to_joko(services, database, cast, needs_approval=True)
    await running.press(telegram_id(cast.joko), f"1ac|{offer.enrollment_id}")
    text, buttons = outcome(running)
    assert "Atasan Anda" in text
    assert buttons == []


async def test_passing_gives_the_seat_to_the_next(
    running: Running, services: Services, database: FakeDatabase, cast: Cast
) -> None:
    offer = await offer_to_joko(services, database, cast)
    await running.press(telegram_id(cast.joko), f"1pa|{offer.enrollment_id}")
    assert await status_of(database, offer) is Status.CANCELLED
    assert texts.OFFER_PASSED in outcome(running)[0]


async def test_an_answer_after_the_deadline_is_too_late(
    running: Running, services: Services, database: FakeDatabase, cast: Cast
) -> None:
    offer = await offer_to_joko(services, database, cast)
    assert isinstance(services.clock, FixedClock)
    services.clock.pass_by(hours=25)
    await running.press(telegram_id(cast.joko), f"1ac|{offer.enrollment_id}")
    assert "atas waktu tawaran" in outcome(running)[0]
    assert await status_of(database, offer) is not Status.CONFIRMED


async def test_answering_twice_states_how_it_stands(
    running: Running, services: Services, database: FakeDatabase, cast: Cast
) -> None:
    offer = await offer_to_joko(services, database, cast)
    await running.press(telegram_id(cast.joko), f"1ac|{offer.enrollment_id}")
    await running.press(telegram_id(cast.joko), f"1pa|{offer.enrollment_id}")
    assert "Anda terdaftar" in outcome(running)[0]
    assert await status_of(database, offer) is Status.CONFIRMED


@pytest.mark.parametrize("verb", ["ac", "pa"])
async def test_somebody_elses_offer_is_not_touched(
    running: Running, services: Services, database: FakeDatabase, cast: Cast, verb: str
) -> None:
    offer = await offer_to_joko(services, database, cast)
    await running.press(telegram_id(cast.budi), f"1{verb}|{offer.enrollment_id}")
    assert await status_of(database, offer) is Status.OFFERED
    assert "bukan milik Anda" in outcome(running)[0]
