"""`rekan sessions`: HR's work on sessions, over the same service as in chat."""

import re
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cli.output import OK, REFUSED, say, show_json, show_table
from cli.session import GivenUp, carried_out, with_services
from core.bootstrap import Services
from core.domain.calendar import jakarta
from core.domain.courses import Availability, Course, Mode, Session, SessionStatus
from core.domain.session_changes import SessionChange

STATUS_WORDS = {
    SessionStatus.OPEN: "dibuka",
    SessionStatus.CLOSED: "ditutup",
    SessionStatus.CANCELLED: "dibatalkan",
}
_CODE = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
_CODE_LIMIT = 24


@dataclass(frozen=True)
class Plan:
    """A new session as it was typed."""

    code: str
    course: str
    starts: str
    ends: str
    closes: str
    seats: int
    place: str
    waiting_list: bool
    approval: bool


def show(*, as_json: bool) -> int:
    def work() -> int:
        now, rows = with_services(_coming)
        if as_json:
            show_json([_facts(row, now) for row in rows])
        elif not rows:
            say("Belum ada kelas. Buka dengan `rekan sessions open` atau impor dengan `rekan courses import FILE`.")
        else:
            titles = ("Kelas", "Pelatihan", "Mulai", "Ditutup", "Kursi", "Terisi", "Antre", "Keadaan")
            shown = (
                (
                    row.session.code,
                    row.session.course.title,
                    moment_words(row.session.starts_at),
                    moment_words(row.session.closes_at),
                    row.session.seats,
                    row.taken,
                    row.waiting,
                    _state(row.session, now),
                )
                for row in rows
            )
            show_table(titles, shown, numbers=("Kelas", "Mulai", "Ditutup", "Kursi", "Terisi", "Antre"))
        return OK

    return carried_out(work)


def open_session(plan: Plan) -> int:
    def work() -> int:
        code = plan.code.strip().upper()
        if not _CODE.fullmatch(code) or len(code) > _CODE_LIMIT:
            raise GivenUp(
                f"{plan.code!r} bukan kode kelas: huruf, angka dan tanda hubung, paling panjang {_CODE_LIMIT}."
            )
        stand_in = Course(plan.course.strip().upper(), "", "", "", 0, Mode.DARING, frozenset(), "")
        session = Session(
            code=code,
            course=stand_in,  # the service puts the course of the catalogue in its place
            starts_at=moment(plan.starts, "--starts"),
            ends_at=moment(plan.ends, "--ends"),
            closes_at=moment(plan.closes, "--closes"),
            seats=plan.seats,
            has_waiting_list=plan.waiting_list,
            needs_approval=plan.approval,
            place=plan.place.strip(),
        )
        opened = with_services(lambda services: services.sessions.open(None, session))
        say(f"{opened.code}: {opened.course.title}, {_when(opened)}, {opened.seats} kursi. Sudah dapat didaftari.")
        return OK

    return carried_out(work)


def change_session(code: str, starts: str, ends: str, closes: str, seats: int | None, place: str, *, yes: bool) -> int:
    """Shows what will become of it and asks, unless told not to."""

    def work() -> int:
        change = SessionChange(
            starts_at=moment(starts, "--starts") if starts else None,
            ends_at=moment(ends, "--ends") if ends else None,
            closes_at=moment(closes, "--closes") if closes else None,
            seats=seats,
            place=place.strip() or None,
        )
        if change == SessionChange():
            raise GivenUp("Sebutkan yang diubah: --starts, --ends, --closes, --seats atau --place.")
        if not yes:
            after = with_services(lambda services: services.sessions.preview(None, code, change))
            say(
                f"{after.code} menjadi: {_when(after)}, {after.place}, {after.seats} kursi, "
                f"pendaftaran ditutup {moment_words(after.closes_at)}."
            )
            if not _agreed("Ubah sekarang?"):
                say("Tidak ada yang diubah.")
                return REFUSED
        done = with_services(lambda services: services.sessions.change(None, code, change))
        say(f"{done.session.code} diubah. {done.told} orang dikabari." if done.told else f"{done.session.code} diubah.")
        return OK

    return carried_out(work)


def close_session(code: str) -> int:
    def work() -> int:
        closed = with_services(lambda services: services.sessions.close_enrolling(None, code))
        told = f" {closed.told} orang yang antre dikabari." if closed.told else ""
        known = closed.session.code
        say(f"{known}: pendaftaran ditutup.{told} Membukanya lagi: `rekan sessions change {known} --closes …`.")
        return OK

    return carried_out(work)


def cancel_session(code: str, reason: str, *, yes: bool) -> int:
    """Shows whom it reaches and asks, unless told not to."""

    def work() -> int:
        if not yes:
            roster = with_services(lambda services: services.sessions.roster(None, code))
            session = roster.availability.session
            say(f"{session.code}, {session.course.title}, {_when(session)}: {roster.live} orang akan dikabari.")
            if not _agreed("Batalkan kelas ini untuk seterusnya?"):
                say("Tidak ada yang dibatalkan.")
                return REFUSED
        done = with_services(lambda services: services.sessions.cancel(None, code, reason))
        say(f"{done.session.code} dibatalkan. {done.told} orang dikabari.")
        return OK

    return carried_out(work)


def moment(written: str, option: str) -> datetime:
    """A time on Jakarta's wall clock, as aware UTC. Raises GivenUp."""
    try:
        return datetime.fromisoformat(f"{written.strip().replace('T', ' ')}+07:00").astimezone(UTC)
    except ValueError as error:
        raise GivenUp(f"{option}: {written!r} bukan tanggal dan jam; tulis seperti '2026-12-01 08:00'.") from error


def moment_words(at: datetime) -> str:
    return f"{jakarta(at):%d-%m-%Y %H.%M}"


async def _coming(services: Services) -> tuple[datetime, list[Availability]]:
    return services.clock.now(), await services.sessions.coming(None)


def _facts(row: Availability, now: datetime) -> dict[str, Any]:
    session = row.session
    return {
        "session": session.code,
        "course": session.course.code,
        "title": session.course.title,
        "starts_at": session.starts_at.isoformat(),
        "ends_at": session.ends_at.isoformat(),
        "closes_at": session.closes_at.isoformat(),
        "seats": session.seats,
        "taken": row.taken,
        "waiting": row.waiting,
        "left": row.left,
        "place": session.place,
        "status": session.status.value,
        "is_open": session.is_open(now),
    }


def _state(session: Session, now: datetime) -> str:
    if session.status is SessionStatus.OPEN and not session.is_open(now):
        return STATUS_WORDS[SessionStatus.CLOSED]
    return STATUS_WORDS[session.status]


def _when(session: Session) -> str:
    return f"{moment_words(session.starts_at)} sampai {moment_words(session.ends_at)}"


def _agreed(question: str) -> bool:
    """Asks the person. Raises GivenUp where nobody can answer."""
    if not sys.stdin.isatty():
        raise GivenUp("Tambahkan --yes untuk melakukannya tanpa ditanya (tanpa terminal).")
    return input(f"{question} [y/T] ").strip().lower() in {"y", "ya"}
