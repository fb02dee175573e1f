"""Enrolling and withdrawing in words: the questions of the forms, and what became of it."""

from collections.abc import Sequence

from actions.replies.dates import short_date, span
from actions.replies.reply import (
    ASK_HR,
    MY_SCHEDULE,
    MY_STATUS,
    RECOMMEND,
    STOP,
    TRAININGS,
    Button,
    Reply,
    button,
    plain,
)
from actions.replies.status import state_of, status_words
from actions.replies.trainings import seats, session_choice
from core.domain.courses import Availability, Course, Session
from core.domain.enrollment import LIVE, Enrollment, Status
from core.domain.people import Person
from core.services.enrollment import EnrollmentResult, EnrollmentView

NOT_FOUND = Reply("Maaf, pilihan itu belum saya temukan.")
UNKNOWN_COURSE = Reply("Maaf, pelatihan itu belum saya temukan di katalog.")
CHOOSE_FIRST = Reply("Baik. Tinggal satu langkah lagi: pilih dulu yang mana.")
CAN_BE_CANCELLED = Reply(
    "Bisa. Selama kelas belum dimulai, pendaftaran boleh Anda batalkan di sini: tulis saja *batalkan* dan nama pelatihannya."
)
KEPT = Reply("Baik, pendaftaran Anda tetap seperti semula.", (MY_SCHEDULE,))
REASONS = {
    "work": "Bentrok pekerjaan",
    "family": "Keperluan keluarga atau kesehatan",
    "mind": "Berubah pikiran",
    "other": "Lainnya",
}
"""What the button of each reason says, which is also what is kept of it."""
_REASON_BUTTONS = (
    *(button(title, "choose_reason", reason=code) for code, title in REASONS.items()),
    button("Lewati", "choose_reason", reason="skip"),
    button("Tetap ikut", "deny"),
)
NOTHING_TO_CANCEL = Reply(
    "Anda tidak punya pendaftaran yang masih bisa dibatalkan. Ada hal lain yang bisa saya bantu?",
    (MY_STATUS, TRAININGS),
)


def stopped_enrolling(session_code: str | None) -> Reply:
    """Remembers beside the text what was left, so that "eh jadi deh" comes back to it."""
    custom = {"stopped": "enroll_form"} | ({"at_hand": session_code} if session_code else {})
    return Reply(
        "Baik, pendaftaran tidak dilanjutkan. Tidak ada yang berubah. Bila berubah pikiran, tulis saja *jadi*.",
        (TRAININGS, RECOMMEND),
        custom,
    )


def ask_course(open_sessions: Sequence[Availability]) -> Reply:
    courses = list(dict.fromkeys(item.session.course for item in open_sessions))[:5]
    return Reply(
        "*Pelatihan mana yang ingin Anda ikuti?* Tulis nama atau kodenya, atau pilih yang terdekat di bawah ini. "
        "Tulis *batal* untuk berhenti.",
        (*map(_enroll_button, courses), TRAININGS, STOP),
        {"choices": [course.code for course in courses]},
    )


def choose_course(candidates: Sequence[Course]) -> Reply:
    lines = ["*Yang mana maksud Anda?*", ""]
    lines += [
        f"{n}. {plain(course.title)} ({course.code}), {course.hours} JP" for n, course in enumerate(candidates, 1)
    ]
    custom = {"choices": [course.code for course in candidates]}
    return Reply("\n".join(lines), (*map(_enroll_button, candidates), STOP), custom)


def _enroll_button(course: Course) -> Button:
    return button(f"{course.code} {course.title}", "enroll_training", course=course.code)


def choose_session(course: Course, sessions: Sequence[Availability]) -> Reply:
    lines = [f"*{plain(course.title)}* ({course.code}) punya {len(sessions)} sesi. *Pilih yang mana?*", ""]
    lines += [f"{n}. {span(item.session)}, {seats(item)}" for n, item in enumerate(sessions, 1)]
    custom = {"course": course.code, "choices": [item.session.code for item in sessions]}
    return Reply("\n".join(lines), (*(session_choice(item.session) for item in sessions), STOP), custom)


