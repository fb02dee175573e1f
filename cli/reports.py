"""`rekan report`: counts and lists for HR, on the screen, as JSON, or as a file for a spreadsheet."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cli.output import OK, say, show_json, show_table
from cli.session import GivenUp, carried_out, with_services
from cli.sheets import write_table
from core.bootstrap import Services
from core.domain.calendar import jakarta
from core.domain.enrollment import Status

STATUS_WORDS = {
    Status.REQUESTED: "menunggu persetujuan",
    Status.CONFIRMED: "terdaftar",
    Status.DECLINED: "tidak disetujui",
    Status.WAITLISTED: "daftar tunggu",
    Status.OFFERED: "ditawari kursi",
    Status.LAPSED: "berakhir tanpa kursi",
    Status.CANCELLED: "dibatalkan",
    Status.ATTENDED: "hadir",
    Status.NO_SHOW: "tidak hadir",
    Status.COMPLETED: "selesai",
}
_SESSIONS = {
    "Kelas": "session",
    "Pelatihan": "title",
    "Mulai": "starts",
    "Kursi": "seats",
    "Terdaftar": "confirmed",
    "Minta izin": "requested",
    "Antre": "waitlisted",
    "Sisa": "left",
}
_PEOPLE = {
    "Nama": "name",
    "NIP": "nip",
    "Unit": "unit",
    "Keadaan": "words",
    "Mendaftar": "requested",
    "Alasan": "reason",
}


def enrollments(session: str | None, *, csv_file: Path | None, xlsx_file: Path | None, as_json: bool) -> int:
    """All sessions, or the people of one."""

    def work() -> int:
        files = [(file, ending) for file, ending in ((csv_file, ".csv"), (xlsx_file, ".xlsx")) if file is not None]
        for file, ending in files:
            if file.suffix.lower() != ending:
                raise GivenUp(f"{file}: nama berkasnya harus berakhiran {ending}.")
        if session is None:
            rows, columns = with_services(count_sessions), _SESSIONS
        else:
            rows, columns = with_services(lambda services: list_people(services, session)), _PEOPLE
        for file, _ in files:
            write_table(file, tuple(columns), _cells(rows, columns))
            say(f"{file}: {len(rows)} baris ditulis.")
        if as_json:
            show_json(rows)
        elif not files:
            _show(rows, columns)
        return OK

    return carried_out(work)


def evaluations(*, as_json: bool) -> int:
    """Averages by session; the comments only in JSON, where they do not break a table."""

    def work() -> int:
        rows = with_services(lambda services: services.evaluations.by_session())
        if as_json:
            show_json([asdict(row) for row in rows])
            return OK
        if not rows:
            say("Belum ada kelas yang selesai. Sahkan daftar hadirnya dengan `rekan attendance confirm KELAS`.")
            return OK
        shown = (
            (
                r.session_code,
                r.title,
                r.completed,
                r.answers,
                "–" if r.average is None else f"{r.average:.2f}",
                len(r.comments),
            )
            for r in rows
        )
        titles = ("Kelas", "Pelatihan", "Selesai", "Menjawab", "Rata-rata", "Komentar")
        show_table(titles, shown, numbers=titles[2:])
        return OK

    return carried_out(work)


async def count_sessions(services: Services) -> list[dict[str, Any]]:
    """Every session with its enrollments by status, soonest first."""
    rows = []
    async with services.unit_of_work() as unit:
        for course in await unit.courses.all():
            for session in await unit.courses.sessions_of(course.code):
                found = await unit.enrollments.of_session(session.code, tuple(Status))
                counts = Counter(enrollment.status for enrollment in found)
                counted = await unit.courses.availability_of(session.code)
                rows.append(
                    {
                        "session": session.code,
                        "course": course.code,
                        "title": course.title,
                        "starts_at": session.starts_at.isoformat(),
                        "starts": f"{jakarta(session.starts_at):%d-%m-%Y}",
                        "seats": session.seats,
                        "left": counted.left if counted else session.seats,
                        **{str(status): counts[status] for status in Status},
                    }
                )
    return sorted(rows, key=lambda row: (str(row["starts_at"]), str(row["session"])))


async def list_people(services: Services, session_code: str) -> list[dict[str, Any]]:
    """Everybody who was ever enrolled, by name; the NIP masked, as on every screen and in every file."""
    roster = await services.sessions.roster(None, session_code)
    return [
        {
            "name": person.name,
            "nip": person.masked_nip,
            "unit": person.unit.short_name,
            "status": enrollment.status.value,
            "words": STATUS_WORDS[enrollment.status],
            "requested": f"{jakarta(enrollment.requested_at):%d-%m-%Y %H.%M}",
            "reason": enrollment.reason or "",
        }
        for enrollment, person in roster.people
    ]


def _show(rows: Sequence[dict[str, Any]], columns: dict[str, str]) -> None:
    if not rows and columns is _PEOPLE:
        say("Kelas ini belum punya peserta.")
    elif not rows:
        say("Belum ada kelas. Impor jadwal dengan `rekan courses import FILE`, atau buka dengan `rekan sessions open`.")
    elif columns is _PEOPLE:
        show_table(tuple(columns), _cells(rows, columns), numbers=("Mendaftar",))
    else:
        show_table(tuple(columns), _cells(rows, columns), numbers=("Kelas", *tuple(columns)[2:]))


def _cells(rows: Sequence[dict[str, Any]], columns: dict[str, str]) -> list[tuple[object, ...]]:
    return [tuple(row[name] for name in columns.values()) for row in rows]
