"""Who decides for whom, and until when."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.domain.delegation import Delegation
from core.storage.tables import delegations


class SqlDelegations:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, supervisor_id: int, delegate_id: int, starts_at: datetime, ends_at: datetime) -> Delegation:
        statement = (
            insert(delegations)
            .values(supervisor_id=supervisor_id, delegate_id=delegate_id, starts_at=starts_at, ends_at=ends_at)
            .returning(delegations)
        )
        return Delegation(*(await self._connection.execute(statement)).one())

    async def active_of(self, supervisor_id: int, now: datetime) -> Delegation | None:
        found = await self._active(delegations.c.supervisor_id == supervisor_id, now)
        return found[0] if found else None

    async def held_by(self, delegate_id: int, now: datetime) -> list[Delegation]:
        return await self._active(delegations.c.delegate_id == delegate_id, now)

    async def end(self, delegation_id: int, now: datetime) -> None:
        await self._connection.execute(
            update(delegations)
            .where(delegations.c.id == delegation_id, delegations.c.ended_at.is_(None))
            .values(ended_at=now)
        )

    async def _active(self, whose: ColumnElement[bool], now: datetime) -> list[Delegation]:
        in_time = and_(delegations.c.starts_at <= now, delegations.c.ends_at > now, delegations.c.ended_at.is_(None))
        query = select(delegations).where(whose, in_time).order_by(delegations.c.id.desc())
        return [Delegation(*row) for row in await self._connection.execute(query)]
