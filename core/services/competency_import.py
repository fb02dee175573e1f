"""Importing competencies from CSV: what positions ask for, what courses teach, what people have; the first column tells which."""

from collections.abc import Iterable
from enum import StrEnum

from core.domain.row_problems import Fault
from core.ports import Clock, UnitOfWork, UnitOfWorkFactory
from core.services.csv_rows import Row, read_rows, require_good
from core.services.registry_rows import nip_of
from core.services.rights import DESK

_LONGEST = 100


class CompetencyFile(StrEnum):
    """The column that tells whose competencies the file lists."""

    POSITIONS = "position"
    COURSES = "course_code"
    PEOPLE = "nip"


class CompetencyImport:
    """CSV as `Registry` takes it, with `competency` and one of `position` (a star behind for a beginning), `course_code`, `nip`.

    For each position, course or person in the file, its rows are the whole list: what is not there is forgotten. Names that the
    file does not mention stay as they are. Raises BadImport with every RowProblem; nothing is half-imported.
    """

    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def take_in(self, csv_text: str, kind: CompetencyFile, *, dry_run: bool = False) -> int:
        """How many rows were taken in."""
        rows = read_rows(csv_text, (kind.value, "competency"))
        lists = _lists(rows, kind)
        async with self._unit_of_work() as uow:
            if kind is CompetencyFile.POSITIONS:
                require_good(rows)
                await uow.competencies.replace_requirements(lists)
            elif kind is CompetencyFile.COURSES:
                await _require_courses(uow, rows)
                require_good(rows)
                await uow.competencies.replace_taught(lists)
            else:
                ids = await _person_ids(uow, rows, lists)
                require_good(rows)
                await uow.competencies.replace_of_people({ids[nip]: listed for nip, listed in lists.items()})
            if not dry_run:
                facts = {"rows": len(rows), "kind": kind.value}
                await uow.audit.record(
                    "competencies_imported", self._clock.now(), actor=DESK, subject="registry", facts=facts
                )
                await uow.commit()
        return len(rows)


def _lists(rows: Iterable[Row], kind: CompetencyFile) -> dict[str, set[str]]:
    lists: dict[str, set[str]] = {}
    for row in rows:
        if kind is CompetencyFile.PEOPLE:
            name = nip_of(row, kind.value)
            if not name:
                row.fail(kind.value, Fault.REQUIRED)
        else:
            name = row.text(kind.value, 200)
        if kind is CompetencyFile.COURSES:
            name = name.upper()
        lists.setdefault(name, set()).add(row.text("competency", _LONGEST))
    return lists


async def _require_courses(uow: UnitOfWork, rows: Iterable[Row]) -> None:
    known = {course.code for course in await uow.courses.all()}
    for row in rows:
        code = row.optional("course_code").upper()
        if code and code not in known:
            row.fail("course_code", Fault.UNKNOWN_COURSE, code=code)


async def _person_ids(uow: UnitOfWork, rows: Iterable[Row], nips: Iterable[str]) -> dict[str, int]:
    found = {nip: await uow.people.by_nip(nip) for nip in nips}
    for row in rows:
        nip = nip_of(row, "nip") if row.is_good else ""
        if nip and found.get(nip) is None:
            row.fail("nip", Fault.UNKNOWN_PERSON)
    return {nip: person.person_id for nip, person in found.items() if person is not None}
