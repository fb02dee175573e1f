"""Enrolling, approving, cancelling, and the waiting list behind them."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from core.domain.campaign_content import check_text
from core.domain.enrollment import ENDED, HOLDS_SEAT, LIVE, Enrollment, Status, after_acceptance
from core.domain.errors import (
    AlreadyDecided,
    NotLinked,
    NotSupervisor,
    NotYours,
    OfferExpired,
    SessionStarted,
    UnknownEnrollment,
    UnknownSession,
)
from core.domain.messages import ASKS_FOR_APPROVAL, OFFERS_A_SEAT
from core.domain.people import Caller, Person
from core.domain.working_days import Holidays
from core.ports import Clock, UnitOfWork, UnitOfWorkFactory
from core.services import approval_rights as rights
from core.services import enrollment_messages as messages
from core.services import enrollment_steps as steps
from core.services.rights import actor, keep_refusal
from core.services.wording import meant

REASON_LIMIT = 300


@dataclass(frozen=True)
class EnrollmentResult:
    """What became of it. `place_in_line` counts from 1 and is set while waitlisted; `is_new` is False for a double tap."""

    enrollment: Enrollment
    is_new: bool
    place_in_line: int | None = None


@dataclass(frozen=True)
class EnrollmentView:
    enrollment: Enrollment
    place_in_line: int | None = None


AT_ONCE = 4
"""Changes of enrollments in work at once, in one process. They would wait for each other under the session's lock anyway; here
they wait in order of arrival, without a connection each and without running into a time-out, and leave connections to others."""


class Enrollments:
    """Rights are read from the database by the caller, never from what the caller says.

    Each method is one transaction: it locks the session row, checks, changes the row, audits, and writes the
    messages it causes into the ledger. Callers without a person get NotLinked.
    """

    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock, holidays: Holidays = frozenset()) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._holidays = holidays
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def enroll(self, caller: Caller, session_code: str) -> EnrollmentResult:
        """Takes a seat, asks the supervisor, or joins the waiting list; the same call again gives the same answer.

        Raises NotLinked, UnknownSession and the EnrollmentRefused of `core.domain.enrollment.decide`.
        Without a supervisor in the registry the request goes to the HR officers.
        """
        person_id = _person(caller).person_id
        async with self._turn, self._unit_of_work() as uow:
            availability = await uow.courses.lock_session(session_code)
            if availability is None:
                raise UnknownSession(session_code)
            # after the session's lock, so that one person's clashing sessions are decided one after the other
            person = await uow.people.lock(person_id)
            if person is None:
                raise NotLinked
            existing = await uow.enrollments.find(person_id, session_code)
            if existing is not None and existing.status not in ENDED:
                return EnrollmentResult(existing, False, await steps.place_of(uow, existing))
            # the time is read under the lock, so that the line stands in the order of the locks
            step = await steps.begin(uow, person, availability, self._clock.now())
            place = await steps.place_of(uow, step.enrollment)
            await uow.commit()
        return EnrollmentResult(step.enrollment, True, place)

    async def prospect(self, caller: Caller, session_code: str) -> Status:
        """What enrolling would come to right now: a preview, decided again by `enroll`. Raises as `enroll` does."""
        person_id = _person(caller).person_id
        async with self._unit_of_work() as uow:
            availability = await uow.courses.availability_of(session_code)
            person = await uow.people.get(person_id)
            if availability is None:
                raise UnknownSession(session_code)
            if person is None:
                raise NotLinked
            return await steps.prospect(uow, person, availability, self._clock.now())

    async def cancel(self, caller: Caller, enrollment_id: int, reason: str | None = None) -> Enrollment:
        """The person withdraws, until the session starts. Frees the seat and offers it to the next in line.

        `reason`: in the person's own words, kept with the row. Withdraws the unsent reminders; a supervisor asked before is told.
        Raises UnknownEnrollment, NotYours, SessionStarted, AlreadyDecided, TextTooLong (300).
        """
        person = _person(caller)
        reason = check_text(reason, REASON_LIMIT) if reason and reason.strip() else None
        async with self._turn, self._unit_of_work() as uow:
            enrollment = await _locked(uow, enrollment_id)
            if enrollment.person_id != person.person_id:
                await keep_refusal(uow, caller, "cancel", enrollment_id, self._clock.now())
                raise NotYours
            now = self._clock.now()
            await _require_withdrawable(uow, caller, enrollment, now)
            step = await steps.take(uow, enrollment, Status.CANCELLED, actor(person), now, reason=reason)
            was_approved = enrollment.session.needs_approval and enrollment.status is Status.CONFIRMED
            await steps.retract(uow, step, await steps.applicant(uow, enrollment), was_approved=was_approved)
            await steps.offer_free_seats(uow, enrollment.session.code, now)
            await uow.commit()
        return step.enrollment

    async def decide_request(
        self, caller: Caller, enrollment_id: int, approve: bool, reason: str | None = None
    ) -> Enrollment:
        """The answer of whoever may decide (`core.services.approval_rights`), never the applicant. The person is told.

        Raises NotSupervisor, UnknownEnrollment, AlreadyDecided.
        """
        decider_id = _person(caller).person_id
        async with self._turn, self._unit_of_work() as uow:
            enrollment = await _locked(uow, enrollment_id)
            applicant = await steps.applicant(uow, enrollment)
            decider = await uow.people.get(decider_id)
            now = self._clock.now()
            if decider is None or not await rights.may_decide(uow, decider, applicant, enrollment, now, self._holidays):
                await keep_refusal(uow, caller, "decide_request", enrollment_id, now)
                raise NotSupervisor
            if enrollment.status is not Status.REQUESTED:
                await keep_refusal(uow, caller, "decide_request", enrollment_id, now, status=enrollment.status)
                raise AlreadyDecided(enrollment_id, enrollment.status)
            to = Status.CONFIRMED if approve else Status.DECLINED
            step = await steps.take(uow, enrollment, to, actor(decider), now, reason=reason)
            await uow.outbox.withdraw(enrollment_id, ASKS_FOR_APPROVAL, now)
            await uow.outbox.add([messages.approved(step) if approve else messages.declined(step)])
            await steps.seat_taken(uow, step, applicant)
            await steps.offer_free_seats(uow, enrollment.session.code, now)
            await uow.commit()
        return step.enrollment

    async def answer_offer(self, caller: Caller, enrollment_id: int, accept: bool) -> EnrollmentResult:
        """Accepts or passes a freed seat. Raises UnknownEnrollment, NotYours, OfferExpired, AlreadyDecided.

        Accepting twice gives the same answer. ScheduleClash or HoursCeilingReached if the person took on too much
        meanwhile: the offer stands until its deadline. Passing ends the enrollment (`cancelled`) and offers the seat to the next.
        """
        person_id = _person(caller).person_id
        async with self._turn, self._unit_of_work() as uow:
            enrollment = await _locked(uow, enrollment_id)
            if enrollment.person_id != person_id:
                await keep_refusal(uow, caller, "answer_offer", enrollment_id, self._clock.now())
                raise NotYours
            person = await uow.people.lock(person_id)
            if person is None:
                raise NotLinked
            now = self._clock.now()
            if accept and enrollment.status in (Status.CONFIRMED, Status.REQUESTED):
                return EnrollmentResult(enrollment, is_new=False)
            if enrollment.status is Status.LAPSED or (
                enrollment.status is Status.OFFERED
                and min(enrollment.offer_expires_at or now, enrollment.session.starts_at) <= now
            ):
                raise OfferExpired(enrollment_id)
            if enrollment.status is not Status.OFFERED:
                await keep_refusal(uow, caller, "answer_offer", enrollment_id, now, status=enrollment.status)
                raise AlreadyDecided(enrollment_id, enrollment.status)
            if accept:
                await steps.require_acceptable(uow, enrollment, person, now)
            to = after_acceptance(enrollment.session) if accept else Status.CANCELLED
            step = await steps.take(uow, enrollment, to, actor(person), now)
            await uow.outbox.withdraw(enrollment_id, OFFERS_A_SEAT, now)
            await steps.seat_taken(uow, step, person)
            await steps.offer_free_seats(uow, enrollment.session.code, now)
            await uow.commit()
        return EnrollmentResult(step.enrollment, is_new=True)

    async def lapse_offers(self) -> int:
        """Ends offers past their deadline and offers the seats onward; returns how many lapsed. Called by a tick.

        Seats that became free in another way (HR gave the session more) are offered too, and whoever still waits when enrolling
        has ended is told so. One transaction a session.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            expired = await uow.enrollments.expired_offers(now)
            lines = [one for one in await uow.courses.coming(now) if one.waiting]
            unoffered = [one.session.code for one in lines if one.left and one.session.is_open(now)]
            over = [one.session.code for one in lines if not one.session.is_open(now)]
        lapsed = 0
        for offer in expired:
            async with self._unit_of_work() as uow:
                enrollment = await _locked(uow, offer.enrollment_id)
                if enrollment.status is not Status.OFFERED or enrollment.offer_expires_at != offer.offer_expires_at:
                    continue  # answered since
                step = await steps.take(uow, enrollment, Status.LAPSED, steps.SYSTEM, now)
                await uow.outbox.withdraw(enrollment.enrollment_id, OFFERS_A_SEAT, now)
                await uow.outbox.add([messages.lapsed(step)])
                await steps.offer_free_seats(uow, enrollment.session.code, now)
                await uow.commit()
                lapsed += 1
        for session_code in unoffered:
            async with self._unit_of_work() as uow:
                if await uow.courses.lock_session(session_code) is not None:
                    await steps.offer_free_seats(uow, session_code, now)
                    await uow.commit()
        for session_code in over:
            async with self._unit_of_work() as uow:
                standing = await uow.courses.lock_session(session_code)
                if standing is not None and not standing.session.is_open(now):
                    await steps.end_line(uow, standing.session, steps.SYSTEM, now)
                    await uow.commit()
        return lapsed

    async def mine(self, caller: Caller) -> list[EnrollmentView]:
        """All the caller's enrollments, newest session first, with places in line. Raises NotLinked."""
        person_id = _person(caller).person_id
        async with self._unit_of_work() as uow:
            rows = await uow.enrollments.of_person(person_id)
            return [EnrollmentView(row, await steps.place_of(uow, row)) for row in rows]

    async def own(self, caller: Caller, enrollment_id: int) -> Enrollment:
        """One of the caller's enrollments, as it stands. Somebody else's is as unknown as one that never was, and a try at it
        is audited. Raises NotLinked, UnknownEnrollment.
        """
        person_id = _person(caller).person_id
        async with self._unit_of_work() as uow:
            enrollment = await uow.enrollments.get(enrollment_id)
            if enrollment is not None and enrollment.person_id == person_id:
                return enrollment
            if enrollment is not None:
                await keep_refusal(uow, caller, "see_enrollment", enrollment_id, self._clock.now())
        raise UnknownEnrollment(str(enrollment_id))

    async def withdrawable(self, caller: Caller, enrollment_id: int) -> Enrollment:
        """One of the caller's own that can still be withdrawn, for asking before it is. A try that comes too late is audited.

        Raises as `own` does, AlreadyDecided, SessionStarted.
        """
        enrollment = await self.own(caller, enrollment_id)
        async with self._unit_of_work() as uow:
            await _require_withdrawable(uow, caller, enrollment, self._clock.now())
        return enrollment

    async def upcoming(self, caller: Caller) -> list[Enrollment]:
        """Seats held in sessions that have not ended, soonest first."""
        person_id = _person(caller).person_id
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            rows = await uow.enrollments.of_person(person_id)
        held = [row for row in rows if row.status in HOLDS_SEAT and row.session.ends_at > now]
        return sorted(held, key=lambda row: row.session.starts_at)

    async def find_mine(self, caller: Caller, text: str) -> list[Enrollment]:
        """The caller's live enrollments that the words mean (course name or code); all live ones if they name none."""
        person_id = _person(caller).person_id
        async with self._unit_of_work() as uow:
            rows = await uow.enrollments.of_person(person_id)
        live = sorted((row for row in rows if row.status in LIVE), key=lambda row: row.session.starts_at)
        return meant(text, live) or live


def _person(caller: Caller) -> Person:
    if caller.person is None:
        raise NotLinked
    return caller.person


async def _require_withdrawable(uow: UnitOfWork, caller: Caller, enrollment: Enrollment, now: datetime) -> None:
    if enrollment.status not in LIVE:
        await keep_refusal(uow, caller, "cancel", enrollment.enrollment_id, now, status=enrollment.status)
        raise AlreadyDecided(enrollment.enrollment_id, enrollment.status)
    if now >= enrollment.session.starts_at:
        await keep_refusal(uow, caller, "cancel", enrollment.enrollment_id, now, status=enrollment.status)
        raise SessionStarted(enrollment.session.code, enrollment.session.starts_at)


async def _locked(uow: UnitOfWork, enrollment_id: int) -> Enrollment:
    enrollment = await uow.enrollments.lock(enrollment_id)
    if enrollment is None:
        raise UnknownEnrollment(str(enrollment_id))
    return enrollment
