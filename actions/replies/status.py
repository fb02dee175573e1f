"""Words for the states of an enrollment and for position levels."""

from actions.replies.dates import full_moment
from core.domain.courses import Course
from core.domain.enrollment import Enrollment, Status
from core.domain.people import PositionLevel

AUDIENCE_WORDS: dict[str, str] = {
    PositionLevel.PELAKSANA: "pelaksana",
    PositionLevel.FUNGSIONAL: "fungsional",
    PositionLevel.PENGAWAS: "pengawas",
    PositionLevel.ADMINISTRATOR: "administrator",
    PositionLevel.JPT: "pimpinan tinggi",
}

_STATUS_WORDS = {
    Status.REQUESTED: "menunggu persetujuan atasan",
    Status.CONFIRMED: "sudah terdaftar",
    Status.DECLINED: "tidak disetujui",
    Status.WAITLISTED: "dalam daftar tunggu",
    Status.OFFERED: "ditawari kursi yang kosong",
    Status.LAPSED: "berakhir tanpa kursi, karena batas waktunya lewat atau pendaftarannya ditutup",
    Status.CANCELLED: "sudah dibatalkan",
    Status.ATTENDED: "sudah diikuti",
    Status.NO_SHOW: "tercatat tidak hadir",
    Status.COMPLETED: "sudah selesai",
}


def status_words(status: Status) -> str:
    return _STATUS_WORDS[status]


def state_of(enrollment: Enrollment, place_in_line: int | None) -> str:
    """The state with the fact that matters in it: the place in line, the deadline of an offer, the reason of a no."""
    words = _STATUS_WORDS[enrollment.status]
    if enrollment.status is Status.WAITLISTED and place_in_line:
        return f"{words}, urutan ke-{place_in_line}"
    if enrollment.status is Status.OFFERED and enrollment.offer_expires_at:
        return f"{words}, jawab paling lambat {full_moment(enrollment.offer_expires_at)}"
    if enrollment.status in (Status.DECLINED, Status.CANCELLED) and enrollment.reason:
        return f"{words} ({enrollment.reason})"
    return words


def audience(course: Course) -> str:
    levels = ", ".join(AUDIENCE_WORDS[level] for level in PositionLevel if level in course.audience)
    kinds = " dan ".join(sorted(course.employment))
    if not levels:
        return f"semua {kinds}" if kinds else "semua pegawai"
    return f"{levels} ({kinds})" if kinds else levels
