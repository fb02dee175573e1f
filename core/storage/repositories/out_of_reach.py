"""The members of staff whom the bot cannot write to. Mixed into SqlPeople."""

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.domain.campaigns import Unreached
from core.domain.reach import OutOfReach
from core.storage.reach import account_is_gone
from core.storage.rows import AnyRow, person_columns, person_of, read_in_parts
from core.storage.tables import people, telegram_accounts, units

_account = telegram_accounts.c
_everybody = people.join(units, units.c.code == people.c.unit_code).outerjoin(
    telegram_accounts, _account.person_id == people.c.id
)
_is_lost = _account.telegram_id.is_(None) | _account.unreachable_since.is_not(None) | _account.opted_out_at.is_not(None)


class PeopleOutOfReach:
    _connection: AsyncConnection

    async def out_of_reach_counts(self) -> dict[Unreached, int]:
        rows = select(_why().label("why")).select_from(_everybody).where(_is_lost).subquery()
        query = select(rows.c.why, func.count()).group_by(rows.c.why)
        counts = {Unreached(why): number for why, number in await self._connection.execute(query)}
        return {why: counts[why] for why in Unreached if why in counts}

    async def out_of_reach(
        self, why: Unreached | None = None, *, limit: int | None = None, offset: int = 0
    ) -> list[OutOfReach]:
        since = func.coalesce(_account.unreachable_since, _account.opted_out_at)
        rows = select(*person_columns, _why().label("why"), since.label("since")).select_from(_everybody)
        found = rows.where(_is_lost).subquery()
        query = select(found).order_by(found.c.person_unit_code, found.c.person_name, found.c.person_id)
        if why is not None:
            query = query.where(found.c.why == why.value)
        return await read_in_parts(self._connection, query.limit(limit).offset(offset), _out_of_reach)


def _out_of_reach(row: AnyRow) -> OutOfReach:
    return OutOfReach(person_of(row), Unreached(row.why), row.since)


def _why() -> ColumnElement[str]:
    return case(
        (_account.telegram_id.is_(None), Unreached.NOT_LINKED.value),
        (_account.unreachable_since.is_(None), Unreached.OPTED_OUT.value),
        (account_is_gone(), Unreached.NOT_FOUND.value),
        else_=Unreached.BLOCKED.value,
    )
