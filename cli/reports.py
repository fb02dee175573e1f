"""`rekan report`: counts for HR."""

from collections import Counter
from dataclasses import asdict
from typing import Any

from cli.output import OK, say, show_json, show_table
from cli.session import carried_out, with_services
from core.bootstrap import Services
from core.domain.calendar import jakarta
from core.domain.enrollment import Status


def enrollments(*, as_json: bool) -> int:
    def work() -> int:
        rows = with_services(count_sessions)
        if as_json:
            show_json(rows)
            return OK
        if not rows:
            say("Belum ada kelas. Impor jadwal dengan `rekan courses import FILE.csv`.")
            return OK
        titles = ("Kelas", "Pelatihan", "Mulai", "Kursi", "Terdaftar", "Minta izin", "Antre", "Sisa")
        shown = (
            (
                r["session"],
                r["title"],
                r["starts"],
                r["seats"],
                r["confirmed"],
                r["requested"],
                r["waitlisted"],
                r["left"],
            )
            for r in rows
        )
        show_table(titles, shown, numbers=("Kelas", *titles[2:]))
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
