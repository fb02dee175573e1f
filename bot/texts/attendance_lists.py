"""The list of a session in words, for officers: names, never NIPs."""

from collections.abc import Sequence

from bot.texts import dates
from core.domain.enrollment import Status
from core.domain.people import Person
from core.services.attendance_lists import AttendanceList, Participant

LIST_BUTTON = "Daftar hadir"
_NAMED = 40
"""Names of one group in one message; the rest is counted."""


def present_button(person: Person) -> str:
    return f"Hadir: {person.name}"


def all_present_button(count: int) -> str:
    return f"Semuanya hadir ({count} orang)"


def confirm_button(present: int, missing: int) -> str:
    return f"Sahkan: {present} selesai, {missing} tidak hadir"


def list_text(listed: AttendanceList) -> str:
    session = listed.session
    lines = [
        f"*Daftar hadir {session.course.title}* ({session.code})",
        dates.period(session.starts_at, session.ends_at),
    ]
    if not listed.participants:
        return "\n".join([*lines, "", "Kelas ini tidak punya peserta."])
    for status, title in (
        (Status.ATTENDED, "Hadir"),
        (Status.CONFIRMED, "Belum tercatat"),
        (Status.COMPLETED, "Selesai, JP sudah dicatat"),
        (Status.NO_SHOW, "Tidak hadir"),
    ):
        lines += _group(title, listed.of(status))
    return "\n".join([*lines, "", _what_next(listed)])


def _group(title: str, rows: Sequence[Participant]) -> list[str]:
    if not rows:
        return []
    names = [f"• {_name(row)}" for row in rows[:_NAMED]]
    left_out = [f"• dan {len(rows) - _NAMED} orang lagi"] if len(rows) > _NAMED else []
    return ["", f"*{title}: {len(rows)}*", *names, *left_out]


def _name(row: Participant) -> str:
    days = f", {row.days} hari" if row.days > 1 else ""
    return f"{row.person.name} ({row.person.unit.short_name}{days})"


def _what_next(listed: AttendanceList) -> str:
    if listed.is_confirmed:
        return (
            "Daftar ini sudah disahkan dan peserta sudah dikabari. Koreksi JP dilakukan admin dengan alasan tertulis."
        )
    if not listed.is_over:
        return f"Daftar bisa disahkan menjelang selesainya kelas, {dates.moment(listed.session.ends_at)}."
    return (
        "Tandai dulu yang hadir tetapi belum tercatat, lalu sahkan. Yang disahkan mendapat JP, sisanya dicatat tidak hadir; "
        "semuanya dikabari."
    )
