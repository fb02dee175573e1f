"""Once a year, from October on: everybody under the yearly minimum of learning hours hears of it, with trainings that fit."""

from datetime import datetime, timedelta

from core.domain.calendar import year_of
from core.domain.courses import Availability
from core.domain.eligibility import require_eligible
from core.domain.enrollment import HOLDS_SEAT, LIVE
from core.domain.errors import EnrollmentRefused
from core.domain.learning import YEARLY_MINIMUM
from core.domain.messages import Kind, NewMessage
from core.domain.people import Person
from core.domain.working_days import Holidays
from core.domain.year_end import fitting, is_time
from core.ports import Clock, UnitOfWork, UnitOfWorkFactory
from core.services.learning import hours_of
from core.services.records import record_of

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
                open_now = await uow.courses.availability(now) if people else []
                rows = [row for person in people if (row := await _row(uow, person, open_now, now)) is not None]
                new += await uow.outbox.add(rows)
                await uow.commit()
            if len(people) < BATCH:
                break
            last_seen = people[-1].person_id
        return new


def _prefix(year: int) -> str:
    return f"year_end:{year}:"


async def _row(uow: UnitOfWork, person: Person, open_now: list[Availability], now: datetime) -> NewMessage | None:
    hours = await hours_of(uow, person, now)
    missing = hours.missing_after_booked
    if not missing:
        return None
    enrollments = await uow.enrollments.of_person(person.person_id)
    held = [e.session for e in enrollments if e.status in HOLDS_SEAT | LIVE]
    possible = []
    for one in open_now:
        try:
            require_eligible(person, one.session, await record_of(uow, person, one.session, enrollments, now))
        except EnrollmentRefused:
            continue
        possible.append(one)
    return NewMessage(
        key=f"{_prefix(hours.year)}{person.person_id}",
        kind=Kind.HOURS_SHORT,
        facts={
            "year": hours.year,
            "done": hours.done,
            "booked": hours.booked,
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
                for one in fitting(possible, held, missing, hours.year)
            ],
        },
        due_at=now,
        expires_at=now + _LASTS,
        person_id=person.person_id,
        is_bulk=True,
    )
