"""Requests that wait for a supervisor: who sees them, and what becomes of those that nobody decides."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.domain.approvals import (
    ESCALATE_AFTER,
    NUDGE_AFTER,
    PASSED_ON_BEFORE,
    Request,
    escalate_at,
    lapses_at,
    nudge_at,
)
from core.domain.enrollment import Enrollment, Status
from core.domain.errors import AlreadyDecided, NotLinked, NotSupervisor, UnknownEnrollment
from core.domain.messages import ASKS_FOR_APPROVAL, Kind, NewMessage
from core.domain.people import Caller, Person
from core.domain.working_days import Holidays, is_office_time
from core.ports import Clock, UnitOfWork, UnitOfWorkFactory
from core.services import approval_rights as rights
from core.services import enrollment_messages as messages
from core.services import enrollment_steps as steps
from core.services.enrollment_messages import Step
from core.services.rights import keep_refusal


@dataclass(frozen=True)
class Chased:
    """How many requests were nudged, escalated and ended in one round."""

    nudged: int
    escalated: int
    lapsed: int


class Approvals:
    """Rights are read from the database. Deciding is a step of the enrollment: `Enrollments.decide_request`."""

    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock, holidays: Holidays = frozenset()) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._holidays = holidays

    async def pending(self, caller: Caller) -> list[Request]:
        """Requests the caller is asked to decide, oldest first; empty for somebody who is not asked. Raises NotLinked.

        Those of the caller's staff and of those who delegated to the caller; after an escalation those of the staff of
        their staff; for HR officers those of staff who have nobody above.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            person = await _person(uow, caller)
            rows = await uow.enrollments.requests_for(person.person_id)
            for delegation in await uow.delegations.held_by(person.person_id, now):
                rows += await uow.enrollments.requests_for(delegation.supervisor_id)
            if person.is_hr:
                rows += await uow.enrollments.requests_for(None)
            rows += await self._escalated_to(uow, person, now)
            waiting = {enrollment.enrollment_id: (enrollment, applicant) for enrollment, applicant in rows}
            requests = [
                await rights.request_of(uow, enrollment, applicant, now)
                for enrollment, applicant in waiting.values()
                if applicant.person_id != person.person_id
            ]
        return sorted(requests, key=lambda one: (one.enrollment.requested_at, one.enrollment.enrollment_id))

    async def request(self, caller: Caller, enrollment_id: int) -> Request:
        """One request the caller may decide. Raises NotSupervisor, UnknownEnrollment, AlreadyDecided."""
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            person = await _person(uow, caller)
            enrollment = await uow.enrollments.get(enrollment_id)
            if enrollment is None:
                raise UnknownEnrollment(str(enrollment_id))
            applicant = await steps.applicant(uow, enrollment)
            if not await rights.may_decide(uow, person, applicant, enrollment, now, self._holidays):
                await keep_refusal(uow, caller, "see_request", enrollment_id, now)
                raise NotSupervisor
            if enrollment.status is not Status.REQUESTED:
                raise AlreadyDecided(enrollment_id, enrollment.status)
            return await rights.request_of(uow, enrollment, applicant, now)

    async def chase(self) -> Chased:
        """Nudges, escalates and ends what is due; each request once, in a transaction of its own. Called by a tick.

        Nudges and escalations wait for office time; an end does not, as the seat is needed.
        """
        lapsed = await self._lapse()
        if not is_office_time(self._clock.now(), self._holidays):
            return Chased(0, 0, lapsed)
        nudged = await self._ask_again(Kind.APPROVAL_NUDGE, NUDGE_AFTER)
        escalated = await self._ask_again(Kind.APPROVAL_ESCALATED, ESCALATE_AFTER)
        return Chased(nudged, escalated, lapsed)

    async def _ask_again(self, kind: Kind, days: int) -> int:
        now = self._clock.now()
        due_at = nudge_at if kind is Kind.APPROVAL_NUDGE else escalate_at
        async with self._unit_of_work() as uow:
            # working days are never fewer than days
            waiting = await uow.enrollments.requests_asked_before(now - timedelta(days=days), without=kind)
        asked = 0
        for candidate, _ in waiting:
            if due_at(candidate, self._holidays) > now:
                continue
            async with self._unit_of_work() as uow:
                enrollment = await uow.enrollments.lock(candidate.enrollment_id)
                if enrollment != candidate:
                    continue  # decided since
                applicant = await steps.applicant(uow, enrollment)
                step = Step(enrollment, await steps.number_of(uow, enrollment), now)
                new = await uow.outbox.add(await self._messages(uow, kind, step, applicant, now))
                await uow.commit()
                asked += new > 0
        return asked

    async def _messages(
        self, uow: UnitOfWork, kind: Kind, step: Step, applicant: Person, now: datetime
    ) -> list[NewMessage]:
        request = await rights.request_of(uow, step.enrollment, applicant, now)
        if kind is Kind.APPROVAL_NUDGE:
            return messages.approval_nudges(step, request, await rights.approvers(uow, applicant, now))
        supervisor_id = applicant.supervisor_id
        supervisor = await uow.people.get(supervisor_id) if supervisor_id is not None else None
        return messages.approval_escalated(step, request, await rights.approvers_above(uow, applicant), supervisor)

    async def _lapse(self) -> int:
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            closing = await uow.enrollments.requests_closing_before(now + PASSED_ON_BEFORE)
        lapsed = 0
        for candidate in closing:
            if lapses_at(candidate) > now:
                continue
            async with self._unit_of_work() as uow:
                enrollment = await uow.enrollments.lock(candidate.enrollment_id)
                if enrollment is None or enrollment.status is not Status.REQUESTED or lapses_at(enrollment) > now:
                    continue  # decided since, or the session was moved
                await self._end(uow, enrollment, now)
                await uow.commit()
                lapsed += 1
        return lapsed

    async def _end(self, uow: UnitOfWork, enrollment: Enrollment, now: datetime) -> None:
        asked = await steps.those_asked(uow, enrollment)
        step = await steps.take(uow, enrollment, Status.LAPSED, steps.SYSTEM, now)
        await uow.outbox.withdraw(enrollment.enrollment_id, (*ASKS_FOR_APPROVAL, Kind.REQUEST_ESCALATED), now)
        await uow.outbox.add(messages.request_lapsed(step, await steps.applicant(uow, enrollment), asked))
        await steps.offer_free_seats(uow, enrollment.session.code, now)

    async def _escalated_to(self, uow: UnitOfWork, person: Person, now: datetime) -> list[tuple[Enrollment, Person]]:
        rows = await uow.enrollments.requests_asked_before(now - timedelta(days=ESCALATE_AFTER))
        return [
            (enrollment, applicant)
            for enrollment, applicant in rows
            if escalate_at(enrollment, self._holidays) <= now
            and person.person_id in {one.person_id for one in await rights.approvers_above(uow, applicant)}
        ]


async def _person(uow: UnitOfWork, caller: Caller) -> Person:
    """The caller as the registry has them now."""
    person = await uow.people.get(caller.person.person_id) if caller.person is not None else None
    if person is None:
        raise NotLinked
    return person
