"""HR officers' side of sessions: the list, one of them, its people, and changing it."""

from collections.abc import Sequence
from datetime import datetime

from bot.texts import dates
from bot.texts.refusals import STATUS_WORDS
from core.domain.courses import Availability, Session, SessionStatus
from core.domain.enrollment import Enrollment, Status
from core.domain.markup import plain
from core.domain.people import Awaiting
from core.services.sessions import Changed, Roster

PEOPLE_BUTTON = "Daftar peserta"
FILE_BUTTON = "Unduh sebagai Excel"
FILE_TITLES = ("Nama", "NIP", "Unit", "Keadaan", "Mendaftar", "Alasan")
TIME_BUTTON = "Ubah waktu"
PLACE_BUTTON = "Ubah tempat"
SEATS_BUTTON = "Ubah kursi"
DEADLINE_BUTTON = "Ubah batas pendaftaran"
CLOSE_BUTTON = "Tutup pendaftaran"
CLOSE_NOW_BUTTON = "Ya, tutup"
CANCEL_BUTTON = "Batalkan kelas"
CHANGE_NOW_BUTTON = "Ya, ubah"
CANCEL_NOW_BUTTON = "Ya, batalkan kelas"
NO_BUTTON = "Jangan"
BACK_BUTTON = "‹ Kelas ini"
ALL_BUTTON = "‹ Semua kelas"
NEXT_BUTTON = "Berikutnya ›"
PREVIOUS_BUTTON = "‹ Sebelumnya"

NO_SESSIONS = (
    "Belum ada kelas yang akan datang. Buka yang baru dengan tombol di bawah ini, lewat `rekan sessions open`, atau dengan "
    "impor berkas."
)
STOP_WORDS = frozenset({"batal", "kembali", "tidak jadi", "gak jadi", "ga jadi", "nggak jadi", "tak jadi", "jangan"})
NOTHING_CHANGED = "Baik, tidak ada yang diubah."
NOT_A_TIME = (
    "Waktu itu belum bisa saya baca. Tulis tanggal dan jamnya dalam satu baris, misalnya: 10-12-2026 08.00, atau dengan "
    "waktu selesainya: 10-12-2026 08.00 sampai 11-12-2026 16.00. Ketik batal untuk berhenti."
)
UNREADABLE = {
    Awaiting.SESSION_TIME: NOT_A_TIME,
    Awaiting.SESSION_DEADLINE: (
        "Batas itu belum bisa saya baca. Tulis tanggal dan jamnya dalam satu baris, misalnya: 05-12-2026 12.00. "
        "Ketik batal untuk berhenti."
    ),
    Awaiting.SESSION_SEATS: (
        "Jumlah itu belum bisa saya baca. Tulis satu angka saja, misalnya: 40. Ketik batal untuk berhenti."
    ),
    Awaiting.SESSION_PLACE: "Tempatnya masih kosong. Tulis dalam satu baris, atau ketik batal untuk berhenti.",
}
LINE_FORGOTTEN = "Isian tadi sudah tidak saya pegang, jadi tidak ada yang diubah. Mohon pilih dan tulis sekali lagi."
PEOPLE_SHOWN = 120

_ORDER = (
    Status.CONFIRMED,
    Status.REQUESTED,
    Status.OFFERED,
    Status.WAITLISTED,
    Status.ATTENDED,
    Status.COMPLETED,
    Status.NO_SHOW,
    Status.CANCELLED,
)


def listed(rows: Sequence[Availability], page: int, pages: int) -> str:
    lines = [
        f"*{row.session.course.title}* ({row.session.code})\n{dates.period(row.session.starts_at, row.session.ends_at)} · "
        f"{seats(row)}{_mark(row.session)}"
        for row in rows
    ]
    place = f", halaman {page} dari {pages}" if pages > 1 else ""
    return f"*Kelas yang akan datang*{place}\n\n" + "\n\n".join(lines)


def title(row: Availability) -> str:
    """Of the button that opens it."""
    return f"{row.session.code} · {row.taken}/{row.session.seats}"


