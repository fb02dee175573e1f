"""Competencies of positions, courses and people, and what colleagues in the same position learned."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Column, Table, delete, distinct, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.domain.enrollment import HOLDS_SEAT, Status
from core.domain.people import Person
from core.storage.tables import (
    competency_requirements,
    course_competencies,
    enrollments,
    people,
    person_competencies,
    sessions,
)

_TOOK = HOLDS_SEAT - {Status.NO_SHOW, Status.OFFERED}


class SqlCompetencies:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def requirements(self) -> dict[str, set[str]]:
        return await self._lists(competency_requirements.c.position, competency_requirements.c.competency)

    async def taught(self) -> dict[str, set[str]]:
        return await self._lists(course_competencies.c.course_code, course_competencies.c.competency)

    async def of_person(self, person_id: int) -> set[str]:
        own = person_competencies.c
        return set(await self._connection.scalars(select(own.competency).where(own.person_id == person_id)))

    async def colleagues(self, person: Person) -> dict[str, int]:
        query = (
            select(sessions.c.course_code, func.count(distinct(people.c.id)))
            .select_from(people.join(enrollments).join(sessions))
            .where(
                people.c.position == person.position,
                people.c.id != person.person_id,
                enrollments.c.status.in_(_TOOK),
            )
            .group_by(sessions.c.course_code)
        )
        return {code: count for code, count in await self._connection.execute(query)}

    async def replace_requirements(self, lists: Mapping[str, Collection[str]]) -> None:
        await self._replace(competency_requirements, "position", lists)

    async def replace_taught(self, lists: Mapping[str, Collection[str]]) -> None:
        await self._replace(course_competencies, "course_code", lists)

    async def replace_of_people(self, lists: Mapping[int, Collection[str]]) -> None:
        await self._replace(person_competencies, "person_id", lists)

    async def _lists(self, key: Column[Any], competency: Column[Any]) -> dict[str, set[str]]:
        lists: dict[str, set[str]] = {}
        for name, one in await self._connection.execute(select(key, competency)):
            lists.setdefault(name, set()).add(one)
        return lists

    async def _replace(self, table: Table, key: str, lists: Mapping[Any, Collection[str]]) -> None:
        await self._connection.execute(delete(table).where(table.c[key].in_(list(lists))))
        rows = [{key: name, "competency": one} for name, listed in lists.items() for one in sorted(listed)]
        if rows:
            await self._connection.execute(insert(table), rows)
