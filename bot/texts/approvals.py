"""The supervisor's side: requests, and what became of them; and the offers of freed seats."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.texts import dates
from core.domain.approvals import Request
from core.domain.enrollment import Enrollment, Status

APPROVE_BUTTON = "Setujui"
DECLINE_BUTTON = "Tolak"
DECLINE_REASONS = ("Bentrok dengan tugas kantor", "Belum sesuai kebutuhan unit", "Ikut angkatan berikutnya saja")
WRITE_REASON_BUTTON = "Tulis alasan sendiri"
BACK_BUTTON = "Kembali"
DECLINE_BUTTON_AS_WRITTEN = "Ya, tolak"
REWRITE_BUTTON = "Tulis ulang"
ACCEPT_BUTTON = "Ambil kursi"
PASS_BUTTON = "Lewatkan"
CALENDAR_BUTTON = "Simpan ke kalender"

NO_REQUESTS = "Tidak ada permohonan yang menunggu Anda. Saya kabari di sini begitu ada yang masuk."
LISTED_AT_ONCE = 10


def more_requests(count: int) -> str:
    return f"Masih ada {count} permohonan lagi. Ketik /persetujuan setelah yang di atas selesai."


@dataclass(frozen=True)
class Facts:
    """What a supervisor reads about a request; `done` None: a row of the ledger written before hours were told."""

    person: str
    unit: str
    title: str
    session_code: str
    starts_at: datetime
    ends_at: datetime
    hours: object
    place: str
    done: int | None = None
    booked: int = 0
    clashes: Sequence[str] = ()
    decide_by: datetime | None = None


def request(one: Request) -> str:
    """One waiting request, in the list of /persetujuan."""
    session = one.enrollment.session
    return request_text(
        Facts(
            person=one.applicant.name,
            unit=one.applicant.unit.name,
            title=session.course.title,
            session_code=session.code,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            hours=session.course.hours,
            place=session.place,
            done=one.done,
            booked=one.booked,
            clashes=[f"{other.course.title} ({other.code})" for other in one.clashes],
            decide_by=one.decide_by,
        )
    )


def request_text(facts: Facts, heading: str = "*Permohonan persetujuan pelatihan*") -> str:
    lines = [
        heading,
        "",
        f"{facts.person} ({facts.unit}) ingin mengikuti:",
        f"*{facts.title}* ({facts.session_code})",
        f"• {dates.period(facts.starts_at, facts.ends_at)}",
        f"• {facts.hours} JP, {facts.place}",
    ]
    if facts.done is not None:
        booked = f", {facts.booked} JP lain terjadwal" if facts.booked else ""
        lines.append(f"• JP tahun ini: {facts.done} selesai{booked}")
        lines.append(f"• Bentrok dengan {', '.join(facts.clashes)}" if facts.clashes else "• Tidak ada jadwal bentrok")
    lines += ["", "Kursinya sudah ditahan. Apakah Anda setuju?"]
    if facts.decide_by is not None:
        lines.append(f"Tanpa keputusan sampai {dates.moment(facts.decide_by)}, permohonan ini gugur.")
    return "\n".join(lines)


def nudge_heading(asked_at: datetime) -> str:
    return f"*Masih menunggu keputusan Anda* sejak {dates.day(asked_at)}"


def escalation_heading(supervisor: str | None, asked_at: datetime) -> str:
    silent = f"{supervisor} belum memutuskannya" if supervisor else "Belum ada yang memutuskannya"
    return f"*Permohonan yang diteruskan kepada Anda*\n{silent} sejak {dates.day(asked_at)}."


CHOOSE_REASON = "Apa alasannya? Pegawai akan membacanya."
LONGEST_REASON = 300
STOP_WORDS = frozenset({"batal", "kembali", "tidak jadi", "gak jadi", "ga jadi", "nggak jadi", "tak jadi", "jangan"})
NOT_DECLINED = "Baik, belum ada yang diputuskan. Permohonannya tetap menunggu di /persetujuan."
REASON_FORGOTTEN = (
    "Alasan tadi sudah tidak saya pegang, jadi belum ada yang diputuskan. Silakan ulangi dari /persetujuan."
)


def write_reason(one: Request) -> str:
    return (
        f"Tulis alasan penolakan untuk {one.applicant.name} dalam satu pesan; pegawai akan membacanya. "
        "Tulis *batal* bila tidak jadi menolak."
    )


def confirm_reason(one: Request, reason: str) -> str:
    """Shows words as they were typed, so nothing in it is marked up."""
    return f"Tolak permohonan {one.applicant.name} untuk {one.enrollment.session.course.title} dengan alasan ini?\n\n“{reason}”"


def decided(enrollment: Enrollment, now: datetime) -> str:
    """What stands below a request after the press. The status is the row's, whoever pressed."""
    if enrollment.status is Status.DECLINED:
        why = " beserta alasannya" if enrollment.reason else ""
        return f"✗ *Ditolak* oleh Anda, {dates.moment(now)}. Pegawai sudah dikabari{why}."
    return f"✓ *Disetujui* oleh Anda, {dates.moment(now)}. Pegawai sudah dikabari."


_STATE_OF_REQUEST = {
    Status.CONFIRMED: "sudah disetujui",
    Status.DECLINED: "sudah ditolak",
    Status.CANCELLED: "sudah ditarik oleh pegawai",
    Status.LAPSED: "sudah berakhir karena lewat batas waktu",
}


def decided_before(status: str) -> str:
    """Below a request that was answered before, perhaps by another officer."""
    words = _STATE_OF_REQUEST.get(Status(status), "sudah tidak menunggu keputusan")
    return f"Permohonan ini {words}, jadi tidak ada yang berubah. Yang masih menunggu: /persetujuan."


def offer_accepted(enrollment: Enrollment) -> str:
    if enrollment.status is Status.REQUESTED:
        return "✓ *Kursi ditahan untuk Anda.* Atasan Anda sudah saya mintai persetujuan; saya kabari begitu diputuskan."
    return "✓ *Anda terdaftar.* Sampai jumpa di pelatihan; saya ingatkan sehari sebelumnya."


OFFER_PASSED = "Baik, kursinya saya tawarkan kepada antrean berikutnya. Jadwal lain ada di /pelatihan."
_STATE_OF_OFFER = {
    Status.CONFIRMED: "Kursi ini sudah Anda ambil dan Anda terdaftar.",
    Status.REQUESTED: "Kursi ini sudah Anda ambil dan menunggu persetujuan atasan.",
    Status.CANCELLED: "Tawaran ini sudah Anda lewatkan, jadi kursinya untuk antrean berikutnya.",
    Status.LAPSED: "Batas waktu tawaran ini sudah lewat, jadi kursinya untuk antrean berikutnya.",
}


def offer_answered_before(status: str) -> str:
    words = _STATE_OF_OFFER.get(Status(status), "Tawaran ini sudah tidak terbuka.")
    return f"{words} Rinciannya di /status."


def calendar_caption(title: str) -> str:
    return f"Buka berkas ini untuk menyimpan jadwal {title} di kalender ponsel Anda."


NOT_ON_CALENDAR = "Anda tidak memegang kursi pada jadwal itu, jadi tidak ada yang disimpan. Lihat /status."
