"""Telegram updates, written down before and after they are handled so that each is handled once."""

from datetime import datetime

from sqlalchemy import and_, delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from core.storage.tables import updates


class SqlUpdates:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def begin(self, update_id: int, worker: str, now: datetime) -> bool:
        mine = {"worker": worker, "begun_at": now}
        statement = (
            insert(updates)
            .values(update_id=update_id, **mine)
            .on_conflict_do_update(
                index_elements=[updates.c.update_id],
                set_=mine,
                where=and_(updates.c.worker != worker, updates.c.finished_at.is_(None)),
            )
            .returning(updates.c.update_id)
        )
        return (await self._connection.execute(statement)).one_or_none() is not None

    async def finish(self, update_id: int, now: datetime) -> None:
        await self._connection.execute(update(updates).where(updates.c.update_id == update_id).values(finished_at=now))

    async def forget_before(self, moment: datetime) -> int:
        return (await self._connection.execute(delete(updates).where(updates.c.begun_at < moment))).rowcount
