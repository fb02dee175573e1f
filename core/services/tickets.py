"""Questions handed to HR officers, and their answers on the way back."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from core.domain.campaign_content import check_text
from core.domain.errors import NotLinked, UnknownTicket
from core.domain.messages import Kind, NewMessage
from core.domain.people import Caller, Person
from core.domain.ticket_routing import OTHER, and_above, responsible
from core.domain.tickets import Ticket
from core.ports import Clock, UnitOfWork, UnitOfWorkFactory
from core.services.rights import actor
from core.services.rights import officer as officer_of
from core.services.ticket_topics import topics_known

QUESTION_LIMIT = 2000
ANSWER_LIMIT = 1800
"""Question and answer must fit into one Telegram message (4096) together with the words around them."""

_LASTS = timedelta(days=30)


TopicOf = Callable[[str], Awaitable[str]]


async def officers_for(uow: UnitOfWork, ticket: Ticket, asker: Person) -> list[Person]:
    """Those who are told of the ticket, as duties and units stand now."""
    units = {unit.code: unit for unit in await uow.people.units()}
    return responsible(
        await uow.people.hr_officers(),
        await uow.tickets.duties(),
        ticket.topic,
        and_above(asker.unit.code, units),
        asker.person_id,
    )


class Tickets:
    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock, topic_of: TopicOf | None = None) -> None:
        """`topic_of` says what a question is about; without it every officer hears of everything."""
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._topic_of = topic_of

    async def open(self, caller: Caller, question: str) -> Ticket:
        """A numbered ticket; the officers who answer such questions are told. Raises NotLinked, EmptyText, TextTooLong (2000)."""
        if caller.person is None:
            raise NotLinked
        question = check_text(question, QUESTION_LIMIT)
        now = self._clock.now()
        topic = await self._topic_of(question) if self._topic_of is not None else OTHER
        async with self._unit_of_work() as uow:
            ticket = await uow.tickets.create(caller.person.person_id, question, now, topic)
            subject = f"ticket:{ticket.number}"
            await uow.audit.record(
                "ticket_opened", now, actor=actor(caller.person), subject=subject, facts={"topic": topic}
            )
            titles = await topics_known(uow)
            await uow.outbox.add(
                NewMessage(
                    key=f"ticket:{ticket.number}:opened:{officer.person_id}",
                    kind=Kind.TICKET_OPENED,
                    facts={
                        "ticket_number": ticket.number,
                        "question": question,
                        "topic": titles.get(topic, topic),
                        "unit": caller.person.unit.short_name,
                    },
                    due_at=now,
                    expires_at=now + _LASTS,
                    person_id=officer.person_id,
                )
                for officer in await officers_for(uow, ticket, caller.person)
            )
            await uow.commit()
        return ticket

    async def mine(self, caller: Caller) -> list[Ticket]:
        """Newest first. Raises NotLinked."""
        if caller.person is None:
            raise NotLinked
        async with self._unit_of_work() as uow:
            tickets = await uow.tickets.of_person(caller.person.person_id)
        return sorted(tickets, key=lambda ticket: ticket.number, reverse=True)

    async def queue(self, caller: Caller) -> list[Ticket]:
        """Open tickets, oldest first. Raises NotHR."""
        async with self._unit_of_work() as uow:
            await officer_of(uow, caller)
            tickets = await uow.tickets.open()
        return sorted(tickets, key=lambda ticket: ticket.number)

    async def answer(self, caller: Caller, number: int, text: str) -> Ticket:
        """The employee is told. Raises NotHR, UnknownTicket, EmptyText, TextTooLong (1800).

        An answered ticket may be answered again.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            officer = await officer_of(uow, caller)
            text = check_text(text, ANSWER_LIMIT)
            if await uow.tickets.get(number) is None:
                raise UnknownTicket(number)
            ticket = await uow.tickets.answer(number, text, officer.person_id, now)
            subject = f"ticket:{number}"
            await uow.audit.record("ticket_answered", now, actor=actor(officer), subject=subject)
            times = len(await uow.audit.of_subject(subject))
            await uow.outbox.add(
                [
                    NewMessage(
                        key=f"ticket:{number}:answered:{times}",
                        kind=Kind.TICKET_ANSWERED,
                        facts={"ticket_number": number, "question": ticket.question, "answer": text},
                        due_at=now,
                        expires_at=now + _LASTS,
                        person_id=ticket.person_id,
                    )
                ]
            )
            await uow.commit()
        return ticket
