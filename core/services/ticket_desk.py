"""HR's desk of tickets: who handles what, answering, handing on. Rights are read from the database.

Every step locks the ticket, lets `core.domain.tickets` speak, saves, tells whom it concerns, and leaves a row in the trail.
"""

from dataclasses import dataclass

from core.domain import tickets as rules
from core.domain.campaign_content import check_text, title_of
from core.domain.errors import NotAnOfficer, UnknownTicket
from core.domain.people import Caller, Person
from core.domain.ticket_routing import and_above, responsible
from core.domain.tickets import Ticket, TicketStep
from core.domain.working_days import Holidays
from core.ports import Clock, UnitOfWork, UnitOfWorkFactory
from core.services import ticket_messages as messages
from core.services import ticket_steps as steps
from core.services.rights import officer
from core.services.ticket_topics import topics_known

ANSWER_LIMIT = 1800
"""With the question (2000) and the words around them one Telegram message (4096)."""


@dataclass(frozen=True)
class TicketCard:
    """A ticket as this officer may see it: who asked is shown to whoever handles it."""

    ticket: Ticket
    topic: str
    unit: str
    holder: Person | None
    history: tuple[TicketStep, ...]
    asker: Person | None = None
    campaign: str | None = None
    """The title of the one it was asked about."""
    is_mine: bool = False
    is_free: bool = False


@dataclass(frozen=True)
class QueuedTicket:
    """`is_for_me`: it stands with this officer, or waits for officers of whom this is one."""

    ticket: Ticket
    holder: Person | None
    is_for_me: bool


