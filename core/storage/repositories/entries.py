"""Answers to tickets on their way into the knowledge base."""

from dataclasses import fields
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from core.domain.ticket_knowledge import EntryStatus, KnowledgeEntry
from core.storage.tables import knowledge_entries

_APPROVING_LOCK = 7_200
"""Advisory key: the document of all approved entries is written by one transaction at a time."""
_NAMES = tuple(one.name for one in fields(KnowledgeEntry))
_entries = knowledge_entries.c


class SqlEntries:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, ticket_number: int) -> KnowledgeEntry | None:
        query = select(knowledge_entries).where(_entries.ticket_number == ticket_number)
        row = (await self._connection.execute(query)).one_or_none()
        return _entry(row) if row else None

    async def lock(self, ticket_number: int) -> KnowledgeEntry | None:
        query = select(knowledge_entries).where(_entries.ticket_number == ticket_number).with_for_update()
        row = (await self._connection.execute(query)).one_or_none()
        return _entry(row) if row else None

    async def save(self, entry: KnowledgeEntry) -> None:
        values = {name: getattr(entry, name) for name in _NAMES} | {"questions": list(entry.questions)}
        statement = insert(knowledge_entries).values(values)
        changed = {name: value for name, value in values.items() if name not in ("ticket_number", "created_at")}
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=[_entries.ticket_number], set_=changed)
        )

    async def recent(self, limit: int) -> list[KnowledgeEntry]:
        query = select(knowledge_entries).order_by(_entries.ticket_number.desc()).limit(limit)
        return [_entry(row) for row in await self._connection.execute(query)]

    async def hold(self) -> None:
        await self._connection.execute(select(func.pg_advisory_xact_lock(_APPROVING_LOCK)))

    async def approved(self) -> list[KnowledgeEntry]:
        is_live = _entries.status == EntryStatus.APPROVED
        query = select(knowledge_entries).where(is_live).order_by(_entries.ticket_number)
        return [_entry(row) for row in await self._connection.execute(query)]


def _entry(row: Row[*tuple[Any, ...]]) -> KnowledgeEntry:
    values = {name: getattr(row, name) for name in _NAMES}
    return KnowledgeEntry(**values | {"questions": tuple(row.questions)})
