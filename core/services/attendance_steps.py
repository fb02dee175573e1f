"""What a list in HR's hands makes of many enrollments at once, inside an open transaction whose session row is locked.

A fixed number of queries, however many people are on the list.
"""

from collections.abc import Sequence
from datetime import datetime

from core.domain.attendance import Presence
from core.domain.calendar import jakarta
from core.domain.enrollment import Enrollment, Status
from core.domain.learning import HoursEntry
from core.domain.messages import Kind
from core.ports import UnitOfWork
from core.services import attendance_messages as messages
from core.services import enrollment_steps as steps
from core.services.certificates import issue_all


async def attend(uow: UnitOfWork, enrollments: Sequence[Enrollment], by: str, now: datetime) -> list[Enrollment]:
    """`confirmed` ones become `attended`, on the day of the officer's word or, for a word given later, on the last day."""
    presences = [
        Presence(one.enrollment_id, min(jakarta(now).date(), jakarta(one.session.ends_at).date()), now, by)
        for one in enrollments
    ]
    await uow.attendance.note_all(presences)
    taken = await steps.take_all(uow, enrollments, Status.ATTENDED, by, now)
    await uow.outbox.withdraw_all(_ids(enrollments), (Kind.SESSION_REMINDER,), now)
    return [step.enrollment for step in taken]


async def complete(
    uow: UnitOfWork, enrollments: Sequence[Enrollment], by: str, now: datetime, *, asked_at: datetime
) -> None:
    """`attended` ones earn the hours of their course and a certificate, are told, and are asked for their evaluation then."""
    taken = await steps.take_all(uow, enrollments, Status.COMPLETED, by, now)
    await uow.hours.add_all([entry(step.enrollment, step.enrollment.session.course.hours, None) for step in taken])
    certificates = await issue_all(uow, _ids(enrollments), now)
    rows = [messages.completed(step, certificates[step.enrollment.enrollment_id].number) for step in taken]
    await uow.outbox.add([*rows, *(messages.evaluation_request(step, asked_at) for step in taken)])


async def miss(uow: UnitOfWork, enrollments: Sequence[Enrollment], by: str, now: datetime) -> None:
    """Were not there, and are told so."""
    taken = await steps.take_all(uow, enrollments, Status.NO_SHOW, by, now)
    await uow.outbox.withdraw_all(_ids(enrollments), (Kind.SESSION_REMINDER,), now)
    await uow.outbox.add([messages.missed(step) for step in taken])


def entry(enrollment: Enrollment, hours: int, reason: str | None) -> HoursEntry:
    """In the year the session ended in, whenever it is written."""
    session = enrollment.session
    return HoursEntry(
        enrollment.person_id,
        hours,
        jakarta(session.ends_at).date(),
        session.course.title,
        reason,
        enrollment.enrollment_id,
    )


def _ids(enrollments: Sequence[Enrollment]) -> list[int]:
    return [one.enrollment_id for one in enrollments]
