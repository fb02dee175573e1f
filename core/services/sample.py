"""Sample data for the first ten minutes: invented people, a catalogue relative to today, the policy documents.

Run at every start. It adds what is missing and never changes what somebody has changed since; only sessions that nobody has
enrolled in move along with the calendar.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

from core.domain.calendar import jakarta
from core.domain.enrollment import Status
from core.domain.learning import HoursEntry
from core.domain.reminders import REMINDER_CLOCK
from core.ports import Clock, UnitOfWorkFactory
from core.services.competency_import import CompetencyFile, CompetencyImport
from core.services.knowledge import Knowledge
from core.services.registry import Registry

Rows = list[dict[str, str]]


class SeedServices(Protocol):
    """The part of `core.bootstrap.Services` that seeding needs."""

    @property
    def unit_of_work(self) -> UnitOfWorkFactory: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def registry(self) -> Registry: ...
    @property
    def knowledge(self) -> Knowledge: ...
    @property
    def competency_import(self) -> CompetencyImport: ...


@dataclass(frozen=True)
class Seeded:
    """How many rows were new (sessions: new or moved)."""

    people: int
    courses: int
    sessions: int
    sections: int


async def seed(services: SeedServices, sample_dir: Path, knowledge_dir: Path | None = None) -> Seeded:
    """Brings the sample data in. `knowledge_dir`: the folder `knowledge` beside the sample, unless given."""
    tables = {name: _read(sample_dir / f"{name}.csv") for name in ("units", "people", "courses", "sessions", "hours")}
    documents = _documents(knowledge_dir or sample_dir.parent / "knowledge")
    async with services.unit_of_work() as uow:
        units = {unit.code for unit in await uow.people.units()}
        nips = await uow.people.hierarchy()
        courses = {course.code for course in await uow.courses.all()}
        used = {
            row["session_code"]
            for row in tables["sessions"]
            if await uow.enrollments.of_session(row["session_code"], frozenset(Status))
        }
    new_units = [row for row in tables["units"] if row["code"] not in units]
    new_people = [row for row in tables["people"] if row["nip"] not in nips]
    new_courses = [row for row in tables["courses"] if row["code"] not in courses]
    sessions = [row for row in tables["sessions"] if row["session_code"] not in used]
    if new_units:
        await services.registry.import_units(_write(new_units))
    if new_people:
        await services.registry.import_people(_write(new_people))
    if new_courses:
        await services.registry.import_courses(_write(new_courses))
    if sessions:
        await services.registry.import_sessions(_write(_near_enough(sessions, services.clock)))
    await _add_hours(services, tables["hours"])
    await _add_competencies(services, sample_dir)
    new_documents = await services.knowledge.missing(documents)
    imported = await services.knowledge.import_markdown(new_documents) if new_documents else []
    return Seeded(len(new_people), len(new_courses), len(sessions), sum(document.sections for document in imported))


def sandbox_people(sample_dir: Path) -> list[dict[str, object]]:
    """The people to pick from in the sandbox: `id` (a Telegram user id), `name role unit phone_number note`."""
    people = {row["nip"]: row for row in _read(sample_dir / "people.csv")}
    units = {row["code"]: row["name"] for row in _read(sample_dir / "units.csv")}
    return [
        {
            "id": int(row["telegram_id"]),
            "name": people[row["nip"]]["name"],
            "role": row["role"],
            "unit": units[people[row["nip"]]["unit_code"]],
            "phone_number": people[row["nip"]]["phone"],
            "note": row["note"],
        }
        for row in _read(sample_dir / "sandbox.csv")
    ]


def _near_enough(sessions: Sequence[dict[str, str]], clock: Clock) -> Rows:
    """Tomorrow's sessions have a reminder that is due at once, to be seen in the first ten minutes.

    Before nine in the morning tomorrow's would wait until nine, so then they are today's; they start after nine.
    """
    if jakarta(clock.now()).time() >= REMINDER_CLOCK:
        return list(sessions)
    return [row | {"starts_in_days": "0"} if row["starts_in_days"] == "1" else row for row in sessions]


async def _add_hours(services: SeedServices, rows: Rows) -> None:
    """Hours of the running year, for those who have none in it yet."""
    today = jakarta(services.clock.now()).date()
    async with services.unit_of_work() as uow:
        for nip in dict.fromkeys(row["nip"] for row in rows):
            person = await uow.people.by_nip(nip)
            if person is None or await uow.hours.of_person(person.person_id, today.year):
                continue
            for row in rows:
                if row["nip"] == nip:
                    earned_on = max(date(today.year, 1, 1), today - timedelta(days=int(row["days_ago"])))
                    await uow.hours.add(HoursEntry(person.person_id, int(row["hours"]), earned_on, row["title"]))
        await uow.commit()


async def _add_competencies(services: SeedServices, sample_dir: Path) -> None:
    """Only where nobody has imported any."""
    async with services.unit_of_work() as uow:
        if await uow.competencies.requirements() or await uow.competencies.taught():
            return
    for name, kind in (
        ("competencies", CompetencyFile.POSITIONS),
        ("course_competencies", CompetencyFile.COURSES),
    ):
        text = (sample_dir / f"{name}.csv").read_text(encoding="utf-8")
        await services.competency_import.take_in(text, kind)


def _read(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _documents(directory: Path) -> list[tuple[str, str]]:
    return [(path.name, path.read_text(encoding="utf-8")) for path in sorted(directory.glob("*.md"))]


def _write(rows: Iterable[dict[str, str]]) -> str:
    rows = list(rows)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
