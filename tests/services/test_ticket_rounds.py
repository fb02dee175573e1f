"""Reminders of tickets: after one working day whom it stands with, after two everybody, each once, in office time."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from core.domain.messages import Kind
from core.domain.people import Person
from core.ports import UnitOfWorkFactory
from core.services.ticket_desk import TicketDesk
from core.services.ticket_rounds import TicketRounds
from core.services.tickets import Tickets
from tests.factories import NOW, Cast, caller
from tests.fakes import FixedClock
from tests.services.ledger import audited


@pytest.fixture
def rounds(unit_of_work: UnitOfWorkFactory, clock: FixedClock) -> TicketRounds:
    return TicketRounds(unit_of_work, clock)


@pytest.fixture
def desk(unit_of_work: UnitOfWorkFactory, clock: FixedClock) -> TicketDesk:
    return TicketDesk(unit_of_work, clock)


@pytest.fixture
async def number(unit_of_work: UnitOfWorkFactory, clock: FixedClock, cast: Cast) -> int:
    """Asked on Tuesday at ten."""
    return (await Tickets(unit_of_work, clock).open(caller(cast.sari), "Kapan TPP cair?")).number


async def reminded(unit_of_work: UnitOfWorkFactory) -> list[tuple[int | None, bool]]:
    """(person, whether it says that it is theirs) of every reminder so far."""
    async with unit_of_work() as uow:
        rows = await uow.outbox.claim(NOW + timedelta(days=20), limit=50, bulk=False, claimed_by="test")
    found = [row for row in rows if row.kind is Kind.TICKET_REMINDER]
    return sorted((row.person_id, row.facts["is_yours"]) for row in found)


def everybody(people: Iterable[Person]) -> list[tuple[int | None, bool]]:
    return sorted((person.person_id, False) for person in people)


async def test_who_has_it_is_reminded_after_one_working_day_and_all_after_two(
    unit_of_work: UnitOfWorkFactory, clock: FixedClock, rounds: TicketRounds, desk: TicketDesk, cast: Cast, number: int
) -> None:
    await desk.claim(caller(cast.dewi), number)
    clock.pass_by(days=1, minutes=-1)
    assert await rounds.remind() == 0
    clock.pass_by(minutes=1)
    assert [await rounds.remind() for _ in range(3)] == [1, 0, 0]
    assert await reminded(unit_of_work) == [(cast.dewi.person_id, True)]
    clock.pass_by(days=1)
    assert [await rounds.remind() for _ in range(3)] == [1, 0, 0]
    assert (cast.agus.person_id, False) in await reminded(unit_of_work)
    clock.pass_by(days=3)
    assert await rounds.remind() == 0
    trail = await audited(unit_of_work, f"ticket:{number}")
    assert trail[-2:] == [("ticket_reminded", "scheduler")] * 2


async def test_what_nobody_took_is_called_to_mind_to_those_who_answer_such_questions(
    unit_of_work: UnitOfWorkFactory, clock: FixedClock, rounds: TicketRounds, cast: Cast, number: int
) -> None:
    clock.pass_by(days=1)
    await rounds.remind()
    assert await reminded(unit_of_work) == everybody([cast.dewi, cast.agus])


async def test_quiet_hours_weekends_and_holidays_do_not_count(
    unit_of_work: UnitOfWorkFactory, clock: FixedClock, cast: Cast, number: int
) -> None:
    rounds = TicketRounds(unit_of_work, clock, {date(2026, 11, 25), date(2026, 11, 26), date(2026, 11, 27)})
    for days in (1, 2, 3, 4, 5):  # Wednesday to Sunday
        clock.moment = NOW + timedelta(days=days)
        assert await rounds.remind() == 0
    clock.moment = NOW + timedelta(days=6, hours=-1)  # Monday at nine, an hour too early
    assert await rounds.remind() == 0
    clock.moment = NOW + timedelta(days=6, hours=11)  # at nine in the evening
    assert await rounds.remind() == 0
    clock.moment = NOW + timedelta(days=7, hours=-3)  # Tuesday at seven
    assert await rounds.remind() == 1


async def test_another_hand_and_an_answer_begin_anew(
    unit_of_work: UnitOfWorkFactory, clock: FixedClock, rounds: TicketRounds, desk: TicketDesk, cast: Cast, number: int
) -> None:
    await desk.claim(caller(cast.dewi), number)
    clock.pass_by(days=1)
    await rounds.remind()
    await desk.hand(caller(cast.dewi), number, cast.agus.person_id)
    clock.pass_by(hours=23)
    assert await rounds.remind() == 0
    clock.pass_by(hours=1)
    await rounds.remind()
    assert await reminded(unit_of_work) == sorted([(cast.dewi.person_id, True), (cast.agus.person_id, True)])
    await desk.answer(caller(cast.agus), number, "Tanggal 5.")
    clock.pass_by(days=3)
    assert await rounds.remind() == 0
    await Tickets(unit_of_work, clock).reopen(caller(cast.sari), number)
    assert await rounds.remind() == 0
    clock.pass_by(days=3)
    assert await rounds.remind() == 1
