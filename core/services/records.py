"""A person's record as a new enrollment needs it, read inside an open transaction."""

from datetime import datetime

from core.domain.calendar import year_of
from core.domain.courses import Session
from core.domain.eligibility import Record, has_ceiling
from core.domain.enrollment import Enrollment, Status
from core.domain.people import Person
from core.ports import UnitOfWork
from core.services.learning import hours_of

COMPLETED = frozenset({Status.ATTENDED, Status.COMPLETED})


async def record_of(
    uow: UnitOfWork, person: Person, session: Session, enrollments: list[Enrollment], now: datetime
) -> Record:
    """`enrollments`: all of the person's. Hours are read only for those whose hours are limited."""
    completed = frozenset(e.session.course.code for e in enrollments if e.status in COMPLETED)
    missing = [code for code in session.course.requires if code not in completed]
    courses = [await uow.courses.get(code) for code in missing]
    titles = {course.code: course.title for course in courses if course is not None}
    year = year_of(session.ends_at)
    if not has_ceiling(person):
        return Record(completed, year, titles=titles)
    hours = await hours_of(uow, person, now, without=session.code, year=year)
    return Record(completed, year, hours.done, hours.booked, titles)
