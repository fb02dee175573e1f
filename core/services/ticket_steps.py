"""Steps of tickets inside an open transaction: who is told, the ticket locked, its holder, its history, its audit."""

from datetime import datetime

from core.domain.errors import NotHR, UnknownTicket
from core.domain.people import Caller, Person
from core.domain.ticket_routing import and_above, responsible
from core.domain.tickets import Ticket, TicketStep
from core.ports import UnitOfWork
from core.services import rights

_PERSON = "person:"


async def officers_for(uow: UnitOfWork, ticket: Ticket) -> list[Person]:
    """Those who are told of the ticket, as duties and units stand now."""
    asker = await uow.people.get(ticket.person_id)
    units = {unit.code: unit for unit in await uow.people.units()}
    return responsible(
        await uow.people.hr_officers(),
        await uow.tickets.duties(),
        ticket.topic,
        and_above(asker.unit.code, units) if asker is not None else (),
        ticket.person_id,
    )


async def officer(uow: UnitOfWork, caller: Caller, tried: str, number: int, now: datetime) -> Person:
    """The caller as an HR officer; a try of anybody else is audited. Raises NotHR."""
    try:
        return await rights.officer(uow, caller)
    except NotHR:
        await keep_refusal(uow, caller, tried, number, now)
        raise


async def keep_refusal(uow: UnitOfWork, caller: Caller, tried: str, number: int, now: datetime) -> None:
    """Audits a try at somebody else's ticket, as the only thing this transaction did. The caller then raises."""
    who = f"{_PERSON}{caller.person.person_id if caller.person is not None else None}"
    await uow.audit.record(f"{tried}_refused", now, actor=who, subject=who, facts={"ticket_number": number})
    await uow.commit()


async def locked(uow: UnitOfWork, number: int) -> Ticket:
    """Locked until commit. Raises UnknownTicket."""
    ticket = await uow.tickets.lock(number)
    if ticket is None:
        raise UnknownTicket(number)
    return ticket


async def holder_of(uow: UnitOfWork, ticket: Ticket) -> Person | None:
    return await uow.people.get(ticket.claimed_by) if ticket.claimed_by is not None else None


async def history(uow: UnitOfWork, ticket: Ticket) -> list[TicketStep]:
    people: dict[str, Person | None] = {}
    steps = []
    for at, action, who in await uow.audit.trail(ticket.subject):
        if who not in people:
            people[who] = await uow.people.get(int(who.removeprefix(_PERSON))) if who.startswith(_PERSON) else None
        steps.append(TicketStep(at, action, people[who]))
    return steps


async def audit(
    uow: UnitOfWork, action: str, now: datetime, person: Person, ticket: Ticket, **facts: int | str | None
) -> int:
    """One row of the trail; returns how many the ticket has now, which tells its messages apart."""
    await uow.audit.record(action, now, actor=rights.actor(person), subject=ticket.subject, facts=facts)
    return len(await uow.audit.of_subject(ticket.subject))