def seats(row: Availability) -> str:
    waiting = f", {row.waiting} antre" if row.waiting else ""
    return f"{row.taken} dari {row.session.seats} kursi terisi{waiting}"


def details(roster: Roster, now: datetime) -> str:
    row, session = roster.availability, roster.availability.session
    asked = sum(enrollment.status is Status.REQUESTED for enrollment, _ in roster.people)
    lines = [
        f"*{session.course.title}* ({session.code}){_mark(session)}",
        f"• {dates.period(session.starts_at, session.ends_at)}",
        f"• {session.place} ({session.course.mode.value}), {session.course.hours} JP",
        f"• {seats(row)}" + (f", {asked} di antaranya menunggu persetujuan" if asked else ""),
        f"• Pendaftaran {_closing(session, now)}",
    ]
    return "\n".join(lines)


def people(roster: Roster) -> str:
    """By state, then by name. The NIP's last three digits tell namesakes apart; more of it is shown nowhere."""
    session = roster.availability.session
    parts: list[str] = []
    left = PEOPLE_SHOWN
    for status in _ORDER:
        group = [row for row in roster.people if row[0].status is status]
        if not group:
            continue
        lines = [
            f"{number}. {person.name} (NIP …{person.nip[-3:]}), {person.unit.short_name}{_why(enrollment)}"
            for number, (enrollment, person) in enumerate(group[:left], 1)
        ]
        left -= len(lines)
        parts.append(f"*{STATUS_WORDS[status].capitalize()}: {len(group)}*\n" + "\n".join(lines))
    hidden = sum(enrollment.status in _ORDER for enrollment, _ in roster.people) - (PEOPLE_SHOWN - left)
    if hidden:
        parts.append(
            f"Masih ada {hidden} orang lagi; daftar lengkapnya: rekan report enrollments --session {session.code}"
        )
    return f"*Peserta {session.course.title}* ({session.code})\n\n" + ("\n\n".join(parts) or "Belum ada peserta.")


def _why(enrollment: Enrollment) -> str:
    is_withdrawn = enrollment.status is Status.CANCELLED and enrollment.reason
    return f": {plain(enrollment.reason or '')}" if is_withdrawn else ""


def file_rows(roster: Roster) -> list[tuple[str, ...]]:
    """Under FILE_TITLES; everybody who was ever enrolled."""
    return [
        (
            person.name,
            person.masked_nip,
            person.unit.short_name,
            STATUS_WORDS[enrollment.status],
            dates.moment(enrollment.requested_at),
            enrollment.reason or "",
        )
        for enrollment, person in roster.people
    ]


def file_caption(roster: Roster) -> str:
    session = roster.availability.session
    return (
        f"Peserta {session.course.title} ({session.code}), {len(roster.people)} orang. "
        "Berkas ini memuat data pribadi; bagikan hanya kepada yang berwenang."
    )


def ask_line(roster: Roster, about: Awaiting) -> str:
    session = roster.availability.session
    if about is Awaiting.SESSION_REASON:
        return (
            f"Anda akan membatalkan *{session.course.title}* ({session.code}), "
            f"{dates.period(session.starts_at, session.ends_at)}. {roster.live} orang akan dikabari.\n\n"
            "Tulis alasannya dalam satu baris; setiap peserta membacanya. Belum ada yang dibatalkan sebelum Anda setujui. "
            "Ketik kembali untuk berhenti."
        )
    asked = {
        Awaiting.SESSION_TIME: (
            f"Kelas {session.code} sekarang: {dates.period(session.starts_at, session.ends_at)}.\n\n"
            "Tulis waktu yang baru dalam satu baris, misalnya: 10-12-2026 08.00. Lamanya tetap sama, kecuali Anda menulis "
            "juga waktu selesainya: 10-12-2026 08.00 sampai 11-12-2026 16.00."
        ),
        Awaiting.SESSION_PLACE: (
            f"Kelas {session.code} sekarang di: {session.place}.\n\nTulis tempat yang baru dalam satu baris."
        ),
        Awaiting.SESSION_SEATS: (
            f"Kelas {session.code} sekarang: {seats(roster.availability)}.\n\nTulis jumlah kursi seluruhnya, misalnya: 40. "
            "Kursi yang ditambah langsung ditawarkan kepada yang antre."
        ),
        Awaiting.SESSION_DEADLINE: (
            f"Pendaftaran kelas {session.code} sekarang sampai {dates.moment(session.closes_at)}.\n\n"
            "Tulis batas yang baru dalam satu baris, misalnya: 05-12-2026 12.00. "
            "Batas yang akan datang membuka lagi pendaftaran yang sudah ditutup."
        ),
    }
    return f"{asked[about]}\n\nBelum ada yang berubah sebelum Anda setujui. Ketik batal untuk berhenti."


