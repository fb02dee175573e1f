"""Which open training to take next, and why: the person's gap, then colleagues in the same position, then open seats."""

from collections.abc import Collection, Mapping

from core.domain.competencies import Recommendation, advise, required_by
from core.domain.enrollment import Status
from core.domain.people import Caller
from core.ports import UnitOfWorkFactory
from core.services.catalogue import Catalogue

_ADVISED = 3


class Recommendations:
    """Reads only."""

    def __init__(self, unit_of_work: UnitOfWorkFactory, catalogue: Catalogue) -> None:
        self._unit_of_work = unit_of_work
        self._catalogue = catalogue

    async def of(self, caller: Caller, text: str = "", *, longest_hours: int | None = None) -> list[Recommendation]:
        """Up to three, each of another course, strongest reason first. A visitor gets open seats that fit the words.

        `text` narrows by topic, mode and period as in `Catalogue.search`; `longest_hours` leaves out longer courses.
        """
        candidates = [
            one
            for one in await self._catalogue.candidates(caller, text)
            if longest_hours is None or one.session.course.hours <= longest_hours
        ]
        gap: Collection[str] = ()
        taught: Mapping[str, Collection[str]] = {}
        colleagues: Mapping[str, int] = {}
        if caller.person is not None:
            person = caller.person
            async with self._unit_of_work() as uow:
                taught = await uow.competencies.taught()
                has = set(await uow.competencies.of_person(person.person_id))
                for row in await uow.enrollments.of_person(person.person_id):
                    if row.status is Status.COMPLETED:
                        has |= set(taught.get(row.session.course.code, ()))
                gap = required_by(person.position, await uow.competencies.requirements()) - has
                colleagues = await uow.competencies.colleagues(person)
        return advise(candidates, gap, taught, colleagues, _ADVISED)
