"""The fake database's tickets, what HR officers answer, and what becomes of the answers."""

from collections.abc import Collection
from datetime import datetime

from core.domain.ticket_knowledge import EntryStatus, KnowledgeEntry
from core.domain.ticket_routing import OTHER, Duty
from core.domain.tickets import Ticket, TicketStatus
from tests.fake_records import next_id
from tests.fake_repositories import Repository


class FakeTickets(Repository):
    async def create(
        self, person_id: int, question: str, now: datetime, topic: str = OTHER, campaign_id: int | None = None
    ) -> Ticket:
        number = next_id(self._records.tickets)
        ticket = Ticket(number, person_id, question, TicketStatus.OPEN, now, topic, campaign_id=campaign_id)
        self._records.tickets[ticket.number] = ticket
        return ticket

    async def get(self, number: int) -> Ticket | None:
        return self._records.tickets.get(number)

    async def of_person(self, person_id: int) -> list[Ticket]:
        return sorted((t for t in self._records.tickets.values() if t.person_id == person_id), key=lambda t: -t.number)

    async def open(self) -> list[Ticket]:
        return [t for t in self._records.tickets.values() if t.status is TicketStatus.OPEN]

    async def asking_units(self) -> dict[int, str]:
        return {ticket.number: self._records.people[ticket.person_id].unit.code for ticket in await self.open()}

    async def lock(self, number: int) -> Ticket | None:
        return await self.get(number)

    async def save(self, ticket: Ticket) -> None:
        self._records.tickets[ticket.number] = ticket

    async def to_remind(self, before: datetime) -> list[Ticket]:
        return [t for t in await self.open() if t.reminders < 2 and t.since <= before]

    async def duties(self) -> list[Duty]:
        return sorted(self._records.ticket_duties, key=lambda duty: duty.person_id)

    async def set_duties(self, person_id: int, duties: Collection[Duty]) -> None:
        kept = [duty for duty in self._records.ticket_duties if duty.person_id != person_id]
        self._records.ticket_duties[:] = [*kept, *duties]


class FakeEntries(Repository):
    async def get(self, ticket_number: int) -> KnowledgeEntry | None:
        return self._records.entries.get(ticket_number)

    lock = get

    async def save(self, entry: KnowledgeEntry) -> None:
        assert entry.approved_by != entry.author_id, "second person"
        self._records.entries[entry.ticket_number] = entry

    async def recent(self, limit: int) -> list[KnowledgeEntry]:
        return sorted(self._records.entries.values(), key=lambda entry: -entry.ticket_number)[:limit]

    async def hold(self) -> None:
        """Transactions of the fake run one after the other anyhow."""

    async def approved(self) -> list[KnowledgeEntry]:
        rows = [entry for entry in self._records.entries.values() if entry.status is EntryStatus.APPROVED]
        return sorted(rows, key=lambda entry: entry.ticket_number)
