"""Who was there on which day, and the secrets from which the codes of the sessions are made."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from core.domain.attendance import Presence
from core.domain.courses import Session
from core.storage.rows import session_columns, session_of
from core.storage.tables import (
    attendance,
    attendance_secrets,
    courses,
    enrollments,
    sessions,
    wrong_attendance_tries,
)

_TRIES_LOCK = 7_300


class SqlAttendance:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def secret_of(self, session_code: str, fresh: bytes, now: datetime) -> bytes:
        await self._connection.execute(
            insert(attendance_secrets)
            .values(session_code=session_code, secret=fresh, made_at=now)
            .on_conflict_do_nothing(index_elements=[attendance_secrets.c.session_code])
        )
        query = select(attendance_secrets.c.secret).where(attendance_secrets.c.session_code == session_code)
        return bytes((await self._connection.execute(query)).scalar_one())

    async def running(self, starts_before: datetime, ends_after: datetime) -> list[tuple[Session, bytes]]:
        query = (
            select(*session_columns, attendance_secrets.c.secret)
            .select_from(attendance_secrets.join(sessions).join(courses))
            .where(sessions.c.starts_at <= starts_before, sessions.c.ends_at >= ends_after)
            .order_by(sessions.c.starts_at, sessions.c.code)
        )
        return [(session_of(row), bytes(row.secret)) for row in await self._connection.execute(query)]

    async def note(self, presence: Presence) -> bool:
        statement = (
            insert(attendance)
            .values(enrollment_id=presence.enrollment_id, day=presence.day, at=presence.at, noted_by=presence.by)
            .on_conflict_do_nothing(index_elements=[attendance.c.enrollment_id, attendance.c.day])
            .returning(attendance.c.day)
        )
        return await self._connection.scalar(statement) is not None

    async def note_all(self, presences: Sequence[Presence]) -> None:
        if presences:
            rows = [
                {"enrollment_id": one.enrollment_id, "day": one.day, "at": one.at, "noted_by": one.by}
                for one in presences
            ]
            keys = [attendance.c.enrollment_id, attendance.c.day]
            await self._connection.execute(insert(attendance).on_conflict_do_nothing(index_elements=keys), rows)

    async def of_session(self, session_code: str) -> list[Presence]:
        columns = (attendance.c.enrollment_id, attendance.c.day, attendance.c.at, attendance.c.noted_by)
        query = (
            select(*columns)
            .select_from(attendance.join(enrollments))
            .where(enrollments.c.session_code == session_code)
            .order_by(attendance.c.day, attendance.c.at, attendance.c.enrollment_id)
        )
        return [Presence(*row) for row in await self._connection.execute(query)]

    async def wrong_tries(self, person_id: int, since: datetime) -> list[datetime]:
        second = func.hashint8(person_id)
        await self._connection.execute(select(func.pg_advisory_xact_lock(_TRIES_LOCK, second)))
        tries = wrong_attendance_tries.c
        query = select(tries.at).where(tries.person_id == person_id, tries.at >= since).order_by(tries.at)
        return list(await self._connection.scalars(query))

    async def record_wrong_try(self, person_id: int, at: datetime) -> None:
        await self._connection.execute(insert(wrong_attendance_tries).values(person_id=person_id, at=at))

    async def clear_wrong_tries(self, person_id: int) -> None:
        tries = wrong_attendance_tries
        await self._connection.execute(delete(tries).where(tries.c.person_id == person_id))
