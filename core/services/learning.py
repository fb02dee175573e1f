"""A person's learning hours of the year."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from core.domain.calendar import year_of
from core.domain.enrollment import Enrollment, Status
from core.domain.errors import NotLinked
from core.domain.learning import HoursSummary
from core.domain.people import Caller, Person
from core.ports import Clock, UnitOfWork, UnitOfWorkFactory

_BOOKED = frozenset({Status.CONFIRMED, Status.REQUESTED})


class LearningHours:
    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def summary(self, caller: Caller) -> HoursSummary:
        """The running year in Jakarta: done, booked (confirmed or requested sessions of this year), missing. Raises NotLinked.

        A session counts as booked until its end, in the year it ends in; after that it counts if the person was there, until
        the list is confirmed and the ledger's row takes its place. Earlier years come as sums.
        """
        if caller.person is None:
            raise NotLinked
        async with self._unit_of_work() as uow:
            summary = await hours_of(uow, caller.person, self._clock.now())
            by_year = await uow.hours.by_year(caller.person.person_id)
        earlier = sorted(((year, hours) for year, hours in by_year.items() if year < summary.year), reverse=True)
        return replace(summary, earlier=tuple(earlier))


async def hours_of(
    uow: UnitOfWork, person: Person, now: datetime, *, without: str | None = None, year: int | None = None
) -> HoursSummary:
    """The person's running year, or another one; `without` leaves one session (by code) out of what is booked."""
    year = year_of(now) if year is None else year
    entries = await uow.hours.of_person(person.person_id, year)
    enrollments = await uow.enrollments.of_person(person.person_id)
    counted = counted_in(year, enrollments, now, without=without)
    return HoursSummary(
        year,
        person.employment,
        sum(e.hours for e in entries),
        sum(e.session.course.hours for e in counted),
        tuple(entries),
        awaiting=sum(e.session.course.hours for e in counted if _is_awaiting(e)),
    )


def counted_in(
    year: int, enrollments: Iterable[Enrollment], now: datetime, *, without: str | None = None
) -> list[Enrollment]:
    """Those of one person whose hours are booked in that year and not in the ledger yet."""
    return [
        e
        for e in enrollments
        if e.session.code != without and year_of(e.session.ends_at) == year and (_is_booked(e, now) or _is_awaiting(e))
    ]


def _is_booked(enrollment: Enrollment, now: datetime) -> bool:
    return enrollment.status in _BOOKED and enrollment.session.ends_at > now


def _is_awaiting(enrollment: Enrollment) -> bool:
    return enrollment.status is Status.ATTENDED
