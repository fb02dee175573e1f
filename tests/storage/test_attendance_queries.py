"""Confirming a list asks the database as often for fifty people as for five."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine, event

from core.domain.enrollment import Status
from core.domain.people import Person
from core.ports import UnitOfWorkFactory
from core.services.attendance_lists import AttendanceLists, Confirmed
from core.services.enrollment import Enrollments
from tests.factories import NOW, add_crowd, add_people, add_sessions, caller, session
from tests.fakes import FixedClock

ROOM = session(seats=60)


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements sent meanwhile; one for many rows counts once."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@pytest.fixture
async def crowd(unit_of_work: UnitOfWorkFactory) -> list[Person]:
    await add_people(unit_of_work)
    return await add_crowd(unit_of_work, 55)


async def test_confirming_takes_as_many_queries_for_fifty_as_for_five(
    unit_of_work: UnitOfWorkFactory, crowd: list[Person]
) -> None:
    clock = FixedClock(NOW)
    lists = AttendanceLists(unit_of_work, clock)
    took = []
    small, large = replace(ROOM, code="TIK-02-S"), replace(ROOM, code="TIK-02-L")
    await add_sessions(unit_of_work, small, large)
    for code, people in ((small.code, crowd[:5]), (large.code, crowd[5:])):
        for someone in people:
            await Enrollments(unit_of_work, clock).enroll(caller(someone), code)
    clock.moment = ROOM.ends_at
    for code, people in ((small.code, crowd[:5]), (large.code, crowd[5:])):
        with counted() as statements:
            done = await lists.confirm(None, code, absent_nips=[people[0].nip], everybody_came=True)
        assert done == Confirmed(len(people) - 1, 1)
        took.append(len(statements))
    assert took[0] == took[1] < 30
    async with unit_of_work() as uow:
        states = [row.status for row in await uow.enrollments.of_session(large.code, tuple(Status))]
        assert states.count(Status.COMPLETED) == 49
        assert len({c.number for one in crowd[6:] for c in await uow.certificates.of_person(one.person_id)}) == 49
