"""`rekan attendance`: the list of a session, confirming it, and correcting hours."""

import sys
from collections.abc import Sequence

from cli.output import OK, REFUSED, say, show_json, show_table
from cli.session import GivenUp, carried_out, with_services
from core.bootstrap import Services
from core.domain.enrollment import Status
from core.services.attendance_lists import AttendanceList, Confirmed, Correction

STATUS_WORDS = {
    Status.CONFIRMED: "belum tercatat",
    Status.ATTENDED: "hadir",
    Status.COMPLETED: "selesai",
    Status.NO_SHOW: "tidak hadir",
}


def show(session_code: str, *, as_json: bool) -> int:
    def work() -> int:
        listed = with_services(lambda services: services.attendance_lists.of_session(None, session_code))
        if as_json:
            show_json(_rows(listed))
        else:
            _table(listed)
        return OK

    return carried_out(work)


def confirm(session_code: str, absent: Sequence[str], *, everybody_came: bool, yes: bool) -> int:
    """Shows the list and asks, unless told not to."""

    def work() -> int:
        if not yes:
            _table(with_services(lambda services: services.attendance_lists.of_session(None, session_code)))
            if not _agreed():
                say("Tidak ada yang disahkan.")
                return REFUSED

        async def settle(services: Services) -> Confirmed:
            return await services.attendance_lists.confirm(
                None, session_code, absent_nips=absent, everybody_came=everybody_came
            )

        done = with_services(settle)
        if not done.completed and not done.no_shows:
            say(f"{session_code}: tidak ada yang perlu disahkan lagi.")
        else:
            say(f"{session_code}: {done.completed} selesai, {done.no_shows} tidak hadir. Peserta dikabari.")
        return OK

    return carried_out(work)


def correct(session_code: str, nip: str, hours: int, reason: str) -> int:
    def work() -> int:
        async def write(services: Services) -> Correction:
            return await services.attendance_lists.correct(None, session_code, nip, hours, reason)

        done = with_services(write)
        if done.change == 0:
            say(f"{session_code}: sudah {done.hours} JP; tidak ada yang berubah.")
        else:
            say(f"{session_code}: sekarang {done.hours} JP ({done.change:+d}). Pegawai dikabari.")
        return OK

    return carried_out(work)


def _table(listed: AttendanceList) -> None:
    if not listed.participants:
        say(f"{listed.session.code}: tidak ada peserta.")
        return
    shown = ((r["name"], r["unit"], r["nip"], r["days"], r["words"]) for r in _rows(listed))
    show_table(("Nama", "Unit", "NIP", "Hari", "Keadaan"), shown, numbers=("Hari",))


def _rows(listed: AttendanceList) -> list[dict[str, object]]:
    return [
        {
            "name": row.person.name,
            "unit": row.person.unit.short_name,
            "nip": row.person.masked_nip,
            "days": row.days,
            "status": row.enrollment.status.value,
            "words": STATUS_WORDS[row.enrollment.status],
        }
        for row in listed.participants
    ]


def _agreed() -> bool:
    """Raises GivenUp where nobody can answer."""
    if not sys.stdin.isatty():
        raise GivenUp("Tambahkan --yes untuk mengesahkan tanpa ditanya (tanpa terminal).")
    return input("Sahkan daftar ini? [y/T] ").strip().lower() in {"y", "ya"}
