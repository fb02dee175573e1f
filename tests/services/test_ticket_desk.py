"""HR's desk of tickets: claimed, answered, handed on, let go, taken over; nobody else gets near it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.errors import (
    EmptyText,
    NotAnOfficer,
    NotHR,
    TextTooLong,
    TicketAnswered,
    TicketNotHeld,
    TicketTaken,
    UnknownTicket,
)
from core.domain.messages import DeliveryStatus, Kind, Message
from core.domain.people import Caller
from core.domain.tickets import TicketStatus
from core.ports import UnitOfWorkFactory
from core.services.ticket_desk import TicketDesk
from core.services.ticket_officers import TicketOfficers
from core.services.tickets import Tickets
from tests.factories import NOW, Cast, caller
from tests.fakes import FixedClock
from tests.services.ledger import audited


@pytest.fixture
def tickets(unit_of_work: UnitOfWorkFactory, clock: FixedClock) -> Tickets:
    return Tickets(unit_of_work, clock)


@pytest.fixture
def desk(unit_of_work: UnitOfWorkFactory, clock: FixedClock) -> TicketDesk:
    return TicketDesk(unit_of_work, clock)


@pytest.fixture
async def number(tickets: Tickets, cast: Cast) -> int:
    return (await tickets.open(caller(cast.sari), "Kapan TPP cair?")).number


async def told(unit_of_work: UnitOfWorkFactory, kind: Kind, days: int = 5) -> list[Message]:
    async with unit_of_work() as uow:
        rows = await uow.outbox.claim(NOW + timedelta(days=days), limit=50, bulk=False, claimed_by="test")
    return [row for row in rows if row.kind is kind]


async def test_who_claims_it_has_it_and_sees_who_asks(desk: TicketDesk, cast: Cast, number: int) -> None:
    before = await desk.card(caller(cast.dewi), number)
    assert (before.asker, before.is_free, before.unit) == (None, True, "Disdik")
    card = await desk.claim(caller(cast.dewi), number)
    assert (card.asker, card.holder, card.is_mine) == (cast.sari, cast.dewi, True)
    other = await desk.card(caller(cast.agus), number)
    assert (other.asker, other.holder, other.is_free) == (None, cast.dewi, False)


async def test_the_second_is_told_who_has_it(desk: TicketDesk, cast: Cast, number: int) -> None:
    await desk.claim(caller(cast.dewi), number)
    assert (await desk.claim(caller(cast.dewi), number)).is_mine  # again changes nothing
    for call in (
        desk.claim(caller(cast.agus), number),
        desk.answer(caller(cast.agus), number, "Tanggal 5."),
        desk.check_answer(caller(cast.agus), number, "Tanggal 5."),
        desk.hand(caller(cast.agus), number, cast.agus.person_id),
        desk.colleagues(caller(cast.agus), number),
    ):
        with pytest.raises(TicketTaken) as refusal:
            await call
        assert (refusal.value.number, refusal.value.holder) == (number, "Dewi Anggraini")


async def test_the_answer_goes_to_the_asker_and_may_be_put_right_by_its_officer(
    unit_of_work: UnitOfWorkFactory, desk: TicketDesk, cast: Cast, number: int
) -> None:
    await desk.claim(caller(cast.dewi), number)
    for answer in ("Tanggal 5.", "Maaf, tanggal 6."):
        answered = await desk.answer(caller(cast.dewi), number, answer)
        assert (answered.answer, answered.status) == (answer, TicketStatus.ANSWERED)
    with pytest.raises(TicketTaken):
        await desk.answer(caller(cast.agus), number, "Tanggal 7.")
    with pytest.raises(TicketAnswered):
        await desk.claim(caller(cast.agus), number)
    with pytest.raises(TicketAnswered):
        await desk.release(caller(cast.dewi), number)

    rows = await told(unit_of_work, Kind.TICKET_ANSWERED)
    assert [row.facts["answer"] for row in rows] == ["Tanggal 5.", "Maaf, tanggal 6."]
    assert {row.person_id for row in rows} == {cast.sari.person_id}
    assert await audited(unit_of_work, f"ticket:{number}") == [
        ("ticket_opened", f"person:{cast.sari.person_id}"),
        ("ticket_claimed", f"person:{cast.dewi.person_id}"),
        ("ticket_answered", f"person:{cast.dewi.person_id}"),
        ("ticket_answered", f"person:{cast.dewi.person_id}"),
    ]


async def test_a_colleague_gets_it_with_its_history(
    unit_of_work: UnitOfWorkFactory, desk: TicketDesk, cast: Cast, number: int
) -> None:
    await desk.claim(caller(cast.dewi), number)
    assert await desk.colleagues(caller(cast.dewi), number) == [cast.agus]
    card, to = await desk.hand(caller(cast.dewi), number, cast.agus.person_id)
    assert (card.holder, to, card.is_mine) == (cast.agus, cast.agus, False)
    (row,) = await told(unit_of_work, Kind.TICKET_HANDED)
    assert (row.person_id, row.facts["by"], row.facts["question"]) == (
        cast.agus.person_id,
        "Dewi Anggraini",
        "Kapan TPP cair?",
    )
    assert [step["what"] for step in row.facts["history"]] == ["ticket_opened", "ticket_claimed", "ticket_handed"]
    with pytest.raises(NotAnOfficer):
        await desk.hand(caller(cast.agus), number, cast.tono.person_id)
    await desk.hand(caller(cast.agus), number, cast.dewi.person_id)
    await desk.hand(caller(cast.dewi), number, cast.agus.person_id)
    assert len(await told(unit_of_work, Kind.TICKET_HANDED, days=6)) == 3


async def test_who_lets_go_of_it_gives_it_back_to_those_who_answer_such_questions(
    unit_of_work: UnitOfWorkFactory, desk: TicketDesk, cast: Cast, number: int
) -> None:
    await desk.claim(caller(cast.dewi), number)
    with pytest.raises(TicketNotHeld):
        await desk.release(caller(cast.agus), number)
    card = await desk.release(caller(cast.dewi), number)
    assert (card.holder, card.is_free) == (None, True)
    again = [row for row in await told(unit_of_work, Kind.TICKET_OPENED) if "released_by" in row.facts]
    assert [(row.person_id, row.facts["released_by"]) for row in again] == [(cast.agus.person_id, "Dewi Anggraini")]
    await desk.claim(caller(cast.agus), number)


async def test_after_two_working_days_without_an_answer_another_may_take_it_over(
    unit_of_work: UnitOfWorkFactory, desk: TicketDesk, clock: FixedClock, cast: Cast, number: int
) -> None:
    await desk.claim(caller(cast.dewi), number)
    clock.pass_by(days=2, minutes=-1)
    with pytest.raises(TicketTaken):
        await desk.claim(caller(cast.agus), number)
    clock.pass_by(minutes=1)
    assert (await desk.card(caller(cast.agus), number)).is_free
    assert (await desk.claim(caller(cast.agus), number)).is_mine
    (row,) = await told(unit_of_work, Kind.TICKET_TAKEN_OVER)
    assert (row.person_id, row.facts["by"]) == (cast.dewi.person_id, "Agus Salim")


async def test_what_somebody_holds_who_left_hr_is_free(
    unit_of_work: UnitOfWorkFactory, desk: TicketDesk, cast: Cast, number: int
) -> None:
    await desk.claim(caller(cast.dewi), number)
    async with unit_of_work() as uow:
        await uow.people.upsert(replace(cast.dewi, is_hr=False))
        await uow.commit()
    assert (await desk.claim(caller(cast.agus), number)).is_mine


async def test_the_queue_shows_ones_own_first_then_what_waits_for_one(
    unit_of_work: UnitOfWorkFactory, clock: FixedClock, tickets: Tickets, desk: TicketDesk, cast: Cast
) -> None:
    async def by_first_word(text: str) -> str:
        return text.split()[0]

    await TicketOfficers(unit_of_work, clock).assign(cast.agus.nip, ["lainnya"], None)
    await TicketOfficers(unit_of_work, clock).assign(cast.dewi.nip, ["pelatihan"], None)
    asked = Tickets(unit_of_work, clock, by_first_word)
    questions = ("lainnya 1", "pelatihan 2", "pelatihan 3", "pelatihan 4")
    first, second, third, fourth = [(await asked.open(caller(cast.sari), text)).number for text in questions]
    await desk.claim(caller(cast.dewi), fourth)
    await desk.claim(caller(cast.agus), third)
    assert [row.ticket.number for row in await desk.queue(caller(cast.dewi))] == [fourth, second, first, third]
    assert [row.ticket.number for row in await desk.queue(caller(cast.agus))] == [third, first, second, fourth]


async def test_nobody_but_hr_gets_near_it_and_the_try_is_kept(
    unit_of_work: UnitOfWorkFactory, desk: TicketDesk, cast: Cast, number: int
) -> None:
    for stranger in (caller(cast.sari), Caller(telegram_id=1)):
        for call in (
            desk.queue(stranger),
            desk.card(stranger, number),
            desk.claim(stranger, number),
            desk.release(stranger, number),
            desk.colleagues(stranger, number),
            desk.hand(stranger, number, cast.agus.person_id),
            desk.check_answer(stranger, number, "ya"),
            desk.answer(stranger, number, "ya"),
        ):
            with pytest.raises(NotHR):
                await call
    tries = await audited(unit_of_work, f"person:{cast.sari.person_id}")
    assert {action for action, _ in tries} == {
        "ticket_look_refused",
        "ticket_claim_refused",
        "ticket_release_refused",
        "ticket_hand_refused",
        "ticket_answer_refused",
    }


async def test_what_is_not_there_or_says_nothing_is_refused(desk: TicketDesk, cast: Cast, number: int) -> None:
    for call in (desk.claim(caller(cast.dewi), 4711), desk.card(caller(cast.dewi), 4711)):
        with pytest.raises(UnknownTicket):
            await call
    with pytest.raises(EmptyText):
        await desk.answer(caller(cast.dewi), number, " ")
    with pytest.raises(TextTooLong):
        await desk.check_answer(caller(cast.dewi), number, "x" * 1801)


async def test_a_message_about_a_ticket_is_known_by_its_number_in_the_officers_own_chat(
    unit_of_work: UnitOfWorkFactory, desk: TicketDesk, cast: Cast, number: int
) -> None:
    async with unit_of_work() as uow:
        for row in await uow.outbox.claim(NOW, limit=10, bulk=False, claimed_by="test"):
            seen_as = 500 if row.person_id == cast.dewi.person_id else 600
            await uow.outbox.settle(row.message_id, DeliveryStatus.SENT, NOW, telegram_message_id=seen_as)
        await uow.commit()
    assert await desk.of_message(caller(cast.dewi), 500) == number
    assert await desk.of_message(caller(cast.agus), 500) is None
    assert await desk.of_message(caller(cast.sari), 500) is None
    assert await desk.of_message(Caller(telegram_id=1), 500) is None
