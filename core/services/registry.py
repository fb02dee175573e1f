"""Importing staff, units, courses and sessions from CSV: every bad row is named, and nothing is half-imported."""

from dataclasses import dataclass

from core.ports import Clock, UnitOfWorkFactory


@dataclass(frozen=True)
class Imported:
    """Rows taken in."""

    rows: int


class Registry:
    """CSV in UTF-8 (a BOM is fine), comma or semicolon, header in the first line. Raises BadImport with every RowProblem.

    people:   nip,name,phone,unit_code,position,level,employment,supervisor_nip,is_hr[,is_sample]
    units:    code,name,short_name,parent
    courses:  as sample/courses.csv
    sessions: as sample/sessions.csv (starts_in_days) or with starts_at,ends_at,closes_at in Jakarta time (YYYY-MM-DD HH:MM)
    """

    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def import_people(self, csv_text: str, *, dry_run: bool = False) -> Imported:
        """Upserts by NIP; supervisors may stand anywhere in the file or in the registry already."""
        raise NotImplementedError

    async def import_units(self, csv_text: str) -> Imported:
        raise NotImplementedError

    async def import_courses(self, csv_text: str, *, dry_run: bool = False) -> Imported:
        raise NotImplementedError

    async def import_sessions(self, csv_text: str, *, dry_run: bool = False) -> Imported:
        raise NotImplementedError
