"""Steps of enrollments inside an open transaction whose session row is locked: change the row, audit, write the messages."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from core.domain.courses import Availability, Session
from core.domain.eligibility import require_within_ceiling
from core.domain.enrollment import HOLDS_SEAT, Enrollment, Status, decide, require_no_clash
from core.domain.errors import NotLinked
from core.domain.messages import ASKS_FOR_APPROVAL, OFFERS_A_SEAT, DeliveryStatus, Kind
from core.domain.people import Person
from core.domain.quotas import QuotaUse
from core.domain.waiting_list import line, offer_deadline
from core.ports import UnitOfWork
from core.services import approval_rights as rights
from core.services import enrollment_messages as messages
from core.services.enrollment_messages import Step
from core.services.records import record_of
from core.services.rights import actor

SYSTEM = "system"
OTHERS_TOLD = 3
"""So many other sessions of the course are named to somebody who lost this one."""


async def begin(uow: UnitOfWork, person: Person, availability: Availability, now: datetime) -> Step:
    """Takes a new enrollment, or an ended one that lives again, to where `decide` puts it, and writes what follows."""
    status = await prospect(uow, person, availability, now)
    enrollment = await uow.enrollments.start(person.person_id, availability.session.code, status, now)
    step = await _audited(uow, enrollment, actor(person), now)
    await seat_taken(uow, step, person)
    return step


async def prospect(uow: UnitOfWork, person: Person, availability: Availability, now: datetime) -> Status:
    """Where `decide` would put the person, on the facts of this transaction. Raises the EnrollmentRefused that applies."""
    enrollments = await uow.enrollments.of_person(person.person_id)
    record = await record_of(uow, person, availability.session, enrollments, now)
    held = [e.session for e in enrollments if e.status in HOLDS_SEAT]
    return decide(person, availability, held, now, record, await quota_use(uow, availability.session))


async def quota_use(uow: UnitOfWork, session: Session) -> QuotaUse | None:
    """How the session's sub-quotas stand; None if it has none."""
    if not session.quotas:
        return None
    counts = await uow.enrollments.unit_counts(session.code)
    units = {unit.code: unit for unit in await uow.people.units()}
    taken = {unit: seats for unit, seats, _ in counts}
    return QuotaUse(session.quotas, units, taken, {unit: waiting for unit, _, waiting in counts})


async def take(
    uow: UnitOfWork,
    enrollment: Enrollment,
    to: Status,
    by: str,
    now: datetime,
    *,
    reason: str | None = None,
    offer_expires_at: datetime | None = None,
) -> Step:
    """Moves the row and audits it. Raises AlreadyDecided for a step the life of an enrollment does not know."""
    enrollment.require_step(to)
    moved = await uow.enrollments.move(
        enrollment.enrollment_id, to, now, reason=reason, offer_expires_at=offer_expires_at
    )
    return await _audited(uow, moved, by, now)


async def take_all(
    uow: UnitOfWork, enrollments: Sequence[Enrollment], to: Status, by: str, now: datetime
) -> list[Step]:
    """As `take`, for many in as many queries as for one; in the order given."""
    for enrollment in enrollments:
        enrollment.require_step(to)
    if not enrollments:
        return []
    moved = await uow.enrollments.move_all([one.enrollment_id for one in enrollments], to, now)
    subjects = {_subject(one): _facts(one) for one in moved}
    await uow.audit.record_all(f"enrollment_{to}", now, actor=by, subjects=subjects)
    counts = await uow.audit.counts(subjects)
    return [Step(one, counts[_subject(one)], now) for one in moved]


async def note(uow: UnitOfWork, enrollment: Enrollment, action: str, by: str, now: datetime) -> Step:
    """Audits what happened to the enrollment without moving it."""
    return await _audited(uow, enrollment, by, now, action)


async def seat_taken(uow: UnitOfWork, step: Step, person: Person) -> None:
    """A confirmed seat deserves its reminders, a requested one somebody's approval."""
    if step.enrollment.status is Status.CONFIRMED:
        await uow.outbox.add(messages.reminders(step))
    elif step.enrollment.status is Status.REQUESTED:
        request = await rights.request_of(uow, step.enrollment, person, step.taken_at)
        await uow.outbox.add(
            messages.approval_requests(step, request, await rights.approvers(uow, person, step.taken_at))
        )


async def retract(uow: UnitOfWork, step: Step, person: Person, *, was_approved: bool) -> None:
    """Takes back what was not sent yet and tells those who had been asked for their approval already.

    Why somebody gives back an approved seat is told as well.
    """
    enrollment = step.enrollment
    asked = await those_asked(uow, enrollment)
    unsent = (Kind.SESSION_REMINDER, Kind.REQUEST_APPROVED, Kind.REQUEST_ESCALATED, *OFFERS_A_SEAT)
    await uow.outbox.withdraw(enrollment.enrollment_id, (*unsent, *ASKS_FOR_APPROVAL), step.taken_at)
    await uow.outbox.add(messages.withdrawn(step, person, asked, was_approved=was_approved))