def no_session_then(course: Course) -> Reply:
    return Reply(f"Tidak ada sesi *{plain(course.title)}* ({course.code}) yang seperti itu.").about(course)


def no_open_session(course: Course) -> Reply:
    return Reply(
        f"*{plain(course.title)}* ({course.code}) belum membuka sesi yang bisa didaftari. "
        "Silakan pilih pelatihan lain, atau tanyakan jadwal berikutnya kepada tim SDM.",
        (TRAININGS, RECOMMEND, ASK_HR),
        {"course": course.code},
    )


def confirm(availability: Availability, becomes: Status, supervisor: Person | None, has_other_sessions: bool) -> Reply:
    """What is about to happen, before it happens. `becomes` is what the rules say of the moment."""
    session = availability.session
    lines = [
        "Saya akan mendaftarkan Anda ke:",
        f"*{plain(session.course.title)}* ({session.code})",
        f"• {span(session)}",
        f"• Tempat: {plain(session.place)}",
        f"• {session.course.hours} JP",
    ]
    if becomes is Status.WAITLISTED:
        full = "Jatah kursi unit Anda penuh" if session.quotas and availability.left else "Kelas penuh"
        lines.append(f"• {full}: Anda masuk daftar tunggu, urutan ke-{availability.waiting + 1}")
    elif becomes is Status.REQUESTED:
        who = f"atasan Anda ({plain(supervisor.name)})" if supervisor else "tim SDM"
        lines.append(f"• Perlu persetujuan {who}; kursi dipegang selama menunggu")
    lines += ["", "*Lanjutkan?*"]
    buttons = [button("Ya, daftarkan", "affirm"), button("Tidak jadi", "deny")]
    if has_other_sessions:
        buttons.insert(1, button("Sesi lain", "enroll_training", course=session.course.code))
    custom = {"course": session.course.code, "session": session.code, "at_hand": session.code, "becomes": str(becomes)}
    return Reply("\n".join(lines), tuple(buttons), custom)


def confirm_again(session: Session) -> Reply:
    """The same question after an interruption, without the facts told before."""
    return Reply(
        f"Kembali ke pendaftaran *{plain(session.course.title)}* ({session.code}), {short_date(session.starts_at)}. "
        "*Lanjutkan?*",
        (button("Ya, daftarkan", "affirm"), button("Tidak jadi", "deny")),
        {"course": session.course.code, "session": session.code, "at_hand": session.code},
    )


def enrolled(result: EnrollmentResult, has_supervisor: bool) -> Reply:
    enrollment = result.enrollment
    session = enrollment.session
    title = f"*{plain(session.course.title)}* ({session.code})"
    calendar = button("Kalender", "calendar_file", session=session.code)
    custom = {"course": session.course.code, "session": session.code, "status": str(enrollment.status)}
    if not result.is_new:
        return already(EnrollmentView(enrollment, result.place_in_line))
    if enrollment.status is Status.CONFIRMED:
        return Reply(
            f"Anda *terdaftar* di {title}.\n• {span(session)}\n• {plain(session.place)}\n\n"
            "Saya ingatkan sehari sebelumnya.",
            (calendar, MY_SCHEDULE),
            custom,
        )
    if enrollment.status is Status.REQUESTED:
        who = "atasan Anda" if has_supervisor else "tim SDM, karena atasan Anda belum tercatat"
        return Reply(
            f"Permintaan untuk {title} *sudah dikirim* kepada {who}. Kursi dipegang untuk Anda, dan saya kabari "
            "begitu ada keputusan.",
            (MY_STATUS, calendar),
            custom,
        )
    full = f"Kursi untuk unit Anda di {title} sedang penuh." if session.quotas else f"{title} sedang penuh."
    return Reply(
        f"{full} Anda masuk *daftar tunggu, urutan ke-{result.place_in_line}*. "
        "Begitu ada kursi kosong, saya tawarkan kepada Anda.",
        (MY_STATUS, TRAININGS),
        custom,
    )


