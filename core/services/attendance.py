"""Signing in to a session: the code HR shows in the room, and the staff who type it."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from core.domain import attendance as rules
from core.domain.attendance import Presence
from core.domain.calendar import jakarta
from core.domain.courses import Session
from core.domain.enrollment import Enrollment, Status
from core.domain.errors import (
    AttendanceCodeOutdated,
    AttendanceCodeWrong,
    AttendanceLocked,
    AttendanceNotOpen,
    NotAParticipant,
    NotLinked,
    UnknownSession,
)
from core.domain.messages import Kind
from core.domain.people import Caller
from core.domain.tries import locked_until, tries_left
from core.ports import Clock, UnitOfWork, UnitOfWorkFactory
from core.services import enrollment_steps as steps
from core.services.rights import actor, officer

_SECRET_BYTES = 32
_PARTICIPANTS = frozenset({Status.CONFIRMED, Status.ATTENDED, Status.COMPLETED})


@dataclass(frozen=True)
class ShownCode:
    """The code of this moment, until when it is shown, and how many of those expected have signed in today."""

    session: Session
    code: str
    until: datetime
    present: int
    expected: int


@dataclass(frozen=True)
class SignedIn:
    """`is_new` is False for a second tap on the same day."""

    enrollment: Enrollment
    is_new: bool


class Attendances:
    """Each method is one transaction; rights are read from the database."""

    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def require_officer(self, caller: Caller) -> None:
        """Raises NotHR."""
        async with self._unit_of_work() as uow:
            await officer(uow, caller)

    async def code(self, caller: Caller, session_code: str) -> ShownCode:
        """For HR officers, on the days of the session. Raises NotHR, UnknownSession, AttendanceNotOpen.

        The first call makes the session's secret: before it no code is right.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            person = await officer(uow, caller)
            session = await uow.courses.session(session_code)
            if session is None:
                raise UnknownSession(session_code)
            if not rules.is_open(session, now):
                raise AttendanceNotOpen(session.code, rules.opens_at(session, now))
            fresh = secrets.token_bytes(_SECRET_BYTES)
            secret = await uow.attendance.secret_of(session.code, fresh, now)
            if secret == fresh:
                await uow.audit.record("attendance_opened", now, actor=actor(person), subject=f"session:{session.code}")
            expected = await uow.enrollments.of_session(session.code, _PARTICIPANTS)
            today = jakarta(now).date()
            present = [row for row in await uow.attendance.of_session(session.code) if row.day == today]
            await uow.commit()
        code = rules.code_at(secret, session.code, now)
        return ShownCode(session, code, rules.shown_until(now), len(present), len(expected))

    async def sign_in(self, caller: Caller, typed: str) -> SignedIn:
        """Notes the person's presence today: once a day, and with the first day `confirmed` becomes `attended`.

        Raises NotLinked, AttendanceCodeWrong, AttendanceCodeOutdated, AttendanceLocked, NotAParticipant. Wrong codes are counted
        for each person and committed although the call raises; the fifth locks. An outdated code is no guess and not counted.
        """
        if caller.person is None:
            raise NotLinked
        person = caller.person
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            tries = await uow.attendance.wrong_tries(person.person_id, now - 2 * rules.LOCK_LASTS)
            _require_unlocked(tries, now)
            session = await _session_of(uow, typed, now)
            if session is None:
                await uow.attendance.record_wrong_try(person.person_id, now)
                await uow.audit.record(
                    "attendance_code_refused",
                    now,
                    actor=actor(person),
                    subject=f"person:{person.person_id}",
                )
                await uow.commit()
                tries.append(now)
                _require_unlocked(tries, now)
                raise AttendanceCodeWrong(tries_left(tries, now, rules.TRIES, rules.LOCK_LASTS))
            # a whole room signs in at once: the rows are their own, only HR confirming the list must wait
            await uow.courses.share_session(session.code)
            enrollment = await uow.enrollments.find(person.person_id, session.code)
            if enrollment is None or enrollment.status not in _PARTICIPANTS:
                status = enrollment.status if enrollment else None
                raise NotAParticipant(session.code, session.course.title, status)
            await uow.attendance.clear_wrong_tries(person.person_id)
            result = await _note(uow, enrollment, now, actor(person))
            await uow.commit()
        return result


async def _note(uow: UnitOfWork, enrollment: Enrollment, now: datetime, by: str) -> SignedIn:
    if enrollment.status is Status.COMPLETED:
        return SignedIn(enrollment, is_new=False)
    is_new = await uow.attendance.note(Presence(enrollment.enrollment_id, jakarta(now).date(), now, by))
    if enrollment.status is Status.CONFIRMED:
        step = await steps.take(uow, enrollment, Status.ATTENDED, by, now)
        await uow.outbox.withdraw(enrollment.enrollment_id, (Kind.SESSION_REMINDER,), now)
        return SignedIn(step.enrollment, is_new)
    return SignedIn(enrollment, is_new)


async def _session_of(uow: UnitOfWork, typed: str, now: datetime) -> Session | None:
    """The session whose code this is now. Raises AttendanceCodeOutdated for a code shown within the last hour."""
    running = await uow.attendance.running(now + rules.MARGIN, now - rules.MARGIN)
    open_now = [(session, secret) for session, secret in running if rules.is_open(session, now)]
    for session, secret in open_now:
        if rules.is_current(secret, session.code, now, typed):
            return session
    if any(rules.is_outdated(secret, session.code, now, typed) for session, secret in open_now):
        raise AttendanceCodeOutdated
    return None


def _require_unlocked(tries: list[datetime], now: datetime) -> None:
    opens_at = locked_until(tries, rules.TRIES, rules.LOCK_LASTS)
    if opens_at is not None and now < opens_at:
        raise AttendanceLocked(opens_at)
