"""The SELECT lists shared by several repositories, and the frozen objects their rows become."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Row, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.domain.courses import Course, Session, UnitQuota
from core.domain.enrollment import Enrollment
from core.domain.people import Employment, Person, PositionLevel, Unit
from core.storage.tables import courses, enrollments, people, sessions, units

T = TypeVar("T")
AnyRow = Row[*tuple[Any, ...]]

person_columns = (
    *(column.label(f"person_{column.name}") for column in people.c),
    *(column.label(f"unit_{column.name}") for column in units.c),
)
course_columns = tuple(column.label(f"course_{column.name}") for column in courses.c)
session_columns = (*(column.label(f"session_{column.name}") for column in sessions.c), *course_columns)
enrollment_columns = (*(column.label(f"enrollment_{column.name}") for column in enrollments.c), *session_columns)


_PART = 500


async def read_in_parts(
    connection: AsyncConnection, query: Select[*tuple[Any, ...]], read: Callable[[AnyRow], T]
) -> list[T]:
    """What the rows become, for lists of tens of thousands: between the parts other work of the process has its turn."""
    found: list[T] = []
    async with connection.stream(query) as rows:
        async for part in rows.partitions(_PART):
            found += map(read, part)
    return found


def select_people() -> Select[*tuple[Any, ...]]:
    return select(*person_columns).select_from(people.join(units))


def select_enrollments() -> Select[*tuple[Any, ...]]:
    return select(*enrollment_columns).select_from(enrollments.join(sessions).join(courses))


def person_of(row: AnyRow) -> Person:
    return Person(
        person_id=row.person_id,
        nip=row.person_nip,
        name=row.person_name,
        unit=unit_of(row),
        position=row.person_position,
        level=row.person_level,
        employment=row.person_employment,
        phone=row.person_phone,
        supervisor_id=row.person_supervisor_id,
        is_hr=row.person_is_hr,
        is_sample=row.person_is_sample,
        hr_role=row.person_hr_role,
    )


def unit_of(row: AnyRow) -> Unit:
    return Unit(code=row.unit_code, name=row.unit_name, short_name=row.unit_short_name, parent=row.unit_parent)


def course_of(row: AnyRow) -> Course:
    return Course(
        code=row.course_code,
        title=row.course_title,
        competency=row.course_competency,
        level=row.course_level,
        hours=row.course_hours,
        mode=row.course_mode,
        audience=frozenset(PositionLevel(level) for level in row.course_audience),
        summary=row.course_summary,
        employment=frozenset(Employment(kind) for kind in row.course_employment),
        requires=tuple(row.course_requires),
        is_repeatable=row.course_is_repeatable,
    )


def session_of(row: AnyRow) -> Session:
    return Session(
        code=row.session_code,
        course=course_of(row),
        starts_at=row.session_starts_at,
        ends_at=row.session_ends_at,
        closes_at=row.session_closes_at,
        seats=row.session_seats,
        has_waiting_list=row.session_has_waiting_list,
        needs_approval=row.session_needs_approval,
        place=row.session_place,
        status=row.session_status,
        sequence=row.session_sequence,
        quotas=tuple(UnitQuota(unit, seats) for unit, seats in sorted(row.session_unit_quotas.items())),
    )


def enrollment_of(row: AnyRow) -> Enrollment:
    return Enrollment(
        enrollment_id=row.enrollment_id,
        person_id=row.enrollment_person_id,
        session=session_of(row),
        status=row.enrollment_status,
        requested_at=row.enrollment_requested_at,
        decided_at=row.enrollment_decided_at,
        queued_at=row.enrollment_queued_at,
        offer_expires_at=row.enrollment_offer_expires_at,
        reason=row.enrollment_reason,
    )
