"""The evaluation of a training by those who completed it: once a person, with an optional comment, shown to HR by session."""

from datetime import datetime

from core.domain.campaign_content import check_text
from core.domain.enrollment import Enrollment, Status
from core.domain.errors import (
    AlreadyEvaluated,
    NotAParticipant,
    NotLinked,
    NotYours,
    RatingOutOfRange,
    UnknownEnrollment,
)
from core.domain.evaluations import COMMENT_LIMIT, HIGHEST, LOWEST, Evaluation, SessionEvaluations
from core.domain.messages import Kind
from core.domain.people import Caller
from core.ports import Clock, UnitOfWork, UnitOfWorkFactory
from core.services.rights import keep_refusal


class Evaluations:
    """Each method is one transaction. Who said what is kept for the once only; reports name nobody."""

    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def rate(self, caller: Caller, enrollment_id: int, rating: int) -> Evaluation:
        """The same number again gives the same answer. Raises NotLinked, UnknownEnrollment, NotYours, NotAParticipant,
        RatingOutOfRange, AlreadyEvaluated.
        """
        if not LOWEST <= rating <= HIGHEST:
            raise RatingOutOfRange(rating)
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            enrollment = await _completed(uow, caller, enrollment_id, self._clock.now())
            is_new = await uow.evaluations.add(Evaluation(enrollment_id, rating, now))
            standing = await uow.evaluations.get(enrollment_id)
            assert standing is not None  # this transaction or an earlier one wrote it
            if standing.rating != rating:
                raise AlreadyEvaluated(standing.rating)
            if is_new:
                await uow.outbox.withdraw(enrollment_id, (Kind.EVALUATION_REQUEST,), now)
                await uow.audit.record(
                    "training_evaluated",
                    now,
                    actor=f"person:{enrollment.person_id}",
                    subject=f"session:{enrollment.session.code}",
                )
                await uow.commit()
        return standing

    async def comment(self, caller: Caller, enrollment_id: int, text: str) -> Evaluation:
        """Once, after the number. Raises as `rate`, and EmptyText, TextTooLong (500)."""
        text = check_text(text, COMMENT_LIMIT)
        async with self._unit_of_work() as uow:
            await _completed(uow, caller, enrollment_id, self._clock.now())
            standing = await uow.evaluations.get(enrollment_id)
            if standing is None:
                raise UnknownEnrollment(str(enrollment_id))
            if not await uow.evaluations.set_comment(enrollment_id, text):
                raise AlreadyEvaluated(standing.rating)
            await uow.commit()
        return standing

    async def by_session(self) -> list[SessionEvaluations]:
        """Sessions that somebody completed, newest first."""
        async with self._unit_of_work() as uow:
            return await uow.evaluations.by_session()


async def _completed(uow: UnitOfWork, caller: Caller, enrollment_id: int, now: datetime) -> Enrollment:
    if caller.person is None:
        raise NotLinked
    enrollment = await uow.enrollments.lock(enrollment_id)
    if enrollment is None:
        raise UnknownEnrollment(str(enrollment_id))
    if enrollment.person_id != caller.person.person_id:
        await keep_refusal(uow, caller, "evaluate", enrollment_id, now)
        raise NotYours
    if enrollment.status is not Status.COMPLETED:
        raise NotAParticipant(enrollment.session.code, enrollment.session.course.title, enrollment.status)
    return enrollment
