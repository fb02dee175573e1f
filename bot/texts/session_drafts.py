"""Opening a session in chat: what is asked, and the whole before the yes."""

from collections.abc import Sequence
from datetime import datetime

from bot.session_draft import Draft, Part
from bot.texts import dates
from core.domain.calendar import jakarta
from core.domain.courses import Course, Session
from core.domain.working_days import Holidays, is_working_day

NEW_BUTTON = "Buka kelas baru"
OPEN_BUTTON = "Ya, buka"
BACK_BUTTON = "‹ Kembali"
STOP_BUTTON = "Batal"
NEXT_BUTTON = "Berikutnya ›"
PREVIOUS_BUTTON = "‹ Sebelumnya"
APPROVAL_BUTTONS = ("Perlu persetujuan atasan", "Tidak perlu")
SHOW_BUTTON = "‹ Kelas ini"
BACK_WORDS = frozenset({"kembali", "mundur", "balik"})
STOP_WORDS = frozenset({"batal", "tidak jadi", "gak jadi", "ga jadi", "nggak jadi", "tak jadi", "jangan", "berhenti"})
STOPPED = "Baik, tidak ada kelas yang dibuka."
FORGOTTEN = "Isian kelas baru tadi sudah tidak saya pegang, jadi tidak ada yang dibuka. Silakan mulai lagi dari /kelas."
OUTDATED = "Pesan ini sudah berganti; lanjutkan dari pesan yang terbaru. Tidak ada yang berubah."
NO_COURSES = "Belum ada pelatihan di katalog. Impor dahulu dengan `rekan courses import`."
CODE_TAKEN = "Kode tadi keburu dipakai, jadi kelas ini mendapat kode berikutnya. Periksa sekali lagi."
DEADLINE_PAST = "Batas itu sudah lewat. Tulis waktu yang akan datang dan sebelum kelas mulai."
UNREADABLE = {
    Part.COURSE: "Pelatihan itu belum saya temukan di katalog. Tulis nama atau kodenya, atau pilih dari daftar.",
    Part.TIMES: (
        "Waktu itu belum bisa saya baca. Tulis mulai dan selesainya dalam satu baris, misalnya: "
        "10-12-2026 08.00 sampai 11-12-2026 16.00."
    ),
    Part.SEATS: "Jumlah itu belum bisa saya baca. Tulis satu angka saja, misalnya: 30.",
    Part.DEADLINE: "Batas itu belum bisa saya baca. Tulis tanggal dan jamnya, misalnya: 08-12-2026 12.00.",
    Part.APPROVAL: "Tulis perlu atau tidak, atau tekan salah satu tombolnya.",
    Part.SUMMARY: "Tekan *Ya, buka* bila sudah benar, atau tombol bagian yang ingin diubah.",
    Part.PLACE: "Tempatnya masih kosong. Tulis dalam satu baris.",
}
EDITS = (
    (Part.TIMES, "Ubah waktu"),
    (Part.PLACE, "Ubah tempat"),
    (Part.SEATS, "Ubah kursi"),
    (Part.DEADLINE, "Ubah batas pendaftaran"),
)


def course_title(course: Course) -> str:
    return f"{course.code} {course.title}"


def ask_course(page: int, pages: int) -> str:
    place = f" (halaman {page} dari {pages})" if pages > 1 else ""
    return f"*Kelas baru*{place}\n\nPelatihan mana? Tulis nama atau kodenya, atau pilih. Ketik batal untuk berhenti."


WHICH_COURSE = "*Kelas baru*\n\nAda beberapa yang mirip. Yang mana maksud Anda?"


def question(draft: Draft, course: Course) -> str:
    heading = f"*Kelas baru {draft.code}*: {course.title}, {course.hours} JP, {course.mode.value}\n\n"
    return (
        heading
        + {
            Part.TIMES: (
                "Kapan? Tulis mulai dan selesainya dalam satu baris, misalnya: 10-12-2026 08.00 sampai 11-12-2026 16.00, atau "
                "10 Desember 2026 08.00-16.00."
            ),
            Part.PLACE: "Di mana? Tulis tempat atau tautannya dalam satu baris, atau pilih yang pernah dipakai.",
            Part.SEATS: "Berapa kursi? Pilih atau tulis angkanya.",
            Part.DEADLINE: "Sampai kapan pendaftaran dibuka? Pilih, atau tulis tanggal dan jamnya, misalnya: 08-12-2026 12.00.",
            Part.APPROVAL: "Apakah pendaftarannya perlu persetujuan atasan?",
        }[draft.asks]
    )


def seats_title(seats: int) -> str:
    return f"{seats} kursi"


def deadline_title(days: int, moment: datetime) -> str:
    before = {1: "Sehari", 7: "Seminggu"}.get(days, f"{days} hari")
    return f"{before} sebelumnya, {dates.moment(moment)}"


def approval_title(session: Session) -> str:
    return f"Persetujuan atasan: {'perlu' if session.needs_approval else 'tidak'} (ganti)"


def waiting_title(session: Session) -> str:
    return f"Daftar tunggu: {'ada' if session.has_waiting_list else 'tidak'} (ganti)"


def summary(session: Session, holidays: Holidays) -> str:
    lines = [
        f"*{session.course.title}* ({session.code}) akan dibuka:",
        "",
        f"• Waktu: {dates.period(session.starts_at, session.ends_at)}",
        f"• Tempat: {session.place} ({session.course.mode.value})",
        f"• {session.course.hours} JP, {session.seats} kursi",
        f"• Pendaftaran sampai {dates.moment(session.closes_at)}",
        f"• Persetujuan atasan: {'perlu' if session.needs_approval else 'tidak perlu'}",
        f"• Daftar tunggu: {'ada' if session.has_waiting_list else 'tidak ada'}",
        "",
    ]
    off = [day for day in (session.starts_at, session.ends_at) if not is_working_day(jakarta(day).date(), holidays)]
    if off:
        lines += [f"Perhatian: {dates.day(off[0])} bukan hari kerja.", ""]
    return "\n".join([*lines, "Belum ada yang dibuka sebelum Anda setujui. Buka sekarang?"])


def opened(session: Session) -> str:
    return (
        f"✓ *Kelas {session.code} dibuka.* Pegawai sudah bisa menemukannya dan mendaftar sampai "
        f"{dates.moment(session.closes_at)}."
    )


def pages_of(courses: Sequence[Course], size: int) -> int:
    return max(1, -(-len(courses) // size))
