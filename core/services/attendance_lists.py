"""The list of a session in HR's hands: who was there, confirming it, and correcting it later."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.domain import attendance as rules
from core.domain.campaign_content import check_text
from core.domain.courses import Session
from core.domain.enrollment import Enrollment, Status
from core.domain.errors import (
    AttendanceNotOpen,
    AttendanceNotOver,
    HoursOutOfRange,
    ListNotConfirmed,
    NotAParticipant,
    UnknownEnrollment,
    UnknownPerson,
    UnknownSession,
)
from core.domain.evaluations import ASKED_AFTER
from core.domain.messages import Kind
from core.domain.people import Caller, Person
from core.domain.working_days import Holidays, next_office_time
from core.ports import Clock, UnitOfWork, UnitOfWorkFactory
from core.services import attendance_messages as messages
from core.services import attendance_steps as work
from core.services import enrollment_steps as steps
from core.services.certificates import issue
from core.services.rights import officer_or_desk

REASON_LIMIT = 300
_LISTED = frozenset({Status.CONFIRMED, Status.ATTENDED, Status.COMPLETED, Status.NO_SHOW})
_CONFIRMED_LIST = frozenset({Status.COMPLETED, Status.NO_SHOW})


@dataclass(frozen=True)
class Participant:
    """Somebody with a seat, and on how many days they were there."""

    enrollment: Enrollment
    person: Person
    days: int


@dataclass(frozen=True)
class AttendanceList:
    """By name. `is_over`: the list may be confirmed now."""

    session: Session
    participants: tuple[Participant, ...]
    is_over: bool

    def of(self, status: Status) -> list[Participant]:
        return [row for row in self.participants if row.enrollment.status is status]

    @property
    def is_confirmed(self) -> bool:
        return bool(self.participants) and all(row.enrollment.status in _CONFIRMED_LIST for row in self.participants)


@dataclass(frozen=True)
class Confirmed:
    """How many this call completed and marked absent; both 0 when it had been done before."""

    completed: int
    no_shows: int


@dataclass(frozen=True)
class Correction:
    """The hours that count now, and by how much they changed (0: they stood like this already)."""

    enrollment: Enrollment
    hours: int
    change: int


class AttendanceLists:
    """Each method is one transaction. `by` is an HR officer, or None for HR's command line; anybody else gets NotHR."""

    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock, holidays: Holidays = frozenset()) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._holidays = holidays

    async def of_session(self, by: Caller | None, session_code: str) -> AttendanceList:
        """From an hour before the session begins. Raises NotHR, UnknownSession, AttendanceNotOpen."""
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            await officer_or_desk(uow, by)
            session = await uow.courses.session(session_code)
            if session is None:
                raise UnknownSession(session_code)
            _require_begun(session, now)
            return await _read(uow, session, now)

    async def mark_present(self, by: Caller | None, enrollment_id: int) -> AttendanceList:
        """An officer's word for somebody who could not use the code; changes nothing for one who is noted or confirmed already.

        Raises NotHR, UnknownEnrollment, AttendanceNotOpen.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            actor = await officer_or_desk(uow, by)
            enrollment = await uow.enrollments.lock(enrollment_id)
            if enrollment is None:
                raise UnknownEnrollment(str(enrollment_id))
            _require_begun(enrollment.session, now)
            if enrollment.status is Status.CONFIRMED:
                await work.attend(uow, [enrollment], actor, now)
            listed = await _read(uow, enrollment.session, now)
            await uow.commit()
        return listed

    async def mark_all_present(self, by: Caller | None, session_code: str) -> AttendanceList:
        """Everybody with a seat was there. Raises NotHR, UnknownSession, AttendanceNotOpen."""
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            actor = await officer_or_desk(uow, by)
            session = await _locked(uow, session_code)
            _require_begun(session, now)
            seated = await uow.enrollments.of_session(session_code, {Status.CONFIRMED})
            await work.attend(uow, seated, actor, now)
            listed = await _read(uow, session, now)
            await uow.commit()
        return listed

    async def confirm(
        self,
        by: Caller | None,
        session_code: str,
        *,
        absent_nips: Collection[str] = (),
        everybody_came: bool = False,
    ) -> Confirmed:
        """`attended` becomes `completed` and earns the hours of the course, `confirmed` becomes `no_show`; all are told, and
        those who completed are asked for their evaluation.

        `absent_nips` were not there whatever the code says; `everybody_came` counts all others as present. Doing it twice changes
        nothing. Raises NotHR, UnknownSession, AttendanceNotOver, UnknownPerson, NotAParticipant.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            actor = await officer_or_desk(uow, by)
            session = await _locked(uow, session_code)
            if not rules.is_over(session, now):
                raise AttendanceNotOver(session.code, session.ends_at)
            rows = await uow.enrollments.participants(session_code, _LISTED)
            absent = _persons_of(absent_nips, rows, session)
            open_rows = [(one, person) for one, person in rows if one.status not in _CONFIRMED_LIST]
            missed = [
                one
                for one, person in open_rows
                if person.person_id in absent or (one.status is Status.CONFIRMED and not everybody_came)
            ]
            came = [one for one, _ in open_rows if one not in missed]
            seated = [one for one in came if one.status is Status.CONFIRMED]
            there = [one for one in came if one.status is Status.ATTENDED]
            await work.miss(uow, missed, actor, now)
            there += await work.attend(uow, seated, actor, now)
            asked_at = next_office_time(now + ASKED_AFTER, self._holidays)
            await work.complete(uow, there, actor, now, asked_at=asked_at)
            await uow.commit()
        return Confirmed(len(there), len(missed))

    async def correct(self, by: Caller | None, session_code: str, nip: str, hours: int, reason: str) -> Correction:
        """From now on so many hours count for the person in this session: a new row of the ledger. 0 means they were
        not there, which also revokes the certificate.

        Raises NotHR, UnknownSession, UnknownPerson, NotAParticipant, ListNotConfirmed, HoursOutOfRange, EmptyText, TextTooLong.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            actor = await officer_or_desk(uow, by)
            reason = check_text(reason, REASON_LIMIT)
            session = await _locked(uow, session_code)
            if not 0 <= hours <= session.course.hours:
                raise HoursOutOfRange(hours, session.course.hours)
            (person_id,) = _persons_of([nip], await uow.enrollments.participants(session_code, _LISTED), session)
            enrollment = await uow.enrollments.find(person_id, session_code)
            assert enrollment is not None  # it was on the list
            if enrollment.status not in _CONFIRMED_LIST:
                raise ListNotConfirmed(session.code)
            change = hours - sum(entry.hours for entry in await uow.hours.of_enrollment(enrollment.enrollment_id))
            if change == 0:
                return Correction(enrollment, hours, 0)
            to = Status.COMPLETED if hours else Status.NO_SHOW
            if enrollment.status is to:
                step = await steps.note(uow, enrollment, "hours_corrected", actor, now)
            else:
                step = await steps.take(uow, enrollment, to, actor, now)
            await uow.hours.add(work.entry(step.enrollment, change, reason))
            if to is Status.COMPLETED:
                certificate: str | None = (await issue(uow, step.enrollment, now)).number
            else:
                certificate = None
                await uow.certificates.revoke(step.enrollment.enrollment_id, now)
                await uow.outbox.withdraw(step.enrollment.enrollment_id, (Kind.EVALUATION_REQUEST,), now)
            await uow.outbox.add([messages.corrected(step, hours, change, reason, certificate)])
            await uow.commit()
        return Correction(step.enrollment, hours, change)


def _require_begun(session: Session, now: datetime) -> None:
    if now < session.starts_at - rules.MARGIN:
        raise AttendanceNotOpen(session.code, rules.opens_at(session, now))


async def _locked(uow: UnitOfWork, session_code: str) -> Session:
    availability = await uow.courses.lock_session(session_code)
    if availability is None:
        raise UnknownSession(session_code)
    return availability.session


async def _read(uow: UnitOfWork, session: Session, now: datetime) -> AttendanceList:
    days: dict[int, int] = {}
    for presence in await uow.attendance.of_session(session.code):
        days[presence.enrollment_id] = days.get(presence.enrollment_id, 0) + 1
    rows = [
        Participant(enrollment, person, days.get(enrollment.enrollment_id, 0))
        for enrollment, person in await uow.enrollments.participants(session.code, _LISTED)
    ]
    return AttendanceList(session, tuple(rows), rules.is_over(session, now))


def _persons_of(nips: Collection[str], rows: Sequence[tuple[Enrollment, Person]], session: Session) -> set[int]:
    by_nip = {person.nip: person.person_id for _, person in rows}
    found = set()
    for typed in nips:
        nip = "".join(typed.split())
        if nip not in by_nip:
            raise UnknownPerson(nip) if len(nip) != 18 else NotAParticipant(session.code, session.course.title, None)
        found.add(by_nip[nip])
    return found
