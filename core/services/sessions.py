"""HR's side of a session: opening, changing, closing, cancelling, and the list of its people."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count, product
from string import ascii_uppercase

from core.domain.campaign_content import check_text
from core.domain.courses import Availability, Course, Session, SessionStatus
from core.domain.enrollment import LIVE, Enrollment, Status
from core.domain.errors import SessionExists, UnknownCourse, UnknownSession
from core.domain.people import Caller, Person
from core.domain.session_changes import SessionChange, changed, is_moved, numbered, require_changeable, require_times
from core.domain.waiting_list import shortened_offer
from core.ports import Clock, UnitOfWork, UnitOfWorkFactory
from core.services import session_steps
from core.services.rights import officer_or_desk

REASON_LIMIT = 300
PLACE_LIMIT = 300
PLACES_SHOWN = 3


@dataclass(frozen=True)
class Changed:
    """The session as it is now, and how many people are told of it."""

    session: Session
    told: int


@dataclass(frozen=True)
class Roster:
    """Everybody who was ever enrolled, by name; the states tell who is coming."""

    availability: Availability
    people: tuple[tuple[Enrollment, Person], ...]

    @property
    def live(self) -> int:
        """How many a cancellation would reach."""
        return sum(enrollment.status in LIVE for enrollment, _ in self.people)

    def told_of(self, after: Session, now: datetime) -> int:
        """How many would hear of the session becoming that."""
        if is_moved(self.availability.session, after):
            return self.live
        waiting = 0 if after.is_open(now) else self.availability.waiting
        offers = [enrollment.offer_expires_at for enrollment, _ in self.people]
        return waiting + sum(offer is not None and shortened_offer(offer, after, now) is not None for offer in offers)


class Sessions:
    """For HR officers, whose right is read from the database; a caller of None is HR's command line.

    Each change is one transaction under the lock of the session row: the row, the audit, and what its people are told.
    Doing it a second time finds nothing to do and sends nothing.
    """

    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def coming(self, caller: Caller | None) -> list[Availability]:
        """Sessions that have not ended, soonest first, closed and cancelled ones too. Raises NotHR."""
        async with self._unit_of_work() as uow:
            await officer_or_desk(uow, caller)
            return await uow.courses.coming(self._clock.now())

    async def roster(self, caller: Caller | None, session_code: str) -> Roster:
        """Raises NotHR, UnknownSession."""
        async with self._unit_of_work() as uow:
            await officer_or_desk(uow, caller)
            availability = await uow.courses.availability_of(_code(session_code))
            if availability is None:
                raise UnknownSession(session_code)
            return Roster(
                availability, tuple(await uow.enrollments.participants(availability.session.code, tuple(Status)))
            )

    async def courses(self, caller: Caller | None) -> list[Course]:
        """What a session can be opened of, by code. Raises NotHR."""
        async with self._unit_of_work() as uow:
            await officer_or_desk(uow, caller)
            return sorted(await uow.courses.all(), key=lambda course: course.code)

    async def plan(self, caller: Caller | None, course_code: str) -> tuple[Course, str]:
        """The course, and the code its next session would have. Raises NotHR, UnknownCourse."""
        async with self._unit_of_work() as uow:
            await officer_or_desk(uow, caller)
            course = await uow.courses.get(course_code)
            if course is None:
                raise UnknownCourse(course_code)
            known = {session.code for session in await uow.courses.sessions_of(course.code)}
        return course, next(code for code in _codes(course) if code not in known)

    async def places(self, caller: Caller | None) -> list[str]:
        """Where the coming sessions are held, the most used first; at most PLACES_SHOWN. Raises NotHR."""
        rows = await self.coming(caller)
        return [place for place, _ in Counter(row.session.place for row in rows).most_common(PLACES_SHOWN)]

    async def open(self, caller: Caller | None, session: Session) -> Session:
        """A new session of a course that is known by its code. Raises NotHR, SessionExists, UnknownCourse, BadSessionTimes."""
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            by = await officer_or_desk(uow, caller)
            if await uow.courses.lock_session(session.code) is not None:
                raise SessionExists(session.code)
            course = await uow.courses.get(session.course.code)
            if course is None:
                raise UnknownCourse(session.course.code)
            session = replace(session, course=course, status=SessionStatus.OPEN)
            require_times(session, now)
            await uow.courses.upsert_session(session)
            await uow.audit.record("session_opened", now, actor=by, subject=session_steps.subject_of(session))
            await uow.commit()
        return session

    async def preview(self, caller: Caller | None, session_code: str, change: SessionChange) -> Session:
        """The session as the change would make it; nothing is changed. Raises what `change` raises."""
        async with self._unit_of_work() as uow:
            await officer_or_desk(uow, caller)
            return changed(await _locked(uow, session_code), change, self._clock.now())

    async def change(self, caller: Caller | None, session_code: str, change: SessionChange) -> Changed:
        """Raises NotHR, UnknownSession, SessionCancelled, SessionStarted, SeatsTaken, BadSessionTimes.

        Another time or place is told to all who hold or wait for a seat, an earlier deadline to those whose offer or wait
        it ends; new seats are offered at once.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            by = await officer_or_desk(uow, caller)
            standing = await _locked(uow, session_code)
            after = changed(standing, change, now)
            if after == standing.session:
                return Changed(after, 0)
            told = await session_steps.replace(uow, standing, after, by, now)
            await uow.commit()
        return Changed(after, told)

    async def close_enrolling(self, caller: Caller | None, session_code: str) -> Changed:
        """Nobody enrolls and no seat is offered any more; who has a seat keeps it, and an offer stands until its deadline.

        Those who wait are told that their wait is over. A later deadline opens it again.

        Raises NotHR, UnknownSession, SessionCancelled, SessionStarted.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            by = await officer_or_desk(uow, caller)
            standing = (await _locked(uow, session_code)).session
            require_changeable(standing, now)
            after = replace(standing, status=SessionStatus.CLOSED)
            if after == standing:
                return Changed(after, 0)
            told = await session_steps.close(uow, after, by, now)
            await uow.commit()
        return Changed(after, told)

    async def cancel(self, caller: Caller | None, session_code: str, reason: str) -> Changed:
        """For good: every live enrollment ends with the reason and its person is told.

        Raises NotHR, UnknownSession, SessionCancelled, SessionStarted, EmptyText, TextTooLong (300).
        """
        reason = check_text(reason, REASON_LIMIT)
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            by = await officer_or_desk(uow, caller)
            standing = (await _locked(uow, session_code)).session
            require_changeable(standing, now)
            after = numbered(standing, replace(standing, status=SessionStatus.CANCELLED))
            told = await session_steps.cancel(uow, after, reason, by, now)
            await uow.commit()
        return Changed(after, told)


async def _locked(uow: UnitOfWork, session_code: str) -> Availability:
    availability = await uow.courses.lock_session(_code(session_code))
    if availability is None:
        raise UnknownSession(session_code)
    return availability


def _codes(course: Course) -> Iterator[str]:
    """TIK-02-A, TIK-02-B, … TIK-02-AA."""
    for length in count(1):
        for letters in product(ascii_uppercase, repeat=length):
            yield f"{course.code}-{''.join(letters)}"


def _code(written: str) -> str:
    return written.strip().upper()
