"""The ledger of learning hours."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import extract, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.domain.learning import HoursEntry
from core.domain.people import Person
from core.storage.rows import person_of, select_people
from core.storage.tables import learning_hours, outbox, people, telegram_accounts

_COLUMNS = tuple(
    learning_hours.c[name] for name in ("person_id", "hours", "earned_on", "title", "reason", "enrollment_id")
)


class SqlHours:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of_person(self, person_id: int, year: int) -> list[HoursEntry]:
        """Oldest first."""
        hours = learning_hours.c
        query = (
            select(*_COLUMNS)
            .where(hours.person_id == person_id)
            .where(hours.earned_on.between(date(year, 1, 1), date(year, 12, 31)))
            .order_by(hours.earned_on, hours.id)
        )
        return [HoursEntry(*row) for row in await self._connection.execute(query)]

    async def by_year(self, person_id: int) -> dict[int, int]:
        year = extract("year", learning_hours.c.earned_on).label("year")
        query = select(year, func.sum(learning_hours.c.hours)).where(learning_hours.c.person_id == person_id)
        return {int(year): int(hours) for year, hours in await self._connection.execute(query.group_by(year))}

    async def titles(self, person_id: int) -> set[str]:
        hours = learning_hours.c
        query = select(hours.title).where(hours.person_id == person_id).group_by(hours.title)
        return set(await self._connection.scalars(query.having(func.sum(hours.hours) > 0)))

    async def of_enrollment(self, enrollment_id: int) -> list[HoursEntry]:
        hours = learning_hours.c
        query = select(*_COLUMNS).where(hours.enrollment_id == enrollment_id).order_by(hours.id)
        return [HoursEntry(*row) for row in await self._connection.execute(query)]

    async def short_of(
        self, hours: int, year: int, *, key_prefix: str, linked_before: datetime, after: int, limit: int
    ) -> list[tuple[Person, int]]:
        account, row = telegram_accounts.c, learning_hours.c
        earned = (
            select(func.coalesce(func.sum(row.hours), 0))
            .where(row.person_id == people.c.id, row.earned_on.between(date(year, 1, 1), date(year, 12, 31)))
            .scalar_subquery()
        )
        told = select(outbox.c.id).where(outbox.c.key == func.concat(key_prefix, people.c.id))
        query = (
            select_people()
            .add_columns(earned.label("earned"))
            .join(telegram_accounts, account.person_id == people.c.id)
            .where(people.c.id > after, account.linked_at < linked_before)
            .where(account.opted_out_at.is_(None), account.unreachable_since.is_(None))
            .where(earned < hours, ~told.exists())
            .order_by(people.c.id)
            .limit(limit)
        )
        return [(person_of(one), int(one.earned)) for one in await self._connection.execute(query)]

    async def add(self, entry: HoursEntry) -> None:
        await self.add_all([entry])

    async def add_all(self, entries: Sequence[HoursEntry]) -> None:
        if entries:
            rows = [{column.name: getattr(entry, column.name) for column in _COLUMNS} for entry in entries]
            await self._connection.execute(insert(learning_hours), rows)
