"""A person's learning hours of the year."""

from core.domain.learning import HoursSummary
from core.domain.people import Caller
from core.ports import Clock, UnitOfWorkFactory


class LearningHours:
    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def summary(self, caller: Caller) -> HoursSummary:
        """The running year in Jakarta: done, booked (confirmed or requested sessions of this year), missing. Raises NotLinked."""
        raise NotImplementedError
