"""Changes of a session inside an open transaction whose session row is locked: the row, its enrollments, who is told.

Chat, command line and import come here, so that a session moved in any way reaches its people in the same way.
"""

from datetime import datetime

from core.domain.courses import Availability, Session, SessionStatus
from core.domain.enrollment import HOLDS_SEAT, LIVE, Enrollment, Status
from core.domain.messages import ASKS_FOR_APPROVAL, OFFERS_A_SEAT, Kind
from core.domain.session_changes import is_moved
from core.ports import UnitOfWork
from core.services import approval_rights as rights
from core.services import enrollment_messages, offer_steps, session_messages
from core.services import enrollment_steps as steps
from core.services.enrollment_messages import Step


async def replace(uow: UnitOfWork, standing: Availability, after: Session, by: str, now: datetime) -> int:
    """Writes the session as it is from now on; returns how many people are told.

    Those who hold or wait for a seat hear of another time or place, until the session has begun; their reminders follow it,
    and so does the deadline of an offer. Seats that are new are offered to those in line; where enrolling is over, the line ends.
    """
    before = standing.session
    await uow.courses.upsert_session(after)
    await _record(uow, "session_changed", before, after, by, now)
    if after.status is SessionStatus.CANCELLED or before.starts_at <= now:
        return 0
    told = 0
    if is_moved(before, after):
        for enrollment in await uow.enrollments.of_session(after.code, LIVE):
            await _follow(uow, enrollment, before, by, now)
            told += 1
    else:
        told += await offer_steps.shorten(uow, after, by, now)
    await steps.offer_free_seats(uow, after.code, now)
    if not after.is_open(now):
        ended = await steps.end_line(uow, after, by, now)
        told += 0 if is_moved(before, after) else ended
    return told


async def close(uow: UnitOfWork, after: Session, by: str, now: datetime) -> int:
    """`after`: the session, closed. Ends its waiting list; returns how many are told."""
    await uow.courses.upsert_session(after)
    await uow.audit.record("session_closed", now, actor=by, subject=subject_of(after))
    return await steps.end_line(uow, after, by, now)


async def cancel(uow: UnitOfWork, after: Session, reason: str, by: str, now: datetime) -> int:
    """`after`: the session, cancelled. Ends every live enrollment and tells its person; returns how many were told."""
    live = await uow.enrollments.of_session(after.code, LIVE)
    await uow.courses.upsert_session(after)
    await uow.audit.record(
        "session_cancelled", now, actor=by, subject=subject_of(after), facts={"enrollments": len(live)}
    )
    others = await steps.open_beside(uow, after, now)
    for stood in live:
        asked = await steps.those_asked(uow, stood) if stood.status is Status.REQUESTED else set()
        step = await steps.take(uow, stood, Status.CANCELLED, by, now, reason=reason)
        await uow.outbox.withdraw(stood.enrollment_id, tuple(_ABOUT_A_LIVE_ONE), now)
        applicant = await steps.applicant(uow, stood)
        await uow.outbox.add(
            [
                session_messages.cancelled(stood, after, reason, step.number, now, others),
                *session_messages.request_gone(stood, applicant, asked, step.number, now),
            ]
        )
    return len(live)


def subject_of(session: Session) -> str:
    return f"session:{session.code}"


_ABOUT_A_LIVE_ONE = (
    ASKS_FOR_APPROVAL
    | OFFERS_A_SEAT
    | {
        Kind.SESSION_REMINDER,
        Kind.REQUEST_APPROVED,
        Kind.REQUEST_ESCALATED,
        Kind.SESSION_MOVED,
    }
)


async def _follow(uow: UnitOfWork, enrollment: Enrollment, before: Session, by: str, now: datetime) -> None:
    """Tells the person; takes back what still waits to be sent about the old time, and writes it for the new one."""
    number = enrollment.enrollment_id
    person = await steps.applicant(uow, enrollment)
    step = Step(enrollment, await steps.number_of(uow, enrollment), now)
    if enrollment.status is Status.OFFERED:
        step = await offer_steps.follow(uow, step, by)
        enrollment = step.enrollment
    await uow.outbox.withdraw(number, (Kind.SESSION_REMINDER, Kind.SESSION_MOVED), now)
    await uow.outbox.add([session_messages.moved(enrollment, before, await _clashes(uow, enrollment), now)])
    if enrollment.status is Status.CONFIRMED:
        await uow.outbox.add(enrollment_messages.reminders_after_move(step))
    elif enrollment.status is Status.REQUESTED:
        asked = await steps.those_asked(uow, enrollment)
        await uow.outbox.withdraw(number, tuple(ASKS_FOR_APPROVAL), now)
        request = await rights.request_of(uow, enrollment, person, now)
        approvers = {approver.person_id: approver for approver in await rights.approvers(uow, person, now)}
        for person_id in asked - approvers.keys():
            if (approver := await uow.people.get(person_id)) is not None:
                approvers[person_id] = approver
        await uow.outbox.add(enrollment_messages.approval_requests(step, request, approvers.values()))


async def _clashes(uow: UnitOfWork, enrollment: Enrollment) -> list[Session]:
    """The person's other seats at the new time."""
    return [
        other.session
        for other in await uow.enrollments.of_person(enrollment.person_id)
        if other.status in HOLDS_SEAT
        and other.session.code != enrollment.session.code
        and other.session.overlaps(enrollment.session)
    ]


async def _record(uow: UnitOfWork, action: str, before: Session, after: Session, by: str, now: datetime) -> None:
    names = ("starts_at", "ends_at", "closes_at", "seats", "place", "status", "has_waiting_list", "needs_approval")
    changed = {name: [str(getattr(before, name)), str(getattr(after, name))] for name in names}
    await uow.audit.record(
        action,
        now,
        actor=by,
        subject=subject_of(after),
        facts={name: pair for name, pair in changed.items() if pair[0] != pair[1]},
    )
