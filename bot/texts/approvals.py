"""The supervisor's side: requests, and what became of them; and the offers of freed seats."""

from datetime import datetime

from bot.texts import dates
from core.domain.enrollment import Enrollment, Status
from core.domain.people import Person

APPROVE_BUTTON = "Setujui"
DECLINE_BUTTON = "Tolak"
ACCEPT_BUTTON = "Ambil kursi"
PASS_BUTTON = "Lewatkan"
CALENDAR_BUTTON = "Simpan ke kalender"

NO_REQUESTS = "Tidak ada permohonan yang menunggu Anda. Saya kabari di sini begitu ada yang masuk."
LISTED_AT_ONCE = 10


def more_requests(count: int) -> str:
    return f"Masih ada {count} permohonan lagi. Ketik /persetujuan setelah yang di atas selesai."


def request(enrollment: Enrollment, person: Person) -> str:
    """One waiting request, in the list of /persetujuan."""
    session = enrollment.session
    return request_text(
        person=person.name,
        unit=person.unit.name,
        title=session.course.title,
        session_code=session.code,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        hours=session.course.hours,
        place=session.place,
    )


def request_text(
    *,
    person: str,
    unit: str,
    title: str,
    session_code: str,
    starts_at: datetime,
    ends_at: datetime,
    hours: object,
    place: str,
) -> str:
    return (
        f"*Permohonan persetujuan pelatihan*\n\n"
        f"{person} ({unit}) ingin mengikuti:\n"
        f"*{title}* ({session_code})\n"
        f"• {dates.period(starts_at, ends_at)}\n"
        f"• {hours} JP, {place}\n\n"
        "Kursinya sudah ditahan. Apakah Anda setuju?"
    )


def decided(enrollment: Enrollment, now: datetime) -> str:
    """What stands below a request after the press. The status is the row's, whoever pressed."""
    if enrollment.status is Status.DECLINED:
        return f"✗ *Ditolak* oleh Anda, {dates.moment(now)}. Pegawai sudah dikabari."
    return f"✓ *Disetujui* oleh Anda, {dates.moment(now)}. Pegawai sudah dikabari."


_STATE_OF_REQUEST = {
    Status.CONFIRMED: "sudah disetujui",
    Status.DECLINED: "sudah ditolak",
    Status.CANCELLED: "sudah ditarik oleh pegawai",
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
