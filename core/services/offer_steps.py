"""Running offers of a session that HR makes another, inside an open transaction whose session row is locked."""

from datetime import datetime

from core.domain.courses import Session
from core.domain.enrollment import Enrollment, Status
from core.domain.messages import OFFERS_A_SEAT, Kind
from core.domain.waiting_list import shortened_offer
from core.ports import UnitOfWork
from core.services import enrollment_messages as messages
from core.services import enrollment_steps as steps
from core.services.enrollment_messages import Step


async def shorten(uow: UnitOfWork, session: Session, by: str, now: datetime) -> int:
    """Offers of a session that would outlast its new deadline end with it; returns how many people are told."""
    told = 0
    for enrollment in await uow.enrollments.of_session(session.code, {Status.OFFERED}):
        step = await _shortened(uow, enrollment, by, now)
        if step is not None and step.enrollment.offer_expires_at is not None:
            await uow.outbox.withdraw(enrollment.enrollment_id, OFFERS_A_SEAT, now)
            await uow.outbox.add(messages.offered(step, step.enrollment.offer_expires_at, is_shortened=True))
            told += 1
    return told


async def follow(uow: UnitOfWork, step: Step, by: str) -> Step:
    """The offer of a session that was moved, of which the person is told anyway: its deadline and its reminder follow.

    An offer that did not reach the person yet is made again, of the session as it is now.
    """
    number, now = step.enrollment.enrollment_id, step.taken_at
    step = await _shortened(uow, step.enrollment, by, now) or step
    deadline = step.enrollment.offer_expires_at
    assert deadline is not None  # a constraint of the table: an offered row has one
    is_unread = await uow.outbox.withdraw(number, (Kind.SEAT_OFFERED,), now)
    await uow.outbox.withdraw(number, (Kind.OFFER_REMINDER,), now)
    await uow.outbox.add(messages.offered(step, deadline) if is_unread else messages.offer_reminders(step, deadline))
    return step


async def _shortened(uow: UnitOfWork, enrollment: Enrollment, by: str, now: datetime) -> Step | None:
    expires_at = enrollment.offer_expires_at
    deadline = shortened_offer(expires_at, enrollment.session, now) if expires_at else None
    if deadline is None:
        return None
    shorter = await uow.enrollments.shorten_offer(enrollment.enrollment_id, deadline)
    return await steps.note(uow, shorter, "offer_shortened", by, now)
