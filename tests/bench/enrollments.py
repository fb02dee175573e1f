"""A rush on one session, beside bare transactions, and how it grows with what is on record.

A rush is 200 people who enroll at once in 7 seats, through the service and PostgreSQL with fsync, from one process and with
the pool of production. Bare: as many transactions that lock the session row and insert the same row, in psycopg, by as many
workers as the service lets work at once. Databases of several sizes take turns, so that all see the same machine.
"""

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import psycopg

from core.domain.people import Person
from core.services.enrollment import AT_ONCE, Enrollments
from core.storage import embedded, migrate
from core.storage.cluster import address
from core.storage.database import Database
from tests.bench.measure import Measure, percentile
from tests.factories import VALUES, add_crowd, add_people, add_sessions, caller, session
from tests.fakes import TickingClock

PEOPLE, SEATS, ROUNDS = 200, 7, 5
SIZES = (100, 10_000, 100_000)
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
ENROLLMENTS_EACH = 5

_FILL = """
INSERT INTO people (nip, name, unit_code, position, level, employment)
SELECT '9' || lpad(n::text, 17, '0'), 'Pegawai', 'DISDIK', 'Guru', 'fungsional', 'PNS' FROM generate_series(1, {people}) n;
INSERT INTO sessions (code, course_code, starts_at, ends_at, closes_at, seats, has_waiting_list, needs_approval, place, status)
SELECT 'LAMA-' || n, 'SOS-01', t, t + interval '8 hours', t, 1000000, true, false, 'Aula', 'open'
FROM generate_series(1, {each}) n, LATERAL (SELECT timestamptz '2026-01-05 08:00+07' + n * interval '7 days') AS at(t);
INSERT INTO enrollments (person_id, session_code, status, requested_at)
SELECT p.id, s.code, 'completed', s.closes_at FROM people p, sessions s WHERE p.nip LIKE '9%' AND s.code LIKE 'LAMA-%';
INSERT INTO audit (at, actor, action, subject, facts)
SELECT requested_at, 'system', 'enrollment_completed', 'enrollment:' || id, '{{}}' FROM enrollments;
INSERT INTO outbox (key, kind, facts, due_at, is_bulk, person_id, enrollment_id, status)
SELECT 'reminder:' || id, 'session_reminder', '{{}}', requested_at, false, person_id, id, 'sent' FROM enrollments;
"""


@dataclass
class Recorded:
    """A database with so many enrollments on record, and the people who will rush."""

    size: int
    url: str
    database: Database
    crowd: list[Person]

    async def rush(self, number: int) -> tuple[float, list[float]]:
        """(seconds until everybody had an answer, seconds each waited for it)."""
        code = await self._session(f"R{number}", number)
        enrollments = Enrollments(self.database.unit_of_work, TickingClock(NOW))

        async def enroll(person: Person) -> float:
            await enrollments.enroll(caller(person), code)
            return time.perf_counter() - began

        began = time.perf_counter()
        waited = await asyncio.gather(*(enroll(person) for person in self.crowd))
        return max(waited), list(waited)

    async def bare(self, number: int) -> tuple[float, list[float]]:
        code = await self._session(f"B{number}", number + 50)
        people = list(self.crowd)
        waited: list[float] = []

        async def work() -> None:
            async with await psycopg.AsyncConnection.connect(self.url) as connection:
                while people:
                    person = people.pop()
                    async with connection.transaction():
                        await connection.execute("SELECT FROM sessions WHERE code = %s FOR UPDATE", (code,))
                        await connection.execute(
                            "INSERT INTO enrollments (person_id, session_code, status, requested_at, queued_at)"
                            " VALUES (%s, %s, 'waitlisted', %s, %s)",
                            (person.person_id, code, NOW, NOW),
                        )
                    waited.append(time.perf_counter() - began)

        began = time.perf_counter()
        await asyncio.gather(*(work() for _ in range(AT_ONCE)))
        return max(waited), waited

    async def _session(self, letter: str, number: int) -> str:
        # days apart, so that no two rushes clash
        room = session(VALUES, letter, in_days=10 + 3 * number, seats=SEATS)
        await add_sessions(self.database.unit_of_work, room)
        return room.code


def run(folder: Path) -> list[Measure]:
    server = embedded.start(folder)
    try:
        return asyncio.run(_measure(server.cluster.path))
    finally:
        server.stop()


async def _measure(cluster: Path) -> list[Measure]:
    recorded = [await _record(cluster, size) for size in SIZES]
    rushes: dict[int, list[tuple[float, list[float]]]] = {size: [] for size in SIZES}
    bare: list[tuple[float, list[float]]] = []
    for number in range(ROUNDS + 1):
        for each in recorded:
            taken = await each.rush(number)
            if number:  # the first warms up
                rushes[each.size].append(taken)
        baseline = await recorded[-1].bare(number)
        if number:
            bare.append(baseline)
    for each in recorded:
        await each.database.close()
    largest = rushes[SIZES[-1]]
    measures = [
        Measure(f"enrollments a second, {PEOPLE} at once for {SEATS} seats", _rate(largest), "/s", _rate(bare)),
        Measure(f"answer to one of {PEOPLE} at once, p95", _p95(largest), "ms", _p95(bare)),
    ]
    first = 1000 / _rate(rushes[SIZES[0]])
    return measures + [
        Measure(
            f"one enrollment in the rush, {size:,} on record", 1000 / _rate(rushes[size]), "ms", first, "ratio ≤ 1.5"
        )
        for size in SIZES
    ]


def _rate(rounds: list[tuple[float, list[float]]]) -> float:
    return PEOPLE / median(seconds for seconds, _ in rounds)


def _p95(rounds: list[tuple[float, list[float]]]) -> float:
    return 1000 * median(percentile(waited, 0.95) for _, waited in rounds)


async def _record(cluster: Path, size: int) -> Recorded:
    name = f"record_{size}"
    with psycopg.connect(address(cluster, "postgres"), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}".encode())
    url = address(cluster, name)
    migrate.upgrade(url)
    database = Database(url)
    await add_people(database.unit_of_work)
    crowd = await add_crowd(database.unit_of_work, PEOPLE)
    await add_sessions(database.unit_of_work)
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in _FILL.format(people=size // ENROLLMENTS_EACH, each=ENROLLMENTS_EACH).split(";\n"):
            if statement.strip():
                connection.execute(statement.encode())
        connection.execute("VACUUM ANALYZE")
    return Recorded(size, url, database, crowd)
