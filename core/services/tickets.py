"""Questions handed to HR, as who asks them sees it. The officers' side: `ticket_desk`."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from core.domain import tickets as rules
from core.domain.campaign_content import check_text, title_of
from core.domain.campaigns import Campaign
from core.domain.errors import NotLinked, NotYourTicket, TicketAnswered
from core.domain.people import Caller, Person
from core.domain.ticket_routing import OTHER
from core.domain.tickets import Ticket
from core.ports import Clock, UnitOfWork, UnitOfWorkFactory
from core.services import ticket_messages as messages
from core.services import ticket_steps as steps
from core.services.ticket_topics import topics_known

QUESTION_LIMIT = 2000
"""Question and answer must fit into one Telegram message (4096) together with the words around them."""

TopicOf = Callable[[str], Awaitable[str]]


class Tickets:
    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock, topic_of: TopicOf | None = None) -> None:
        """`topic_of` says what a question is about; without it every officer hears of everything."""
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._topic_of = topic_of

    async def open(self, caller: Caller, question: str, campaign: Campaign | None = None) -> Ticket:
        """A numbered ticket; the officers who answer such questions are told. Raises NotLinked, EmptyText, TextTooLong (2000).

        `campaign`: the one that is asked about; its title goes along.
        """
        person = _linked(caller)
        question = check_text(question, QUESTION_LIMIT)
        now = self._clock.now()
        about = title_of(campaign.text) if campaign is not None else None
        words = question if about is None else f"{about}. {question}"
        topic = await self._topic_of(words) if self._topic_of is not None else OTHER
        async with self._unit_of_work() as uow:
            campaign_id = campaign.campaign_id if campaign is not None else None
            ticket = await uow.tickets.create(person.person_id, question, now, topic, campaign_id)
            await steps.audit(uow, "ticket_opened", now, person, ticket, topic=topic)
            title = (await topics_known(uow)).get(topic, topic)
            officers = await steps.officers_for(uow, ticket)
            await uow.outbox.add(messages.opened(ticket, title, person.unit.short_name, about, officers, now))
            await uow.commit()
        return ticket

    async def mine(self, caller: Caller) -> list[Ticket]:
        """Newest first. Raises NotLinked."""
        person = _linked(caller)
        async with self._unit_of_work() as uow:
            tickets = await uow.tickets.of_person(person.person_id)
        return sorted(tickets, key=lambda ticket: ticket.number, reverse=True)

    async def own(self, caller: Caller, number: int) -> Ticket:
        """Raises NotLinked, NotYourTicket, UnknownTicket."""
        async with self._unit_of_work() as uow:
            return (await self._own(uow, caller, "ticket_look", number))[1]

    async def reopen(self, caller: Caller, number: int) -> Ticket:
        """The answer does not answer it: back to who gave it, once.

        Raises NotLinked, NotYourTicket, UnknownTicket, TicketNotAnswered, TicketAlreadyReopened.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            person, ticket = await self._own(uow, caller, "ticket_reopen", number)
            ticket = rules.reopened(ticket, await steps.holder_of(uow, ticket), now)
            await uow.tickets.save(ticket)
            step = await steps.audit(uow, "ticket_reopened", now, person, ticket)
            history = await steps.history(uow, ticket)
            await uow.outbox.add(messages.reopened(ticket, await self._told(uow, ticket), history, step, now))
            await uow.commit()
        return ticket

    async def add(self, caller: Caller, number: int, text: str) -> Ticket:
        """More words to an open question; whoever it stands with is told.

        Raises NotLinked, NotYourTicket, UnknownTicket, TicketAnswered, EmptyText, TextTooLong (2000 in all).
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            person, ticket = await self._own(uow, caller, "ticket_add", number)
            if not ticket.is_open:
                raise TicketAnswered(number, "")
            question = check_text(f"{ticket.question}\n\n+ {check_text(text)}", QUESTION_LIMIT)
            ticket = replace(ticket, question=question)
            await uow.tickets.save(ticket)
            step = await steps.audit(uow, "ticket_added_to", now, person, ticket)
            await uow.outbox.add(messages.added(ticket, await self._told(uow, ticket), step, now))
            await uow.commit()
        return ticket

    async def _own(self, uow: UnitOfWork, caller: Caller, tried: str, number: int) -> tuple[Person, Ticket]:
        person = _linked(caller)
        ticket = await steps.locked(uow, number)
        if ticket.person_id != person.person_id:
            await steps.keep_refusal(uow, caller, tried, number, self._clock.now())
            raise NotYourTicket(number)
        return person, ticket

    async def _told(self, uow: UnitOfWork, ticket: Ticket) -> list[Person]:
        """Whom it stands with."""
        holder = await steps.holder_of(uow, ticket)
        return [holder] if holder is not None else await steps.officers_for(uow, ticket)


def _linked(caller: Caller) -> Person:
    if caller.person is None:
        raise NotLinked
    return caller.person
