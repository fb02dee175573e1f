"""`rekan people`, `rekan courses` and `rekan competencies`: files into the records.

Every bad row is named, nothing is half-imported.
"""

import csv
import io
from collections.abc import Callable
from pathlib import Path

from cli.output import OK, REFUSED, say, show_problems
from cli.session import GivenUp, carried_out, with_services
from cli.sheets import read_table
from cli.texts import masked
from core.bootstrap import Services
from core.domain.calendar import jakarta
from core.domain.errors import BadImport
from core.services.competency_import import CompetencyFile
from core.services.identity import CODE_LASTS


def imported(file: str, rows: int, noun: str, *, dry_run: bool) -> int:
    say(f"{file}: {rows} {noun} {'siap diimpor (belum disimpan)' if dry_run else 'diimpor'}.")
    return OK


def import_people(file: Path, *, dry_run: bool) -> int:
    def work() -> int:
        text = read_table(file)

        async def take_in(services: Services) -> int:
            return (await services.registry.import_people(text, dry_run=dry_run)).rows

        return imported(str(file), with_services(take_in), "pegawai", dry_run=dry_run)

    return refused_by_rows(str(file), work)


def import_courses(file: Path, *, dry_run: bool) -> int:
    """Sessions have a column `session_code`, courses a column `code`."""

    def work() -> int:
        text = read_table(file)
        are_sessions = holds_sessions(text, str(file))

        async def take_in(services: Services) -> int:
            bring = services.registry.import_sessions if are_sessions else services.registry.import_courses
            return (await bring(text, dry_run=dry_run)).rows

        return imported(str(file), with_services(take_in), "kelas" if are_sessions else "pelatihan", dry_run=dry_run)

    return refused_by_rows(str(file), work)


def import_competencies(file: Path, *, dry_run: bool) -> int:
    def work() -> int:
        text = read_table(file)
        kind = next((kind for kind in CompetencyFile if kind.value in columns_of(text)), None)
        if kind is None:
            raise GivenUp(
                f"{file}: kepala kolom tidak dikenal. Tulis `position,competency` (lihat sample/competencies.csv), "
                "`course_code,competency` (lihat sample/course_competencies.csv), atau `nip,competency`."
            )

        async def take_in(services: Services) -> int:
            return await services.competency_import.take_in(text, kind, dry_run=dry_run)

        return imported(str(file), with_services(take_in), "baris kompetensi", dry_run=dry_run)

    return refused_by_rows(str(file), work)


def columns_of(csv_text: str) -> set[str]:
    """The names in the header."""
    first = csv_text.lstrip("\ufeff").split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    return {name.strip().lower() for row in csv.reader(io.StringIO(first), delimiter=delimiter) for name in row}


def holds_sessions(csv_text: str, file: str) -> bool:
    """By the header alone. Raises GivenUp if it is neither."""
    first = csv_text.split("\n", 1)[0]
    header = {
        name.strip().lower()
        for row in csv.reader(io.StringIO(first), delimiter=";" if ";" in first else ",")
        for name in row
    }
    if "session_code" in header:
        return True
    if {"code", "title"} <= header:
        return False
    raise GivenUp(
        f"{file}: kepala kolom tidak dikenal. Pelatihan dimulai dengan `code,title,…` (lihat sample/courses.csv), "
        "jadwal kelas dengan `session_code,course_code,…` (lihat sample/sessions.csv)."
    )


def issue_code(nip: str) -> int:
    def work() -> int:
        async def issue(services: Services) -> int:
            issued = await services.identity.issue_code(nip)
            until = jakarta(services.clock.now() + CODE_LASTS)
            say(f"Kode untuk {issued.person.name} (NIP {masked(nip)}): {issued.code}")
            say(f"Berlaku sekali, sampai {until:%d-%m-%Y %H.%M} WIB. Sampaikan langsung kepada yang bersangkutan.")
            return OK

        return with_services(issue)

    return carried_out(work)


def refused_by_rows(name: str, work: Callable[[], int]) -> int:
    """Bad rows as a table; everything else as `carried_out` says it."""

    def showing() -> int:
        try:
            return work()
        except BadImport as refused:
            show_problems(name, refused)
            return REFUSED

    return carried_out(showing)