class TicketDesk:
    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock, holidays: Holidays = frozenset()) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._holidays = holidays

    async def queue(self, caller: Caller) -> list[QueuedTicket]:
        """Open tickets: the officer's own first, then those waiting for them, then the others; oldest first. Raises NotHR."""
        async with self._unit_of_work() as uow:
            me = await officer(uow, caller)
            tickets, asking = await uow.tickets.open(), await uow.tickets.asking_units()
            officers, duties = await uow.people.hr_officers(), await uow.tickets.duties()
            units = {unit.code: unit for unit in await uow.people.units()}
            holders = {one.person_id: one for one in officers}
            for left in {one.claimed_by for one in tickets} - holders.keys() - {None}:  # who is of HR no longer
                if left is not None and (person := await uow.people.get(left)) is not None:
                    holders[left] = person
        rows = []
        for ticket in tickets:
            holder = holders.get(ticket.claimed_by or 0)
            above = and_above(asking.get(ticket.number, ""), units)
            told = (
                [holder]
                if holder and holder.is_hr
                else responsible(officers, duties, ticket.topic, above, ticket.person_id)
            )
            rows.append(QueuedTicket(ticket, holder, me.person_id in {one.person_id for one in told}))
        return sorted(
            rows, key=lambda row: (row.holder is None or not row.is_for_me, not row.is_for_me, row.ticket.number)
        )

    async def of_message(self, caller: Caller, telegram_message_id: int) -> int | None:
        """The ticket that this message of the officer's chat is about; None: none, or the caller is of HR no longer."""
        async with self._unit_of_work() as uow:
            me = await uow.people.get(caller.person.person_id) if caller.person is not None else None
            if me is None or not me.is_hr:
                return None
            return await uow.outbox.ticket_of(me.person_id, telegram_message_id)

    async def card(self, caller: Caller, number: int) -> TicketCard:
        """Raises NotHR, UnknownTicket."""
        async with self._unit_of_work() as uow:
            me = await steps.officer(uow, caller, "ticket_look", number, self._clock.now())
            ticket = await uow.tickets.get(number)
            if ticket is None:
                raise UnknownTicket(number)
            return await self._card(uow, me, ticket)

    async def claim(self, caller: Caller, number: int) -> TicketCard:
        """Of several at once one gets it. Raises NotHR, UnknownTicket, TicketTaken, TicketAnswered."""
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            me = await steps.officer(uow, caller, "ticket_claim", number, now)
            before = await steps.locked(uow, number)
            former = await steps.holder_of(uow, before)
            ticket = rules.claimed(before, me, former, now, self._holidays)
            if ticket != before:
                await uow.tickets.save(ticket)
                step = await steps.audit(uow, "ticket_claimed", now, me, ticket)
                if former is not None:
                    await uow.outbox.add(messages.taken_over(ticket, former, me, step, now))
            shown = await self._card(uow, me, ticket)
            await uow.commit()
        return shown

    async def release(self, caller: Caller, number: int) -> TicketCard:
        """Whoever answers such questions is told again. Raises NotHR, UnknownTicket, TicketNotHeld, TicketAnswered."""
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            me = await steps.officer(uow, caller, "ticket_release", number, now)
            ticket = rules.released(await steps.locked(uow, number), me, now)
            await uow.tickets.save(ticket)
            step = await steps.audit(uow, "ticket_released", now, me, ticket)
            shown = await self._card(uow, me, ticket)
            officers = await steps.officers_for(uow, ticket)
            await uow.outbox.add(messages.released(ticket, me, shown.topic, shown.unit, officers, step, now))
            await uow.commit()
        return shown

    async def colleagues(self, caller: Caller, number: int) -> list[Person]:
        """To whom it can be handed: officers with an account, those who answer such questions first.

        Raises NotHR, UnknownTicket, TicketTaken, TicketAnswered.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            me = await steps.officer(uow, caller, "ticket_hand", number, now)
            ticket = await steps.locked(uow, number)
            rules.handed(ticket, me, me, await steps.holder_of(uow, ticket), now, self._holidays)
            first = {one.person_id for one in await steps.officers_for(uow, ticket)}
            others = [
                person
                for person in await uow.people.hr_officers()
                if person.person_id not in (me.person_id, ticket.person_id)
                and await uow.accounts.of_person(person.person_id) is not None
            ]
        return sorted(others, key=lambda person: (person.person_id not in first, person.name))

    async def hand(self, caller: Caller, number: int, to_id: int) -> tuple[TicketCard, Person]:
        """The colleague has it from now on and is told, with its history.

        Raises NotHR, UnknownTicket, NotAnOfficer, TicketTaken, TicketAnswered.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            me = await steps.officer(uow, caller, "ticket_hand", number, now)
            before = await steps.locked(uow, number)
            to = await uow.people.get(to_id)
            if to is None or not to.is_hr:
                raise NotAnOfficer(str(to_id))
            ticket = rules.handed(before, me, to, await steps.holder_of(uow, before), now, self._holidays)
            if ticket != before:
                await uow.tickets.save(ticket)
                step = await steps.audit(uow, "ticket_handed", now, me, ticket, to=to.person_id)
                history = await steps.history(uow, ticket)
                await uow.outbox.add(messages.handed(ticket, me, to, history, step, now))
            shown = await self._card(uow, me, ticket)
            await uow.commit()
        return shown, to

    async def check_answer(self, caller: Caller, number: int, text: str) -> tuple[Ticket, str]:
        """The answer as it would be sent; nothing is done. Raises as `answer`."""
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            me = await steps.officer(uow, caller, "ticket_answer", number, now)
            ticket = await steps.locked(uow, number)
            text = check_text(text, ANSWER_LIMIT)
            return rules.answered(ticket, me, text, await steps.holder_of(uow, ticket), now, self._holidays), text

    async def answer(self, caller: Caller, number: int, text: str) -> Ticket:
        """The person is told. Raises NotHR, UnknownTicket, TicketTaken, EmptyText, TextTooLong (1800).

        An answered ticket may be answered again by who answered it.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            me = await steps.officer(uow, caller, "ticket_answer", number, now)
            ticket = await steps.locked(uow, number)
            text = check_text(text, ANSWER_LIMIT)
            ticket = rules.answered(ticket, me, text, await steps.holder_of(uow, ticket), now, self._holidays)
            await uow.tickets.save(ticket)
            step = await steps.audit(uow, "ticket_answered", now, me, ticket)
            await uow.outbox.add(messages.answered(ticket, step, now))
            await uow.commit()
        return ticket

    async def _card(self, uow: UnitOfWork, me: Person, ticket: Ticket) -> TicketCard:
        asker = await uow.people.get(ticket.person_id)
        holder = await steps.holder_of(uow, ticket)
        campaign = await uow.campaigns.get(ticket.campaign_id) if ticket.campaign_id is not None else None
        is_mine = ticket.claimed_by == me.person_id
        return TicketCard(
            ticket=ticket,
            topic=(await topics_known(uow)).get(ticket.topic, ticket.topic),
            unit=asker.unit.short_name if asker is not None else "",
            holder=holder,
            history=tuple(await steps.history(uow, ticket)),
            asker=asker if is_mine else None,
            campaign=title_of(campaign.text) if campaign is not None else None,
            is_mine=is_mine,
            is_free=ticket.is_open and rules.is_free(ticket, holder, self._clock.now(), self._holidays),
        )
