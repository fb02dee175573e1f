"""The catalogue and the seats of its sessions, which are counted from the enrollments and never stored."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from core.domain.courses import Availability, Course, Session, SessionStatus
from core.domain.enrollment import HOLDS_SEAT, Status
from core.storage.repositories.knowledge import bump_version
from core.storage.rows import AnyRow, course_columns, course_of, session_columns, session_of
from core.storage.tables import courses, enrollments, sessions


class SqlCourses:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, course_code: str) -> Course | None:
        query = select(*course_columns).where(courses.c.code == course_code)
        row = (await self._connection.execute(query)).one_or_none()
        return course_of(row) if row else None

    async def all(self) -> list[Course]:
        rows = await self._connection.execute(select(*course_columns).order_by(courses.c.code))
        return [course_of(row) for row in rows]

    async def session(self, session_code: str) -> Session | None:
        query = _select_sessions().where(sessions.c.code == session_code)
        row = (await self._connection.execute(query)).one_or_none()
        return session_of(row) if row else None

    async def sessions_of(self, course_code: str) -> list[Session]:
        query = _select_sessions().where(sessions.c.course_code == course_code)
        rows = await self._connection.execute(query.order_by(sessions.c.starts_at, sessions.c.code))
        return [session_of(row) for row in rows]

    async def availability(self, now: datetime) -> list[Availability]:
        query = _select_availability().where(sessions.c.status == SessionStatus.OPEN, sessions.c.closes_at > now)
        rows = await self._connection.execute(query.order_by(sessions.c.starts_at, sessions.c.code))
        return [_availability_of(row) for row in rows]

    async def coming(self, now: datetime) -> list[Availability]:
        query = _select_availability().where(sessions.c.ends_at > now)
        rows = await self._connection.execute(query.order_by(sessions.c.starts_at, sessions.c.code))
        return [_availability_of(row) for row in rows]

    async def availability_of(self, session_code: str) -> Availability | None:
        query = _select_availability().where(sessions.c.code == session_code)
        row = (await self._connection.execute(query)).one_or_none()
        return _availability_of(row) if row else None

    async def lock_session(self, session_code: str) -> Availability | None:
        await lock_session_row(self._connection, session_code)
        # a statement of its own, so that it sees what was committed while this one waited for the lock
        return await self.availability_of(session_code)

    async def share_session(self, session_code: str) -> None:
        query = select(sessions.c.code).where(sessions.c.code == session_code)
        await self._connection.execute(query.with_for_update(read=True))

    async def upsert_course(self, course: Course) -> None:
        await bump_version(self._connection)
        values = {
            "title": course.title,
            "competency": course.competency,
            "level": course.level,
            "hours": course.hours,
            "mode": course.mode,
            "audience": sorted(level.value for level in course.audience),
            "summary": course.summary,
            "employment": sorted(kind.value for kind in course.employment),
            "requires": list(course.requires),
            "is_repeatable": course.is_repeatable,
        }
        await self._connection.execute(
            insert(courses)
            .values(code=course.code, **values)
            .on_conflict_do_update(index_elements=[courses.c.code], set_=values)
        )

    async def upsert_session(self, session: Session) -> None:
        await bump_version(self._connection)
        values = {
            "course_code": session.course.code,
            "starts_at": session.starts_at,
            "ends_at": session.ends_at,
            "closes_at": session.closes_at,
            "seats": session.seats,
            "has_waiting_list": session.has_waiting_list,
            "needs_approval": session.needs_approval,
            "place": session.place,
            "status": session.status,
            "sequence": session.sequence,
            "unit_quotas": {quota.unit_code: quota.seats for quota in session.quotas},
        }
        await self._connection.execute(
            insert(sessions)
            .values(code=session.code, **values)
            .on_conflict_do_update(index_elements=[sessions.c.code], set_=values)
        )


async def lock_session_row(connection: AsyncConnection, session_code: str) -> None:
    """Waits for the session row; whoever changes enrollments of a session holds it until commit."""
    await connection.execute(select(sessions.c.code).where(sessions.c.code == session_code).with_for_update())


def _select_sessions() -> Select[*tuple[Any, ...]]:
    return select(*session_columns).select_from(sessions.join(courses))


def _select_availability() -> Select[*tuple[Any, ...]]:
    status = enrollments.c.status
    taken = func.count().filter(status.in_(HOLDS_SEAT)).label("taken")
    waiting = func.count().filter(status == Status.WAITLISTED).label("waiting")
    counts = (
        select(taken, waiting)
        .where(enrollments.c.session_code == sessions.c.code)
        .correlate(sessions)
        .lateral("counts")
    )
    return select(*session_columns, counts.c.taken, counts.c.waiting).select_from(
        sessions.join(courses).join(counts, onclause=sessions.c.code == sessions.c.code)
    )


def _availability_of(row: AnyRow) -> Availability:
    return Availability(session=session_of(row), taken=row.taken, waiting=row.waiting)
