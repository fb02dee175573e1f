"""Who is enrolled in what. Every change is conditional on where the row stands, whatever the caller believed."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from core.domain.enrollment import ENDED, HOLDS_SEAT, STEPS, Enrollment, Status
from core.domain.errors import AlreadyDecided, UnknownEnrollment
from core.domain.messages import Kind
from core.domain.people import Person
from core.storage.repositories.courses import lock_session_row
from core.storage.rows import enrollment_columns, enrollment_of, person_columns, person_of, select_enrollments
from core.storage.tables import courses, enrollments, outbox, people, sessions, units


class SqlEnrollments:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, enrollment_id: int) -> Enrollment | None:
        query = select_enrollments().where(enrollments.c.id == enrollment_id)
        row = (await self._connection.execute(query)).one_or_none()
        return enrollment_of(row) if row else None

    async def lock(self, enrollment_id: int) -> Enrollment | None:
        query = select(enrollments.c.session_code).where(enrollments.c.id == enrollment_id)
        session_code = await self._connection.scalar(query)
        if session_code is None:
            return None
        await lock_session_row(self._connection, session_code)
        return await self.get(enrollment_id)

    async def find(self, person_id: int, session_code: str) -> Enrollment | None:
        query = select_enrollments().where(
            enrollments.c.person_id == person_id, enrollments.c.session_code == session_code
        )
        row = (await self._connection.execute(query)).one_or_none()
        return enrollment_of(row) if row else None

    async def of_person(self, person_id: int) -> list[Enrollment]:
        query = select_enrollments().where(enrollments.c.person_id == person_id)
        rows = await self._connection.execute(query.order_by(sessions.c.starts_at.desc(), enrollments.c.id.desc()))
        return [enrollment_of(row) for row in rows]

    async def of_people(self, person_ids: Collection[int]) -> list[Enrollment]:
        query = select_enrollments().where(enrollments.c.person_id.in_(person_ids))
        rows = await self._connection.execute(query.order_by(sessions.c.starts_at.desc(), enrollments.c.id.desc()))
        return [enrollment_of(row) for row in rows]

    async def of_session(self, session_code: str, statuses: Collection[Status]) -> list[Enrollment]:
        query = select_enrollments().where(
            enrollments.c.session_code == session_code, enrollments.c.status.in_(statuses)
        )
        rows = await self._connection.execute(query.order_by(enrollments.c.requested_at, enrollments.c.id))
        return [enrollment_of(row) for row in rows]

    async def participants(self, session_code: str, statuses: Collection[Status]) -> list[tuple[Enrollment, Person]]:
        query = (
            select(*enrollment_columns, *person_columns)
            .select_from(enrollments.join(sessions).join(courses).join(people).join(units))
            .where(enrollments.c.session_code == session_code, enrollments.c.status.in_(statuses))
            .order_by(people.c.name, enrollments.c.id)
        )
        return [(enrollment_of(row), person_of(row)) for row in await self._connection.execute(query)]

    async def place_in_line(self, enrollment_id: int) -> int | None:
        mine, other = enrollments.alias("mine"), enrollments.alias("other")
        before = tuple_(func.coalesce(other.c.queued_at, other.c.requested_at), other.c.id) <= tuple_(
            func.coalesce(mine.c.queued_at, mine.c.requested_at), mine.c.id
        )
        query = (
            select(func.count())
            .select_from(mine.join(other, other.c.session_code == mine.c.session_code))
            .where(mine.c.id == enrollment_id, mine.c.status == Status.WAITLISTED)
            .where(other.c.status == Status.WAITLISTED, before)
        )
        return await self._connection.scalar(query) or None

    async def unit_counts(self, session_code: str) -> list[tuple[str, int, int]]:
        status = enrollments.c.status
        query = (
            select(
                people.c.unit_code,
                func.count().filter(status.in_(HOLDS_SEAT)),
                func.count().filter(status == Status.WAITLISTED),
            )
            .select_from(enrollments.join(people))
            .where(enrollments.c.session_code == session_code)
            .group_by(people.c.unit_code)
        )
        return [(unit, taken, waiting) for unit, taken, waiting in await self._connection.execute(query)]

    async def waiting_units(self, session_code: str) -> dict[int, str]:
        query = (
            select(enrollments.c.id, people.c.unit_code)
            .select_from(enrollments.join(people))
            .where(enrollments.c.session_code == session_code, enrollments.c.status == Status.WAITLISTED)
        )
        return {enrollment_id: unit for enrollment_id, unit in await self._connection.execute(query)}

    async def requests_for(self, supervisor_id: int | None) -> list[tuple[Enrollment, Person]]:
        query = (
            select(*enrollment_columns, *person_columns)
            .select_from(enrollments.join(sessions).join(courses).join(people).join(units))
            .where(enrollments.c.status == Status.REQUESTED, people.c.supervisor_id.is_not_distinct_from(supervisor_id))
            .order_by(enrollments.c.requested_at, enrollments.c.id)
        )
        return [(enrollment_of(row), person_of(row)) for row in await self._connection.execute(query)]

    async def requests_asked_before(
        self, moment: datetime, *, without: Kind | None = None
    ) -> list[tuple[Enrollment, Person]]:
        asked_at = func.coalesce(enrollments.c.decided_at, enrollments.c.requested_at)
        query = (
            select(*enrollment_columns, *person_columns)
            .select_from(enrollments.join(sessions).join(courses).join(people).join(units))
            .where(enrollments.c.status == Status.REQUESTED, asked_at <= moment)
            .order_by(asked_at, enrollments.c.id)
        )
        if without is not None:
            written = select(outbox.c.id).where(
                outbox.c.enrollment_id == enrollments.c.id, outbox.c.kind == without, outbox.c.due_at >= asked_at
            )
            query = query.where(~written.exists())
        return [(enrollment_of(row), person_of(row)) for row in await self._connection.execute(query)]

    async def requests_closing_before(self, moment: datetime) -> list[Enrollment]:
        query = select_enrollments().where(enrollments.c.status == Status.REQUESTED, sessions.c.closes_at <= moment)
        rows = await self._connection.execute(query.order_by(sessions.c.closes_at, enrollments.c.id))
        return [enrollment_of(row) for row in rows]

    async def expired_offers(self, now: datetime) -> list[Enrollment]:
        query = select_enrollments().where(
            enrollments.c.status == Status.OFFERED, enrollments.c.offer_expires_at <= now
        )
        rows = await self._connection.execute(query.order_by(enrollments.c.offer_expires_at, enrollments.c.id))
        return [enrollment_of(row) for row in rows]

    async def start(self, person_id: int, session_code: str, status: Status, now: datetime) -> Enrollment:
        """Raises AlreadyDecided when the row is not an ended one."""
        values = {
            "status": status,
            "requested_at": now,
            "decided_at": None,
            "queued_at": now if status is Status.WAITLISTED else None,
            "offer_expires_at": None,
            "reason": None,
        }
        statement = (
            insert(enrollments)
            .values(person_id=person_id, session_code=session_code, **values)
            .on_conflict_do_update(
                index_elements=[enrollments.c.person_id, enrollments.c.session_code],
                set_=values,
                where=enrollments.c.status.in_(_before(status) & ENDED),
            )
            .returning(enrollments.c.id)
        )
        enrollment_id = await self._connection.scalar(statement)
        if enrollment_id is None:
            standing = await self.find(person_id, session_code)
            assert standing is not None  # the conflict was with this row, and rows are never deleted
            raise AlreadyDecided(standing.enrollment_id, standing.status)
        return await self._read(enrollment_id)

    async def move(
        self,
        enrollment_id: int,
        to: Status,
        now: datetime,
        *,
        reason: str | None = None,
        offer_expires_at: datetime | None = None,
    ) -> Enrollment:
        """Raises AlreadyDecided when the row no longer stands where the step begins, UnknownEnrollment when there is none."""
        statement = (
            update(enrollments)
            .where(enrollments.c.id == enrollment_id, enrollments.c.status.in_(_before(to)))
            .values(
                status=to,
                decided_at=now,
                offer_expires_at=offer_expires_at,
                reason=reason,
            )
        )
        moved = (await self._connection.execute(statement)).rowcount
        standing = await self._read(enrollment_id)
        if not moved:
            raise AlreadyDecided(enrollment_id, standing.status)
        return standing

    async def move_all(self, enrollment_ids: Sequence[int], to: Status, now: datetime) -> list[Enrollment]:
        """Raises AlreadyDecided and UnknownEnrollment as `move` does."""
        statement = (
            update(enrollments)
            .where(enrollments.c.id.in_(enrollment_ids), enrollments.c.status.in_(_before(to)))
            .values(status=to, decided_at=now, offer_expires_at=None, reason=None)
            .returning(enrollments.c.id)
        )
        moved = set(await self._connection.scalars(statement))
        query = select_enrollments().where(enrollments.c.id.in_(enrollment_ids))
        standing = {row.enrollment_id: row for row in map(enrollment_of, await self._connection.execute(query))}
        for enrollment_id in enrollment_ids:
            if enrollment_id not in standing:
                raise UnknownEnrollment(str(enrollment_id))
            if enrollment_id not in moved:
                raise AlreadyDecided(enrollment_id, standing[enrollment_id].status)
        return [standing[enrollment_id] for enrollment_id in enrollment_ids]

    async def shorten_offer(self, enrollment_id: int, expires_at: datetime) -> Enrollment:
        statement = (
            update(enrollments)
            .where(enrollments.c.id == enrollment_id, enrollments.c.status == Status.OFFERED)
            .values(offer_expires_at=expires_at)
        )
        await self._connection.execute(statement)
        return await self._read(enrollment_id)

    async def _read(self, enrollment_id: int) -> Enrollment:
        enrollment = await self.get(enrollment_id)
        if enrollment is None:
            raise UnknownEnrollment(str(enrollment_id))
        return enrollment


def _before(to: Status) -> frozenset[Status]:
    """The states from which a step leads there."""
    return frozenset(status for status, steps in STEPS.items() if to in steps)