def already(view: EnrollmentView) -> Reply:
    """The person is in it already: the same answer as the first time, in the words of now."""
    enrollment = view.enrollment
    session = enrollment.session
    buttons = [MY_STATUS]
    if enrollment.status in LIVE:
        buttons.append(button("Batalkan", "cancel_enrollment", enrollment=str(enrollment.enrollment_id)))
    return Reply(
        f"Anda sudah tercatat di *{plain(session.course.title)}* ({session.code}): "
        f"{state_of(enrollment, view.place_in_line)}.\n• {span(session)}",
        tuple(buttons),
        {"course": session.course.code, "session": session.code, "status": str(enrollment.status)},
    )


def choose_enrollment(enrollments: Sequence[Enrollment]) -> Reply:
    lines = ["*Pendaftaran mana yang ingin Anda batalkan?*", ""]
    lines += [
        f"{n}. {plain(e.session.course.title)}, {short_date(e.session.starts_at)} ({status_words(e.status)})"
        for n, e in enumerate(enrollments, 1)
    ]
    buttons = [
        button(f"{n}. {e.session.course.title}", "choose_enrollment", enrollment=str(e.enrollment_id))
        for n, e in enumerate(enrollments, 1)
    ]
    return Reply("\n".join(lines), (*buttons, STOP))


def ask_reason(enrollment: Enrollment) -> Reply:
    session = enrollment.session
    return Reply(
        f"Anda akan membatalkan:\n*{plain(session.course.title)}* ({session.code})\n• {span(session)}\n"
        f"• Status: {status_words(enrollment.status)}\n\n"
        "*Boleh tahu alasannya?* Pilih atau tulis dengan kata Anda sendiri; tidak wajib. Tim SDM dapat membacanya, juga "
        "atasan Anda bila kursi ini sudah disetujui.",
        _REASON_BUTTONS,
        {"course": session.course.code, "session": session.code, "asks_reason": str(enrollment.enrollment_id)},
    )


def ask_reason_again(session: Session) -> Reply:
    return Reply(
        f"Kembali ke pembatalan *{plain(session.course.title)}* ({session.code}). *Boleh tahu alasannya?* Tidak wajib.",
        _REASON_BUTTONS,
        {"course": session.course.code, "session": session.code},
    )


def reason_too_long(length: int, limit: int) -> Reply:
    return Reply(f"Alasan itu {length} karakter, paling banyak {limit}. Mohon diringkas, atau pilih *Lewati*.")


def confirm_cancel(enrollment: Enrollment, reason: str | None = None) -> Reply:
    session = enrollment.session
    if enrollment.status is Status.WAITLISTED:
        effect = "Anda keluar dari daftar tunggu"
    else:
        effect = "Kursi Anda dilepas dan ditawarkan kepada antrean berikutnya"
    why = f"• Alasan: {plain(reason)}\n" if reason else ""
    return Reply(
        f"Batalkan pendaftaran ini?\n*{plain(session.course.title)}* ({session.code})\n• {span(session)}\n"
        f"• Status: {status_words(enrollment.status)}\n{why}\n{effect}.",
        (button("Ya, batalkan", "affirm"), button("Tetap ikut", "deny")),
        {"course": session.course.code, "session": session.code, "cancels": str(enrollment.enrollment_id)},
    )


def confirm_cancel_again(session: Session) -> Reply:
    return Reply(
        f"Kembali ke pembatalan *{plain(session.course.title)}* ({session.code}), {short_date(session.starts_at)}. "
        "*Batalkan?*",
        (button("Ya, batalkan", "affirm"), button("Tetap ikut", "deny")),
        {"course": session.course.code, "session": session.code},
    )


def cancelled(enrollment: Enrollment) -> Reply:
    session = enrollment.session
    return Reply(
        f"Pendaftaran Anda di *{plain(session.course.title)}* ({session.code}) *sudah dibatalkan*. "
        "Anda boleh mendaftar lagi selama masih dibuka.",
        (TRAININGS, MY_SCHEDULE),
        {"course": session.course.code, "session": session.code, "status": str(enrollment.status)},
    )
