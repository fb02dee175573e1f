"""What tickets need without anybody asking: reminders of those that nobody answers."""

from dataclasses import replace
from datetime import datetime, timedelta

from core.domain.tickets import REMIND_AFTER, Ticket, reminder_due
from core.domain.working_days import Holidays, is_office_time
from core.ports import Clock, UnitOfWork, UnitOfWorkFactory
from core.services import ticket_messages as messages
from core.services import ticket_steps as steps


class TicketRounds:
    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock, holidays: Holidays = frozenset()) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._holidays = holidays

    async def remind(self) -> int:
        """How many tickets were called to mind; each round once, in office time only. Called by a tick.

        After one working day whoever has it is told (nobody: those who answer such questions), after two every officer.
        """
        now = self._clock.now()
        if not is_office_time(now, self._holidays):
            return 0
        async with self._unit_of_work() as uow:
            # working days are never fewer than days
            waiting = await uow.tickets.to_remind(now - timedelta(days=REMIND_AFTER))
        reminded = 0
        for candidate in waiting:
            async with self._unit_of_work() as uow:
                ticket = await uow.tickets.lock(candidate.number)
                if ticket is None or not (rounds := reminder_due(ticket, now, self._holidays)):
                    continue
                await self._remind(uow, ticket, rounds, now)
                await uow.commit()
                reminded += 1
        return reminded

    async def _remind(self, uow: UnitOfWork, ticket: Ticket, rounds: int, now: datetime) -> None:
        holder = await steps.holder_of(uow, ticket)
        if rounds > 1:
            told = await uow.people.hr_officers()
        else:
            told = [holder] if holder is not None and holder.is_hr else await steps.officers_for(uow, ticket)
        await uow.tickets.save(replace(ticket, reminders=rounds))
        await uow.outbox.add(messages.reminders(ticket, holder, told, rounds, now))
        await uow.audit.record(
            "ticket_reminded", now, actor="scheduler", subject=ticket.subject, facts={"round": rounds}
        )
