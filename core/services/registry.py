"""Importing staff, units, courses and sessions from CSV: every bad row is named, and nothing is half-imported."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from core.domain.calendar import jakarta
from core.domain.courses import Availability, Session
from core.domain.row_problems import Fault
from core.domain.session_changes import numbered
from core.ports import Clock, UnitOfWork, UnitOfWorkFactory
from core.services import registry_rows, session_steps
from core.services.csv_rows import Row, read_rows, refuse_twins, require_good
from core.services.rights import DESK

T = TypeVar("T")


@dataclass(frozen=True)
class Imported:
    """Rows taken in."""

    rows: int


class Registry:
    """CSV in UTF-8 (a BOM is fine), comma or semicolon, header in the first line. Raises BadImport with every RowProblem.

    people:   nip,name,phone,unit_code,position,level,employment,supervisor_nip,is_hr[,is_sample]
    units:    code,name,short_name,parent
    courses:  as sample/courses.csv; optional: employment (PNS, PPPK or semua), requires (codes), repeatable (ya, tidak)
    sessions: as sample/sessions.csv (starts_in_days) or with starts_at,ends_at,closes_at in Jakarta time (YYYY-MM-DD HH:MM);
              optional: unit_quotas (DISDIK:15; DINKES:5)
    """

    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def import_people(self, csv_text: str, *, dry_run: bool = False) -> Imported:
        """Upserts by NIP; supervisors may stand anywhere in the file or in the registry already."""
        rows = read_rows(csv_text, registry_rows.PEOPLE)
        refuse_twins(rows, "nip")
        async with self._unit_of_work() as uow:
            units = {unit.code.upper(): unit for unit in await uow.people.units()}
            people = [registry_rows.read_person(row, units) for row in rows]
            supervisors = {
                person.nip: registry_rows.plain_nip(row.optional("supervisor_nip")) or None
                for row, person in zip(rows, people, strict=True)
            }
            _check_parents(
                rows,
                column="supervisor_nip",
                names=[person.nip for person in people],
                parents=await uow.people.hierarchy() | supervisors,
                unknown=lambda row, _: row.fail("supervisor_nip", Fault.UNKNOWN_SUPERVISOR),
            )
            require_good(rows)
            ids: dict[str, int] = {}
            for level in _levels({person.nip: person for person in people}, supervisors):
                ids |= await uow.people.upsert_all(
                    [
                        replace(person, supervisor_id=await _person_id(uow, supervisors[person.nip], ids))
                        for person in level
                    ]
                )
            await self._finish(uow, "people_imported", len(rows), dry_run)
        return Imported(len(rows))

    async def import_units(self, csv_text: str) -> Imported:
        """Upserts by code; parents may stand anywhere in the file or in the registry already."""
        rows = read_rows(csv_text, registry_rows.UNITS)
        refuse_twins(rows, "code", upper=True)
        units = [registry_rows.read_unit(row) for row in rows]
        async with self._unit_of_work() as uow:
            known: dict[str, str | None] = {unit.code: unit.parent for unit in await uow.people.units()}
            parents = {unit.code: unit.parent for unit in units}
            _check_parents(
                rows,
                column="parent",
                names=[unit.code for unit in units],
                parents=known | parents,
                unknown=lambda row, code: row.fail("parent", Fault.UNKNOWN_PARENT, code=code),
            )
            require_good(rows)
            for level in _levels({unit.code: unit for unit in units}, parents):
                for unit in level:
                    await uow.people.upsert_unit(unit)
            await self._finish(uow, "units_imported", len(rows))
        return Imported(len(rows))

    async def import_courses(self, csv_text: str, *, dry_run: bool = False) -> Imported:
        """Upserts by code; live at once."""
        rows = read_rows(csv_text, registry_rows.COURSES)
        refuse_twins(rows, "code", upper=True)
        courses = [registry_rows.read_course(row) for row in rows]
        async with self._unit_of_work() as uow:
            known = {course.code for course in await uow.courses.all()} | {course.code for course in courses}
            for row, course in zip(rows, courses, strict=True):
                for code in course.requires:
                    if code not in known or code == course.code:
                        row.fail("requires", Fault.UNKNOWN_COURSE, code=code)
            require_good(rows)
            for course in courses:
                await uow.courses.upsert_course(course)
            await self._finish(uow, "courses_imported", len(rows), dry_run)
        return Imported(len(rows))

    async def import_sessions(self, csv_text: str, *, dry_run: bool = False) -> Imported:
        """Upserts by code; whether a session is open or cancelled stays as it is, and no taken seat is imported away.

        Another time or place is told to the people of the session, exactly as when an officer changes it by hand.
        """
        # the name of a column, which no cell would hold
        times = registry_rows.RELATIVE if registry_rows.RELATIVE[0] in csv_text.lower() else registry_rows.FIXED
        rows = read_rows(csv_text, (*registry_rows.SESSIONS, *times))
        refuse_twins(rows, "session_code", upper=True)
        today = jakarta(self._clock.now()).date()
        async with self._unit_of_work() as uow:
            courses = {course.code.upper(): course for course in await uow.courses.all()}
            read = [(row, registry_rows.read_session(row, courses, today)) for row in rows]
            # all locks first and in one order, so that neither two imports nor a change by hand wait for each other
            standing = {
                session.code: await uow.courses.lock_session(session.code)
                for row, session in sorted(read, key=lambda pair: pair[1].code)
                if row.is_good
            }
            units = {unit.code for unit in await uow.people.units()}
            for row, session in read:
                known = standing.get(session.code)
                for quota in session.quotas:
                    if quota.unit_code not in units:
                        row.fail("unit_quotas", Fault.UNKNOWN_UNIT, code=quota.unit_code)
                if known is not None and known.taken > session.seats:
                    row.fail("seats", Fault.SEATS_TAKEN, taken=known.taken)
            require_good(rows)
            for row, session in read:
                await self._take_in(uow, standing.get(session.code), session, has_quotas="unit_quotas" in row.cells)
            await self._finish(uow, "sessions_imported", len(rows), dry_run)
        return Imported(len(rows))

    async def _take_in(
        self, uow: UnitOfWork, known: Availability | None, session: Session, *, has_quotas: bool
    ) -> None:
        """A file without the column leaves the sub-quotas as they are."""
        if known is None:
            await uow.courses.upsert_session(session)
            return
        quotas = session.quotas if has_quotas else known.session.quotas
        after = replace(session, status=known.session.status, sequence=known.session.sequence, quotas=quotas)
        if after != known.session:
            after = numbered(known.session, after)
            await session_steps.replace(uow, known, after, DESK, self._clock.now())

    async def _finish(self, uow: UnitOfWork, action: str, rows: int, dry_run: bool = False) -> None:
        if dry_run:
            return  # leaving without commit undoes all
        await uow.audit.record(action, self._clock.now(), actor="hr", subject="registry", facts={"rows": rows})
        await uow.commit()


async def _person_id(uow: UnitOfWork, nip: str | None, ids: dict[str, int]) -> int | None:
    if nip is None:
        return None
    if nip not in ids:
        person = await uow.people.by_nip(nip)
        ids[nip] = person.person_id if person is not None else 0
    return ids[nip]


def _check_parents(
    rows: list[Row],
    *,
    column: str,
    names: list[str],
    parents: Mapping[str, str | None],
    unknown: Callable[[Row, str], None],
) -> None:
    """Notes a problem on rows whose parent nobody knows, and on rows that are, in the end, above themselves."""
    for row, name in zip(rows, names, strict=True):
        parent = parents.get(name)
        if not row.is_good or parent is None:
            continue
        if parent not in parents:
            unknown(row, parent)
            continue
        above: str | None = parent
        seen: set[str] = set()
        while above is not None and above != name and above not in seen:
            seen.add(above)
            above = parents.get(above)
        if above == name:
            row.fail(column, Fault.ABOVE_ITSELF)


def _levels(rows: Mapping[str, T], parents: Mapping[str, str | None]) -> list[list[T]]:
    """The rows by how many of the file stand above them, so that a parent comes before its own. There is no circle."""
    depths: dict[str, int] = {}
    for name in rows:
        chain: list[str] = []
        above: str | None = name
        while above is not None and above in rows and above not in depths:
            chain.append(above)
            above = parents.get(above)
        depth = depths.get(above, -1) if above is not None else -1
        for link in reversed(chain):
            depth += 1
            depths[link] = depth
    levels: list[list[T]] = [[] for _ in range(max(depths.values(), default=-1) + 1)]
    for name, row in rows.items():
        levels[depths[name]].append(row)
    return levels
