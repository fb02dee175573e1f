"""Questions to HR as who asks them sees it: numbered, told to HR, answered, opened again once, added to."""

import pytest

from core.domain.errors import (
    EmptyText,
    NotLinked,
    NotYourTicket,
    TextTooLong,
    TicketAlreadyReopened,
    TicketAnswered,
    TicketNotAnswered,
    UnknownTicket,
)
from core.domain.messages import Kind, Message
from core.domain.people import Caller
from core.domain.tickets import TicketStatus
from core.ports import UnitOfWorkFactory
from core.services.ticket_desk import TicketDesk
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


async def _queued(unit_of_work: UnitOfWorkFactory, kind: Kind) -> list[Message]:
    async with unit_of_work() as uow:
        rows = await uow.outbox.claim(NOW, limit=50, bulk=False, claimed_by="test")
    return [row for row in rows if row.kind is kind]


async def test_a_question_is_numbered_and_every_hr_officer_is_told(
    unit_of_work: UnitOfWorkFactory, tickets: Tickets, cast: Cast
) -> None:
    ticket = await tickets.open(caller(cast.sari), "  Kapan TPP cair?  ")

    assert (ticket.question, ticket.status) == ("Kapan TPP cair?", TicketStatus.OPEN)
    told = await _queued(unit_of_work, Kind.TICKET_OPENED)
    assert {row.person_id for row in told} == {cast.dewi.person_id, cast.agus.person_id}
    assert told[0].facts == {
        "ticket_number": ticket.number,
        "question": "Kapan TPP cair?",
        "topic": "lainnya",
        "unit": "Disdik",
    }


async def test_each_sees_their_own_and_nobody_elses(tickets: Tickets, cast: Cast) -> None:
    await tickets.open(caller(cast.sari), "satu")
    await tickets.open(caller(cast.joko), "dua")
    await tickets.open(caller(cast.sari), "tiga")
    assert [t.question for t in await tickets.mine(caller(cast.sari))] == ["tiga", "satu"]


async def test_an_answer_that_does_not_answer_goes_back_to_its_officer_once(
    unit_of_work: UnitOfWorkFactory, tickets: Tickets, desk: TicketDesk, cast: Cast
) -> None:
    number = (await tickets.open(caller(cast.sari), "Kapan TPP cair?")).number
    with pytest.raises(TicketNotAnswered):
        await tickets.reopen(caller(cast.sari), number)
    await desk.answer(caller(cast.dewi), number, "Tanggal 5.")
    again = await tickets.reopen(caller(cast.sari), number)
    assert (again.status, again.claimed_by, again.answer) == (TicketStatus.OPEN, cast.dewi.person_id, "Tanggal 5.")
    (told,) = await _queued(unit_of_work, Kind.TICKET_REOPENED)
    assert told.person_id == cast.dewi.person_id
    assert [(step["what"], step["who"]) for step in told.facts["history"]] == [
        ("ticket_opened", None),
        ("ticket_answered", "Dewi Anggraini"),
        ("ticket_reopened", None),
    ]
    answered = await desk.answer(caller(cast.dewi), number, "Tanggal 5 bulan depan.")
    assert not answered.may_reopen
    with pytest.raises(TicketAlreadyReopened):
        await tickets.reopen(caller(cast.sari), number)


async def test_more_words_reach_whoever_it_stands_with(
    unit_of_work: UnitOfWorkFactory, tickets: Tickets, desk: TicketDesk, cast: Cast
) -> None:
    number = (await tickets.open(caller(cast.sari), "Kapan TPP cair?")).number
    await desk.claim(caller(cast.agus), number)
    ticket = await tickets.add(caller(cast.sari), number, " Untuk bulan Oktober. ")
    assert ticket.question == "Kapan TPP cair?\n\n+ Untuk bulan Oktober."
    (told,) = await _queued(unit_of_work, Kind.TICKET_ADDED)
    assert (told.person_id, told.facts["is_held"]) == (cast.agus.person_id, True)
    with pytest.raises(EmptyText):
        await tickets.add(caller(cast.sari), number, " ")
    with pytest.raises(TextTooLong):
        await tickets.add(caller(cast.sari), number, "x" * 2000)
    await desk.answer(caller(cast.agus), number, "Sudah.")
    with pytest.raises(TicketAnswered):
        await tickets.add(caller(cast.sari), number, "Lagi")


async def test_nobody_touches_the_ticket_of_somebody_else(
    unit_of_work: UnitOfWorkFactory, tickets: Tickets, desk: TicketDesk, cast: Cast
) -> None:
    number = (await tickets.open(caller(cast.sari), "Kapan TPP cair?")).number
    await desk.answer(caller(cast.dewi), number, "Tanggal 5.")
    for call in (tickets.reopen(caller(cast.joko), number), tickets.add(caller(cast.joko), number, "ya")):
        with pytest.raises(NotYourTicket):
            await call
    assert await audited(unit_of_work, f"person:{cast.joko.person_id}") == [
        ("ticket_reopen_refused", f"person:{cast.joko.person_id}"),
        ("ticket_add_refused", f"person:{cast.joko.person_id}"),
    ]


async def test_refusals(tickets: Tickets, cast: Cast) -> None:
    for call in (tickets.open(Caller(), "satu"), tickets.mine(Caller()), tickets.reopen(Caller(), 1)):
        with pytest.raises(NotLinked):
            await call
    with pytest.raises(EmptyText):
        await tickets.open(caller(cast.sari), " \n ")
    with pytest.raises(TextTooLong) as refusal:
        await tickets.open(caller(cast.sari), "x" * 2001)
    assert (refusal.value.length, refusal.value.limit) == (2001, 2000)
    with pytest.raises(UnknownTicket):
        await tickets.reopen(caller(cast.sari), 4711)
