"""Once a year, from October on: everybody under the yearly minimum of learning hours hears of it, with trainings that fit."""

from collections import defaultdict
from datetime import datetime, timedelta

from core.domain.calendar import year_of
from core.domain.courses import Availability
from core.domain.eligibility import Record, require_eligible
from core.domain.enrollment import HOLDS_SEAT, LIVE, Enrollment
from core.domain.errors import EnrollmentRefused
from core.domain.learning import YEARLY_MINIMUM
from core.domain.messages import Kind, NewMessage
from core.domain.people import Person
from core.domain.working_days import Holidays
from core.domain.year_end import fitting, is_time
from core.ports import Clock, UnitOfWorkFactory
from core.services.learning import counted_in
from core.services.records import COMPLETED

BATCH = 200
NEWCOMERS_REST = timedelta(days=1)
"""Whoever has just linked their account is left in peace at first."""
_LASTS = timedelta(days=3)


class YearEnd:
    """Called by a tick; a second call, or one after a crash, finds only those who have no row of this year yet."""

    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock, holidays: Holidays = frozenset()) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._holidays = holidays

    async def remind(self) -> int:
        """Returns how many messages are new. In batches, each a transaction of its own; nothing outside the season's hours.

        Who opted out of news, cannot be reached or linked yesterday is passed over; so is whose booked sessions close the gap.
        """
        new = last_seen = 0
        while is_time(now := self._clock.now(), self._holidays):
            year = year_of(now)
            async with self._unit_of_work() as uow:
                people = await uow.hours.short_of(
                    YEARLY_MINIMUM,
                    year,
                    key_prefix=_prefix(year),
                    linked_before=now - NEWCOMERS_REST,
                    after=last_seen,
                    limit=BATCH,
                )
                enrollments: dict[int, list[Enrollment]] = defaultdict(list)
                for enrollment in await uow.enrollments.of_people([person.person_id for person, _ in people]):
                    enrollments[enrollment.person_id].append(enrollment)
                open_now = await uow.courses.availability(now) if people else []
                open_now = [one for one in open_now if year_of(one.session.ends_at) == year]
                rows = [
                    row
                    for person, done in people
                    if (row := _row(person, done, enrollments[person.person_id], open_now, now)) is not None
                ]
                new += await uow.outbox.add(rows)
                await uow.commit()
            if len(people) < BATCH:
                break
            last_seen = people[-1][0].person_id
        return new


def _prefix(year: int) -> str:
    return f"year_end:{year}:"


def _row(
    person: Person, done: int, enrollments: list[Enrollment], open_now: list[Availability], now: datetime
) -> NewMessage | None:
    """`open_now`: sessions that end this year; `enrollments`: all of the person's. None for whom nothing is missing."""
    year = year_of(now)
    booked = sum(e.session.course.hours for e in counted_in(year, enrollments, now))
    missing = YEARLY_MINIMUM - done - booked
    if missing <= 0:
        return None
    completed = frozenset(e.session.course.code for e in enrollments if e.status in COMPLETED)
    record = Record(completed, year, done, booked)
    held = [e.session for e in enrollments if e.status in HOLDS_SEAT | LIVE]
    possible = [one for one in open_now if _is_possible(person, one, record)]
    return NewMessage(
        key=f"{_prefix(year)}{person.person_id}",
        kind=Kind.HOURS_SHORT,
        facts={
            "year": year,
            "done": done,
            "booked": booked,
            "missing": missing,
            "minimum": YEARLY_MINIMUM,
            "trainings": [
                {
                    "session_code": one.session.code,
                    "course_code": one.session.course.code,
                    "title": one.session.course.title,
                    "starts_at": one.session.starts_at.isoformat(),
                    "ends_at": one.session.ends_at.isoformat(),
                    "hours": one.session.course.hours,
                    "left": one.left,
                }
                for one in fitting(possible, held, missing, year)
            ],
        },
        due_at=now,
        expires_at=now + _LASTS,
        person_id=person.person_id,
        is_bulk=True,
    )


def _is_possible(person: Person, one: Availability, record: Record) -> bool:
    try:
        require_eligible(person, one.session, record)
    except EnrollmentRefused:
        return False
    return True
