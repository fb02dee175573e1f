"""Questions handed to HR officers, and their answers on the way back."""

from datetime import timedelta

from core.domain.campaign_content import check_text
from core.domain.errors import NotLinked, UnknownTicket
from core.domain.messages import Kind, NewMessage
from core.domain.people import Caller
from core.domain.tickets import Ticket
from core.ports import Clock, UnitOfWorkFactory
from core.services.rights import actor
from core.services.rights import officer as officer_of

QUESTION_LIMIT = 2000
ANSWER_LIMIT = 1800
"""Question and answer must fit into one Telegram message (4096) together with the words around them."""

_LASTS = timedelta(days=30)


class Tickets:
    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def open(self, caller: Caller, question: str) -> Ticket:
        """A numbered ticket; every HR officer is told through the ledger. Raises NotLinked, EmptyText, TextTooLong (2000)."""
        if caller.person is None:
            raise NotLinked
        question = check_text(question, QUESTION_LIMIT)
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            ticket = await uow.tickets.create(caller.person.person_id, question, now)
            await uow.audit.record("ticket_opened", now, actor=actor(caller.person), subject=f"ticket:{ticket.number}")
            await uow.outbox.add(
                NewMessage(
                    key=f"ticket:{ticket.number}:opened:{officer.person_id}",
                    kind=Kind.TICKET_OPENED,
                    facts={"ticket_number": ticket.number, "question": question},
                    due_at=now,
                    expires_at=now + _LASTS,
                    person_id=officer.person_id,
                )
                for officer in await uow.people.hr_officers()
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
