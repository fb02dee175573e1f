"""Who changed what, and when: rows are added and never touched again."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.storage.tables import audit


class SqlAudit:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def record(
        self, action: str, now: datetime, *, actor: str, subject: str, facts: dict[str, Any] | None = None
    ) -> None:
        await self._connection.execute(
            insert(audit).values(at=now, actor=actor, action=action, subject=subject, facts=facts or {})
        )

    async def of_subject(self, subject: str) -> list[tuple[str, str]]:
        query = select(audit.c.action, audit.c.actor).where(audit.c.subject == subject).order_by(audit.c.id)
        return [(action, actor) for action, actor in await self._connection.execute(query)]

    async def record_all(
        self, action: str, now: datetime, *, actor: str, subjects: Mapping[str, dict[str, Any]]
    ) -> None:
        if subjects:
            rows = [{"subject": subject, "facts": facts} for subject, facts in subjects.items()]
            await self._connection.execute(insert(audit).values(at=now, actor=actor, action=action), rows)

    async def counts(self, subjects: Collection[str]) -> dict[str, int]:
        query = select(audit.c.subject, func.count()).where(audit.c.subject.in_(subjects)).group_by(audit.c.subject)
        return {subject: count for subject, count in await self._connection.execute(query)}

    async def trail(self, subject: str) -> list[tuple[datetime, str, str]]:
        query = select(audit.c.at, audit.c.action, audit.c.actor).where(audit.c.subject == subject).order_by(audit.c.id)
        return [(at, action, actor) for at, action, actor in await self._connection.execute(query)]
