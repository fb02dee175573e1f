"""A person's learning hours of the year."""

from core.domain.calendar import year_of
from core.domain.enrollment import Status
from core.domain.errors import NotLinked
from core.domain.learning import HoursSummary
from core.domain.people import Caller
from core.ports import Clock, UnitOfWorkFactory

_BOOKED = frozenset({Status.CONFIRMED, Status.REQUESTED})


class LearningHours:
    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def summary(self, caller: Caller) -> HoursSummary:
        """The running year in Jakarta: done, booked (confirmed or requested sessions of this year), missing. Raises NotLinked.

        A session counts as booked until its end, in the year it ends in; after that only the ledger's row counts.
        """
        if caller.person is None:
            raise NotLinked
        person = caller.person
        now = self._clock.now()
        year = year_of(now)
        async with self._unit_of_work() as uow:
            entries = await uow.hours.of_person(person.person_id, year)
            enrollments = await uow.enrollments.of_person(person.person_id)
        booked = sum(
            e.session.course.hours
            for e in enrollments
            if e.status in _BOOKED and e.session.ends_at > now and year_of(e.session.ends_at) == year
        )
        return HoursSummary(year, person.employment, sum(e.hours for e in entries), booked, tuple(entries))
