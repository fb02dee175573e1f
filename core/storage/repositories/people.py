"""The staff registry."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Text, cast, func, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from core.domain.people import HrRole, Person, Unit
from core.storage.repositories.out_of_reach import PeopleOutOfReach
from core.storage.rows import person_of, select_people, unit_of
from core.storage.tables import people, units


class SqlPeople(PeopleOutOfReach):
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, person_id: int) -> Person | None:
        row = (await self._connection.execute(select_people().where(people.c.id == person_id))).one_or_none()
        return person_of(row) if row else None

    async def lock(self, person_id: int) -> Person | None:
        # KEY SHARE stays possible: rows elsewhere that point to the person need not wait
        query = select_people().where(people.c.id == person_id).with_for_update(of=people, key_share=True)
        row = (await self._connection.execute(query)).one_or_none()
        return person_of(row) if row else None

    async def by_nip(self, nip: str) -> Person | None:
        row = (await self._connection.execute(select_people().where(people.c.nip == nip))).one_or_none()
        return person_of(row) if row else None

    async def known_nips(self, nips: Collection[str]) -> set[str]:
        return set(await self._connection.scalars(select(people.c.nip).where(people.c.nip.in_(nips))))

    async def named(self, words: str, limit: int) -> list[Person]:
        holds = [func.strpos(func.lower(people.c.name), word) > 0 for word in words.lower().split()]
        query = select_people().where(*holds).order_by(people.c.name, people.c.id).limit(limit)
        return [person_of(row) for row in await self._connection.execute(query)]

    async def by_phone(self, phone: str) -> list[Person]:
        query = select_people().where(people.c.phone == phone).order_by(people.c.id)
        return [person_of(row) for row in await self._connection.execute(query)]

    async def staff_of(self, supervisor_id: int) -> list[Person]:
        query = select_people().where(people.c.supervisor_id == supervisor_id).order_by(people.c.name, people.c.id)
        return [person_of(row) for row in await self._connection.execute(query)]

    async def hr_officers(self) -> list[Person]:
        query = select_people().where(people.c.is_hr).order_by(people.c.id)
        return [person_of(row) for row in await self._connection.execute(query)]

    async def all_ids(self) -> list[int]:
        return list(await self._connection.scalars(select(people.c.id).order_by(people.c.id)))

    async def names_sharing(self, words: Collection[str]) -> list[str]:
        if not words:
            return []
        # as the index ix_people_words_of_name is made, to be found by it
        name: ColumnElement[str] = literal_column("string_to_array(lower(people.name), ' ')")
        shared = name.op("&&")(cast(sorted(words), ARRAY(Text)))
        return list((await self._connection.execute(select(people.c.name).where(shared).limit(5000))).scalars())

    async def hierarchy(self) -> dict[str, str | None]:
        supervisor = people.alias("supervisor")
        query = select(people.c.nip, supervisor.c.nip).select_from(
            people.outerjoin(supervisor, people.c.supervisor_id == supervisor.c.id)
        )
        return {nip: of for nip, of in await self._connection.execute(query)}

    async def units(self) -> list[Unit]:
        columns = (column.label(f"unit_{column.name}") for column in units.c)
        rows = await self._connection.execute(select(*columns).order_by(units.c.code))
        return [unit_of(row) for row in rows]

    async def upsert_unit(self, unit: Unit) -> None:
        values = {"name": unit.name, "short_name": unit.short_name, "parent": unit.parent}
        await self._connection.execute(
            insert(units)
            .values(code=unit.code, **values)
            .on_conflict_do_update(index_elements=[units.c.code], set_=values)
        )

    async def upsert(self, person: Person) -> int:
        return (await self.upsert_all([person]))[person.nip]

    async def upsert_all(self, persons: Sequence[Person]) -> dict[str, int]:
        if not persons:
            return {}
        rows = [_values(person) for person in persons]
        statement = insert(people)
        statement = statement.on_conflict_do_update(
            index_elements=[people.c.nip], set_={name: statement.excluded[name] for name in rows[0] if name != "nip"}
        )
        written = await self._connection.execute(statement.returning(people.c.nip, people.c.id), rows)
        return {nip: person_id for nip, person_id in written}

    async def set_supervisor(self, person_id: int, supervisor_id: int | None) -> None:
        await self._connection.execute(
            update(people).where(people.c.id == person_id).values(supervisor_id=supervisor_id)
        )

    async def set_hr_role(self, person_id: int, role: HrRole) -> None:
        await self._connection.execute(update(people).where(people.c.id == person_id).values(hr_role=role))


def _values(person: Person) -> dict[str, Any]:
    return {
        "nip": person.nip,
        "name": person.name,
        "unit_code": person.unit.code,
        "position": person.position,
        "level": person.level,
        "employment": person.employment,
        "phone": person.phone,
        "supervisor_id": person.supervisor_id,
        "is_hr": person.is_hr,
        "is_sample": person.is_sample,
    }
