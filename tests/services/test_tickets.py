"""Questions to HR and their answers."""

import pytest

from core.domain.errors import EmptyText, NotHR, NotLinked, TextTooLong, UnknownTicket
from core.domain.messages import Kind, Message
from core.domain.people import Caller
from core.domain.tickets import TicketStatus
from core.ports import UnitOfWorkFactory
from core.services.tickets import Tickets
from tests.factories import NOW, Cast, caller
from tests.fakes import FixedClock
from tests.services.ledger import audited


@pytest.fixture
def tickets(unit_of_work: UnitOfWorkFactory, clock: FixedClock) -> Tickets:
    return Tickets(unit_of_work, clock)


async def _queued(unit_of_work: UnitOfWorkFactory) -> list[Message]:
    async with unit_of_work() as uow:
        return await uow.outbox.claim(NOW, limit=50, bulk=False, claimed_by="test")


async def test_a_question_is_numbered_and_every_hr_officer_is_told(
    unit_of_work: UnitOfWorkFactory, tickets: Tickets, cast: Cast
) -> None:
    ticket = await tickets.open(caller(cast.sari), "  Kapan TPP cair?  ")

    assert (ticket.question, ticket.status) == ("Kapan TPP cair?", TicketStatus.OPEN)
    told = await _queued(unit_of_work)
    assert {row.person_id for row in told} == {cast.dewi.person_id, cast.agus.person_id}
    assert {row.kind for row in told} == {Kind.TICKET_OPENED}
    assert told[0].facts == {
        "ticket_number": ticket.number,
        "question": "Kapan TPP cair?",
        "topic": "lainnya",
        "unit": "Disdik",
    }


async def test_the_answer_goes_to_the_asker_and_may_be_given_again(
    unit_of_work: UnitOfWorkFactory, tickets: Tickets, cast: Cast
) -> None:
    number = (await tickets.open(caller(cast.sari), "Kapan TPP cair?")).number
    for answer in ("Tanggal 5.", "Maaf, tanggal 6."):
        answered = await tickets.answer(caller(cast.dewi), number, answer)
        assert (answered.answer, answered.status) == (answer, TicketStatus.ANSWERED)

    told = [row for row in await _queued(unit_of_work) if row.kind is Kind.TICKET_ANSWERED]
    assert [row.facts["answer"] for row in told] == ["Tanggal 5.", "Maaf, tanggal 6."]
    assert {row.person_id for row in told} == {cast.sari.person_id}
    assert await audited(unit_of_work, f"ticket:{number}") == [
        ("ticket_opened", f"person:{cast.sari.person_id}"),
        ("ticket_answered", f"person:{cast.dewi.person_id}"),
        ("ticket_answered", f"person:{cast.dewi.person_id}"),
    ]


async def test_each_sees_their_own_and_hr_the_open_ones(tickets: Tickets, cast: Cast) -> None:
    first = await tickets.open(caller(cast.sari), "satu")
    second = await tickets.open(caller(cast.joko), "dua")
    third = await tickets.open(caller(cast.sari), "tiga")
    await tickets.answer(caller(cast.agus), first.number, "ya")

    assert [t.question for t in await tickets.mine(caller(cast.sari))] == ["tiga", "satu"]
    assert [t.number for t in await tickets.queue(caller(cast.dewi))] == [second.number, third.number]


async def test_only_hr_reads_and_answers_the_queue(tickets: Tickets, cast: Cast) -> None:
    number = (await tickets.open(caller(cast.sari), "satu")).number
    for stranger in (caller(cast.bambang), caller(cast.sari), Caller(telegram_id=1)):
        with pytest.raises(NotHR):
            await tickets.queue(stranger)
        with pytest.raises(NotHR):
            await tickets.answer(stranger, number, "ya")


async def test_refusals(tickets: Tickets, cast: Cast) -> None:
    for call in (tickets.open(Caller(), "satu"), tickets.mine(Caller())):
        with pytest.raises(NotLinked):
            await call
    with pytest.raises(EmptyText):
        await tickets.open(caller(cast.sari), " \n ")
    with pytest.raises(TextTooLong) as refusal:
        await tickets.open(caller(cast.sari), "x" * 2001)
    assert (refusal.value.length, refusal.value.limit) == (2001, 2000)
    with pytest.raises(UnknownTicket):
        await tickets.answer(caller(cast.dewi), 4711, "ya")
    number = (await tickets.open(caller(cast.sari), "x" * 2000)).number
    with pytest.raises(EmptyText):
        await tickets.answer(caller(cast.dewi), number, "")
