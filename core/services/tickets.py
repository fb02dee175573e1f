"""Questions handed to HR officers, and their answers on the way back."""

from core.domain.people import Caller
from core.domain.tickets import Ticket
from core.ports import Clock, UnitOfWorkFactory


class Tickets:
    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def open(self, caller: Caller, question: str) -> Ticket:
        """A numbered ticket; every HR officer is told through the ledger. Raises NotLinked, EmptyText, TextTooLong (2000)."""
        raise NotImplementedError

    async def mine(self, caller: Caller) -> list[Ticket]:
        """Newest first. Raises NotLinked."""
        raise NotImplementedError

    async def queue(self, caller: Caller) -> list[Ticket]:
        """Open tickets, oldest first. Raises NotHR."""
        raise NotImplementedError

    async def answer(self, caller: Caller, number: int, text: str) -> Ticket:
        """The employee is told. Raises NotHR, UnknownTicket, EmptyText; an answered ticket may be answered again."""
        raise NotImplementedError