async def those_asked(uow: UnitOfWork, enrollment: Enrollment) -> set[int]:
    """The people (by id) whom a request for approval has reached, or may have reached, in this life of the row."""
    return {
        message.person_id
        for message in await uow.outbox.of_enrollment(enrollment.enrollment_id)
        if message.kind in ASKS_FOR_APPROVAL
        # one in flight may have arrived; and an earlier life of this row is over and told
        and message.status in (DeliveryStatus.SENT, DeliveryStatus.SENDING)
        and message.due_at >= enrollment.requested_at
        and message.person_id is not None
    }


async def number_of(uow: UnitOfWork, enrollment: Enrollment) -> int:
    """How many steps the enrollment has taken."""
    return len(await uow.audit.of_subject(_subject(enrollment)))


async def offer_free_seats(uow: UnitOfWork, session_code: str, now: datetime) -> int:
    """Offers every free seat to the next in line, while enrolling is open; returns how many were offered.

    Whom a sub-quota holds back keeps their place and is passed over.
    """
    availability = await uow.courses.availability_of(session_code)
    if availability is None or availability.left == 0 or availability.waiting == 0:
        return 0
    deadline = offer_deadline(availability.session, now)
    if deadline is None:
        return 0
    waiting = line(await uow.enrollments.of_session(session_code, {Status.WAITLISTED}))
    use = await quota_use(uow, availability.session)
    units = await uow.enrollments.waiting_units(session_code) if use is not None else {}
    offered = 0
    for enrollment in waiting:
        if offered == availability.left:
            break
        if use is not None:
            unit = units[enrollment.enrollment_id]
            if use.full_for(unit) is not None:
                continue
            use = use.with_seat_for(unit)
        step = await take(uow, enrollment, Status.OFFERED, SYSTEM, now, offer_expires_at=deadline)
        await uow.outbox.add(messages.offered(step, deadline))
        offered += 1
    return offered


async def end_line(uow: UnitOfWork, session: Session, by: str, now: datetime) -> int:
    """Ends the wait of all who are in line once enrolling is over, and tells them what else is open; returns how many."""
    waiting = line(await uow.enrollments.of_session(session.code, {Status.WAITLISTED}))
    if not waiting:
        return 0
    others = await open_beside(uow, session, now)
    for enrollment in waiting:
        step = await take(uow, enrollment, Status.LAPSED, by, now)
        await uow.outbox.withdraw(enrollment.enrollment_id, (Kind.SESSION_MOVED,), now)
        await uow.outbox.add([messages.line_ended(step, others)])
    return len(waiting)


async def open_beside(uow: UnitOfWork, session: Session, now: datetime) -> list[Availability]:
    """Up to OTHERS_TOLD other sessions of the course one can enroll in, soonest first."""
    open_now = await uow.courses.availability(now)
    others = [one for one in open_now if one.session.course == session.course and one.session.code != session.code]
    return others[:OTHERS_TOLD]


async def place_of(uow: UnitOfWork, enrollment: Enrollment) -> int | None:
    if enrollment.status is not Status.WAITLISTED:
        return None
    return await uow.enrollments.place_in_line(enrollment.enrollment_id)


async def require_acceptable(uow: UnitOfWork, enrollment: Enrollment, person: Person, now: datetime) -> None:
    """Raises ScheduleClash or HoursCeilingReached for what the person took on while they waited."""
    others = await uow.enrollments.of_person(person.person_id)
    require_no_clash(enrollment.session, [e.session for e in others if e.status in HOLDS_SEAT])
    require_within_ceiling(person, enrollment.session, await record_of(uow, person, enrollment.session, others, now))


async def applicant(uow: UnitOfWork, enrollment: Enrollment) -> Person:
    person = await uow.people.get(enrollment.person_id)
    if person is None:
        raise NotLinked  # a foreign key holds every enrollment to a person
    return person


async def _audited(uow: UnitOfWork, enrollment: Enrollment, by: str, now: datetime, action: str | None = None) -> Step:
    await uow.audit.record(
        action or f"enrollment_{enrollment.status}",
        now,
        actor=by,
        subject=_subject(enrollment),
        facts=_facts(enrollment),
    )
    return Step(enrollment, await number_of(uow, enrollment), now)


def _facts(enrollment: Enrollment) -> dict[str, Any]:
    return {"session": enrollment.session.code, "person_id": enrollment.person_id}


def _subject(enrollment: Enrollment) -> str:
    return f"enrollment:{enrollment.enrollment_id}"
