"""Questions handed to HR. An erased ticket keeps its number and is shown to nobody."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.domain.ticket_routing import OTHER, Duty
from core.domain.tickets import Ticket, TicketStatus
from core.storage.tables import people, ticket_duties, tickets

_ROUNDS = 2


class SqlTickets:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def create(
        self, person_id: int, question: str, now: datetime, topic: str = OTHER, campaign_id: int | None = None
    ) -> Ticket:
        statement = (
            insert(tickets)
            .values(
                person_id=person_id,
                question=question,
                status=TicketStatus.OPEN,
                created_at=now,
                topic=topic,
                campaign_id=campaign_id,
            )
            .returning(*tickets.c)
        )
        return _ticket((await self._connection.execute(statement)).one())

    async def get(self, number: int) -> Ticket | None:
        row = (await self._connection.execute(_select_tickets().where(tickets.c.number == number))).one_or_none()
        return _ticket(row) if row else None

    async def of_person(self, person_id: int) -> list[Ticket]:
        """Newest first."""
        query = _select_tickets().where(tickets.c.person_id == person_id).order_by(tickets.c.number.desc())
        return [_ticket(row) for row in await self._connection.execute(query)]

    async def open(self) -> list[Ticket]:
        """Oldest first."""
        query = _select_tickets().where(tickets.c.status == TicketStatus.OPEN).order_by(tickets.c.number)
        return [_ticket(row) for row in await self._connection.execute(query)]

    async def asking_units(self) -> dict[int, str]:
        query = (
            select(tickets.c.number, people.c.unit_code)
            .join(people, people.c.id == tickets.c.person_id)
            .where(tickets.c.status == TicketStatus.OPEN, tickets.c.erased_at.is_(None))
        )
        return {number: unit_code for number, unit_code in await self._connection.execute(query)}

    async def lock(self, number: int) -> Ticket | None:
        query = _select_tickets().where(tickets.c.number == number).with_for_update()
        row = (await self._connection.execute(query)).one_or_none()
        return _ticket(row) if row else None

    async def save(self, ticket: Ticket) -> None:
        await self._connection.execute(
            update(tickets)
            .where(tickets.c.number == ticket.number, tickets.c.erased_at.is_(None))
            .values(
                question=ticket.question,
                status=ticket.status,
                topic=ticket.topic,
                answer=ticket.answer,
                answered_at=ticket.answered_at,
                claimed_by=ticket.claimed_by,
                stands_since=ticket.stands_since,
                reminders=ticket.reminders,
                reopened_at=ticket.reopened_at,
            )
        )

    async def to_remind(self, before: datetime) -> list[Ticket]:
        since = func.coalesce(tickets.c.stands_since, tickets.c.created_at)
        query = _select_tickets().where(
            tickets.c.status == TicketStatus.OPEN, tickets.c.reminders < _ROUNDS, since <= before
        )
        return [_ticket(row) for row in await self._connection.execute(query.order_by(tickets.c.number))]

    async def duties(self) -> list[Duty]:
        query = select(ticket_duties).order_by(ticket_duties.c.person_id, ticket_duties.c.id)
        return [Duty(row.person_id, row.topic, row.unit_code) for row in await self._connection.execute(query)]

    async def set_duties(self, person_id: int, duties: Collection[Duty]) -> None:
        await self._connection.execute(delete(ticket_duties).where(ticket_duties.c.person_id == person_id))
        rows = [{"person_id": person_id, "topic": duty.topic, "unit_code": duty.unit_code} for duty in duties]
        if rows:
            await self._connection.execute(insert(ticket_duties), rows)


def _select_tickets() -> Select[*tuple[Any, ...]]:
    return select(*tickets.c).where(tickets.c.erased_at.is_(None))


def _ticket(row: Row[*tuple[Any, ...]]) -> Ticket:
    return Ticket(
        number=row.number,
        person_id=row.person_id,
        question=row.question,
        status=row.status,
        created_at=row.created_at,
        topic=row.topic,
        answer=row.answer,
        answered_at=row.answered_at,
        claimed_by=row.claimed_by,
        stands_since=row.stands_since,
        reminders=row.reminders,
        reopened_at=row.reopened_at,
        campaign_id=row.campaign_id,
    )
