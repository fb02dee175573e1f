"""Who of HR answers which questions: by topic, by unit, or both. Set from the command line or by a file."""

from collections.abc import Collection
from dataclasses import dataclass

from core.domain.errors import NotAnOfficer, UnknownPerson, UnknownTopic, UnknownUnit
from core.domain.people import Person
from core.domain.row_problems import Fault
from core.domain.ticket_routing import Duty
from core.ports import Clock, UnitOfWork, UnitOfWorkFactory
from core.services.csv_rows import Row, read_rows, require_good
from core.services.registry_rows import nip_of
from core.services.rights import DESK
from core.services.ticket_topics import topics_known


@dataclass(frozen=True)
class OfficerDuties:
    """`duties` empty: hears of what nobody else answers."""

    person: Person
    duties: tuple[Duty, ...]


class TicketOfficers:
    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def listing(self) -> tuple[list[OfficerDuties], dict[str, str]]:
        """Every HR officer by name, and the titles of the topics there are."""
        async with self._unit_of_work() as uow:
            officers, duties = await uow.people.hr_officers(), await uow.tickets.duties()
            topics = await topics_known(uow)
        return [
            OfficerDuties(person, tuple(duty for duty in duties if duty.person_id == person.person_id))
            for person in sorted(officers, key=lambda person: person.name)
        ], topics

    async def assign(self, nip: str, topics: Collection[str], unit_code: str | None) -> OfficerDuties:
        """Instead of what the officer answered before; neither topic nor unit: only what nobody else does.

        Raises UnknownPerson, NotAnOfficer, UnknownTopic, UnknownUnit.
        """
        async with self._unit_of_work() as uow:
            person = await uow.people.by_nip(nip)
            if person is None:
                raise UnknownPerson(nip)
            if not person.is_hr:
                raise NotAnOfficer(person.masked_nip)
            known = await topics_known(uow)
            for topic in topics:
                if topic not in known:
                    raise UnknownTopic(topic, tuple(known))
            if unit_code is not None and unit_code not in {unit.code for unit in await uow.people.units()}:
                raise UnknownUnit(unit_code)
            wanted: list[str | None] = [*dict.fromkeys(topics)] or ([None] if unit_code is not None else [])
            duties = tuple(Duty(person.person_id, topic, unit_code) for topic in wanted)
            await self._set(uow, person.person_id, duties)
            await uow.commit()
        return OfficerDuties(person, duties)

    async def take_in(self, csv_text: str, *, dry_run: bool = False) -> int:
        """Columns `nip,topic,unit_code`; an empty cell is any topic, any unit. Returns the number of rows.

        The rows of an officer are their whole list; officers that the file does not name keep theirs. Raises BadImport with
        every RowProblem; nothing is half-imported.
        """
        rows = read_rows(csv_text, ("nip", "topic", "unit_code"))
        async with self._unit_of_work() as uow:
            known = await topics_known(uow)
            units = {unit.code for unit in await uow.people.units()}
            lists: dict[int, list[Duty]] = {}
            for row in rows:
                person_id = await _officer_of(uow, row)
                topic, unit_code = row.optional("topic").lower() or None, row.optional("unit_code").upper() or None
                if topic is not None and topic not in known:
                    row.fail("topic", Fault.NOT_AN_OPTION, value=topic, options=tuple(known))
                if unit_code is not None and unit_code not in units:
                    row.fail("unit_code", Fault.UNKNOWN_UNIT, code=unit_code)
                lists.setdefault(person_id, []).append(Duty(person_id, topic, unit_code))
            require_good(rows)
            for person_id, duties in lists.items():
                await self._set(uow, person_id, duties)
            if not dry_run:
                await uow.commit()
        return len(rows)

    async def _set(self, uow: UnitOfWork, person_id: int, duties: Collection[Duty]) -> None:
        await uow.tickets.set_duties(person_id, duties)
        facts = {"duties": [[duty.topic, duty.unit_code] for duty in duties]}
        subject = f"person:{person_id}"
        await uow.audit.record("ticket_duties_set", self._clock.now(), actor=DESK, subject=subject, facts=facts)


async def _officer_of(uow: UnitOfWork, row: Row) -> int:
    nip = nip_of(row, "nip")
    person = await uow.people.by_nip(nip) if nip else None
    if not nip:
        row.fail("nip", Fault.REQUIRED)
    elif row.is_good and person is None:
        row.fail("nip", Fault.UNKNOWN_PERSON)
    elif row.is_good and person is not None and not person.is_hr:
        row.fail("nip", Fault.NOT_AN_OFFICER)
    return person.person_id if person is not None else 0
