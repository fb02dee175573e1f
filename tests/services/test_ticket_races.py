"""Officers who press at once, on PostgreSQL over connections of their own: one gets the ticket, the others are told who."""

import asyncio
from collections import Counter

import pytest

from core.domain.errors import EntryNotInState, TicketTaken
from core.domain.messages import Kind
from core.ports import UnitOfWorkFactory
from core.services.ticket_desk import TicketCard, TicketDesk
from core.services.ticket_knowledge import TicketKnowledge
from core.services.ticket_rounds import TicketRounds
from core.services.tickets import Tickets
from core.storage.database import Database
from tests.factories import NOW, Cast, add_people, caller
from tests.fakes import FakeEmbedder, FixedClock
from tests.services.ledger import audited
from tests.services.test_races import at_once


@pytest.fixture
def unit_of_work(database: Database) -> UnitOfWorkFactory:
    return database.unit_of_work


@pytest.fixture
async def cast(unit_of_work: UnitOfWorkFactory) -> Cast:
    return await add_people(unit_of_work)


@pytest.fixture
def desk(unit_of_work: UnitOfWorkFactory, clock: FixedClock) -> TicketDesk:
    return TicketDesk(unit_of_work, clock)


@pytest.fixture
async def number(unit_of_work: UnitOfWorkFactory, clock: FixedClock, cast: Cast) -> int:
    return (await Tickets(unit_of_work, clock).open(caller(cast.sari), "Kapan TPP cair?")).number


async def kinds(unit_of_work: UnitOfWorkFactory) -> Counter[Kind]:
    async with unit_of_work() as uow:
        return Counter(row.kind for row in await uow.outbox.claim(NOW, limit=200, bulk=False, claimed_by="test"))


async def test_two_officers_press_at_once_and_one_gets_it(
    unit_of_work: UnitOfWorkFactory, desk: TicketDesk, cast: Cast, number: int
) -> None:
    outcomes = await asyncio.gather(
        *(desk.claim(caller(one), number) for one in (cast.dewi, cast.agus) for _ in range(10)), return_exceptions=True
    )
    cards = [one for one in outcomes if isinstance(one, TicketCard)]
    refusals = [one for one in outcomes if isinstance(one, TicketTaken)]
    assert (len(cards), len(refusals)) == (10, 10)  # all presses of one, none of the other
    (holder,) = {card.holder.name for card in cards if card.holder}
    assert {refusal.holder for refusal in refusals} == {holder}
    trail = await audited(unit_of_work, f"ticket:{number}")
    assert [action for action, _ in trail] == ["ticket_opened", "ticket_claimed"]


async def test_a_claim_and_handing_on_at_once_leave_one_holder(
    unit_of_work: UnitOfWorkFactory, desk: TicketDesk, cast: Cast, number: int
) -> None:
    await asyncio.gather(
        *(desk.claim(caller(cast.dewi), number) for _ in range(5)),
        *(desk.hand(caller(cast.agus), number, cast.agus.person_id) for _ in range(5)),
        return_exceptions=True,
    )
    async with unit_of_work() as uow:
        ticket = await uow.tickets.get(number)
    assert ticket is not None
    assert ticket.claimed_by in (cast.dewi.person_id, cast.agus.person_id)
    assert len(await audited(unit_of_work, ticket.subject)) == 2


async def test_two_answers_at_once_are_one_of_one_officer(
    unit_of_work: UnitOfWorkFactory, desk: TicketDesk, cast: Cast, number: int
) -> None:
    done, refusals = await at_once([desk.answer(caller(one), number, one.name) for one in (cast.dewi, cast.agus)])
    assert (len(done), refusals) == (1, {TicketTaken: 1})
    assert (await kinds(unit_of_work))[Kind.TICKET_ANSWERED] == 1


async def test_a_button_pressed_ten_times_at_once_reopens_it_once(
    unit_of_work: UnitOfWorkFactory, clock: FixedClock, desk: TicketDesk, cast: Cast, number: int
) -> None:
    await desk.answer(caller(cast.dewi), number, "Tanggal 5.")
    tickets = Tickets(unit_of_work, clock)
    done, refusals = await at_once([tickets.reopen(caller(cast.sari), number) for _ in range(10)])
    assert len(done) == 1
    assert sum(refusals.values()) == 9
    assert (await kinds(unit_of_work))[Kind.TICKET_REOPENED] == 1


async def test_two_schedulers_at_once_remind_once(
    unit_of_work: UnitOfWorkFactory, clock: FixedClock, cast: Cast, number: int
) -> None:
    clock.pass_by(days=1)
    rounds = [TicketRounds(unit_of_work, clock) for _ in range(4)]
    assert sum(await asyncio.gather(*(one.remind() for one in rounds))) == 1
    async with unit_of_work() as uow:
        rows = await uow.outbox.claim(clock.now(), limit=50, bulk=False, claimed_by="test")
    assert sum(row.kind is Kind.TICKET_REMINDER for row in rows) == 2  # two officers


async def test_entries_approved_and_withdrawn_at_once_leave_the_document_as_they_say(
    unit_of_work: UnitOfWorkFactory, clock: FixedClock, desk: TicketDesk, cast: Cast
) -> None:
    entries = TicketKnowledge(unit_of_work, clock, FakeEmbedder())
    versions = {}
    for n in range(6):
        number = (await Tickets(unit_of_work, clock).open(caller(cast.sari), f"Pertanyaan {n}?")).number
        await desk.answer(caller(cast.dewi), number, f"Jawaban {n}.")
        await entries.begin(caller(cast.dewi), number)
        await entries.change(caller(cast.dewi), number, questions=f"Pertanyaan {n}?")
        shown = await entries.change(caller(cast.dewi), number, basis="Pergub 19/2020 Pasal 21")
        await entries.submit(caller(cast.dewi), number)
        versions[number] = shown.entry.version
    first, *others = versions
    await entries.approve(caller(cast.agus), first, versions[first])

    calls = [entries.approve(caller(cast.agus), number, versions[number]) for number in others for _ in range(2)]
    done, refusals = await at_once([*calls, entries.withdraw(caller(cast.dewi), first)])

    assert (len(done), refusals) == (6, {EntryNotInState: 5})
    async with unit_of_work() as uow:
        assert {one.section_id for one in await uow.knowledge.all()} == {f"TIKET{number}" for number in others}
