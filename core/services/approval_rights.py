"""Whose approval a request needs, and who may give it: read from the database, inside an open transaction."""

from datetime import datetime

from core.domain.approvals import Request, escalate_at
from core.domain.enrollment import HOLDS_SEAT, LIVE, Enrollment
from core.domain.people import Person
from core.domain.working_days import Holidays
from core.ports import UnitOfWork
from core.services.learning import hours_of


async def approvers(uow: UnitOfWork, applicant: Person, now: datetime) -> list[Person]:
    """The supervisor and their delegate, or the HR officers for somebody who has none. Nobody approves their own request."""
    supervisor = await _supervisor(uow, applicant)
    if supervisor is None:
        return await _officers(uow, applicant)
    delegation = await uow.delegations.active_of(supervisor.person_id, now)
    delegate = await uow.people.get(delegation.delegate_id) if delegation is not None else None
    if delegate is None or delegate.person_id == applicant.person_id:
        return [supervisor]
    return [supervisor, delegate]


async def approvers_above(uow: UnitOfWork, applicant: Person) -> list[Person]:
    """Who is asked when the approvers keep silent: the supervisor's supervisor, or the HR officers."""
    supervisor = await _supervisor(uow, applicant)
    above = await _supervisor(uow, supervisor) if supervisor is not None else None
    if above is not None and above.person_id != applicant.person_id:
        return [above]
    return await _officers(uow, applicant)


async def may_decide(
    uow: UnitOfWork, decider: Person, applicant: Person, enrollment: Enrollment, now: datetime, holidays: Holidays
) -> bool:
    """HR officers, the supervisor and their delegate; the one above once it was escalated. Never the applicant."""
    if decider.person_id == applicant.person_id:
        return False
    if decider.is_hr or decider.person_id in {person.person_id for person in await approvers(uow, applicant, now)}:
        return True
    if escalate_at(enrollment, holidays) <= now:
        return decider.person_id in {person.person_id for person in await approvers_above(uow, applicant)}
    return False


async def request_of(uow: UnitOfWork, enrollment: Enrollment, applicant: Person, now: datetime) -> Request:
    """The request with the facts of this moment."""
    session = enrollment.session
    hours = await hours_of(uow, applicant, now, without=session.code)
    others = await uow.enrollments.of_person(applicant.person_id)
    clashes = tuple(
        other.session
        for other in others
        if other.status in HOLDS_SEAT | LIVE and other.session.code != session.code and other.session.overlaps(session)
    )
    return Request(enrollment, applicant, hours.done, hours.booked, clashes)


async def _supervisor(uow: UnitOfWork, person: Person) -> Person | None:
    return await uow.people.get(person.supervisor_id) if person.supervisor_id is not None else None


async def _officers(uow: UnitOfWork, applicant: Person) -> list[Person]:
    return [officer for officer in await uow.people.hr_officers() if officer.person_id != applicant.person_id]