def confirm_change(roster: Roster, after: Session, now: datetime) -> str:
    before = roster.availability.session
    count = roster.told_of(after, now)
    told = f"{count} orang akan dikabari." if count else "Peserta tidak perlu dikabari."
    return "\n".join(
        [
            f"*{before.course.title}* ({before.code}) akan menjadi:",
            "",
            f"• Waktu: {dates.period(after.starts_at, after.ends_at)}",
            f"• Tempat: {after.place}",
            f"• Kursi: {after.seats}",
            f"• Pendaftaran sampai {dates.moment(after.closes_at)}",
            "",
            f"Semula: {dates.period(before.starts_at, before.ends_at)}, {before.place}, {before.seats} kursi, pendaftaran "
            f"sampai {dates.moment(before.closes_at)}.",
            f"{told} Ubah sekarang?",
        ]
    )


def confirm_cancel(roster: Roster, reason: str) -> str:
    session = roster.availability.session
    return (
        f"*{session.course.title}* ({session.code}) akan dibatalkan untuk seterusnya dan {roster.live} orang dikabari.\n"
        f"Alasan yang mereka baca: {reason}\n\nBatalkan sekarang?"
    )


def confirm_close(roster: Roster) -> str:
    session = roster.availability.session
    return (
        f"Tutup pendaftaran *{session.course.title}* ({session.code}) sekarang? Yang sudah punya kursi tetap; "
        f"kursi yang lowong tidak ditawarkan lagi. {_line_told(roster.availability.waiting)}"
    )


def done(about: Awaiting, changed: Changed) -> str:
    session = changed.session
    if about is Awaiting.SESSION_REASON:
        return f"✓ *Kelas {session.code} dibatalkan.* {_told(changed.told)}"
    if about in (Awaiting.SESSION_SEATS, Awaiting.SESSION_DEADLINE):
        told = f" {_told(changed.told)}" if changed.told else ""
        closing = dates.moment(session.closes_at)
        return f"✓ *Kelas {session.code} diubah:* {session.seats} kursi, pendaftaran sampai {closing}.{told}"
    return (
        f"✓ *Kelas {session.code} diubah:* {dates.period(session.starts_at, session.ends_at)}, {session.place}. "
        f"{_told(changed.told)}"
    )


def closed(changed: Changed) -> str:
    told = f" {changed.told} orang yang antre saya kabari." if changed.told else ""
    code = changed.session.code
    return f"✓ *Pendaftaran kelas {code} ditutup.*{told} Batas pendaftaran yang baru akan membukanya lagi."


def _line_told(waiting: int) -> str:
    return f"{waiting} orang yang antre dikabari bahwa antreannya berakhir." if waiting else "Tidak ada yang antre."


def _told(count: int) -> str:
    return f"{count} orang saya kabari." if count else "Tidak ada peserta yang perlu dikabari."


def _closing(session: Session, now: datetime) -> str:
    if session.status is SessionStatus.CANCELLED:
        return "tidak ada lagi"
    if session.is_open(now):
        return f"dibuka sampai {dates.moment(session.closes_at)}"
    closed_by_hand = session.status is SessionStatus.CLOSED and now < session.closes_at
    return "ditutup oleh petugas" if closed_by_hand else f"sudah ditutup {dates.moment(session.closes_at)}"


def _mark(session: Session) -> str:
    return {SessionStatus.CANCELLED: " · *dibatalkan*", SessionStatus.CLOSED: " · pendaftaran ditutup"}.get(
        session.status, ""
    )
