"""Which open training to take next, and why: the person's gap, then colleagues in the same position, then open seats."""

from core.domain.competencies import Recommendation, advise, required_by
from core.domain.enrollment import Status
from core.domain.people import Caller, Person
from core.ports import UnitOfWork, UnitOfWorkFactory
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
        if caller.person is None:
            return advise(candidates, (), {}, {}, _ADVISED)
        person = caller.person
        async with self._unit_of_work() as uow:
            taught = await uow.competencies.taught()
            learned = await _learned(uow, person)
            has = set(await uow.competencies.of_person(person.person_id))
            has.update(*(taught.get(code, ()) for code in learned))
            gap = required_by(person.position, await uow.competencies.requirements()) - has
            colleagues = await uow.competencies.colleagues(person)
        candidates = [one for one in candidates if one.session.course.code not in learned]
        return advise(candidates, gap, taught, colleagues, _ADVISED)


async def _learned(uow: UnitOfWork, person: Person) -> set[str]:
    """Codes of the courses the person completed here, or has hours of under the same title."""
    rows = await uow.enrollments.of_person(person.person_id)
    titles = {title.casefold() for title in await uow.hours.titles(person.person_id)}
    elsewhere = {course.code for course in await uow.courses.all() if course.title.casefold() in titles}
    return {row.session.course.code for row in rows if row.status is Status.COMPLETED} | elsewhere
