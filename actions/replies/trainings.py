"""The catalogue in words: lists, one training, recommendations."""

from collections.abc import Sequence
from datetime import datetime

from actions.replies.dates import full_moment, short_date, span
from actions.replies.reply import ASK_HR, RECOMMEND, TRAININGS, Button, Reply, button, plain
from actions.replies.status import audience
from core.domain.competencies import Basis, Recommendation
from core.domain.courses import Availability, Course, Mode, Session, SessionStatus
from core.services.catalogue import CourseDetails

PAGE_SIZE = 5
MODES = {Mode.DARING: "daring", Mode.LURING: "luring (tatap muka)", Mode.CAMPURAN: "campuran"}
OTHER_SESSIONS_SHOWN = 3

NOTHING_OPEN = Reply(
    "Saat ini belum ada pelatihan yang pendaftarannya dibuka. Silakan tanyakan lagi lain waktu, atau tanyakan kepada tim SDM.",
    (ASK_HR,),
)
NOTHING_FOUND = Reply(
    "Belum ada kelas terbuka yang cocok dengan permintaan itu. Anda bisa melihat semua yang dibuka, "
    "atau menulis topik lain.",
    (button("Semua pelatihan", "list_trainings"), RECOMMEND, ASK_HR),
)
NO_SUCH_PAGE = Reply("Halaman itu sudah tidak ada. Silakan buka daftar terbaru.", (TRAININGS,))
NOTHING_TO_RECOMMEND = Reply(
    "Belum ada kelas terbuka yang sesuai dengan jabatan Anda dan belum Anda ambil. Silakan lihat daftar lengkapnya, "
    "atau tanyakan kepada tim SDM.",
    (TRAININGS, ASK_HR),
)


def seats(availability: Availability) -> str:
    """How full it is, in the words that decide whether to hurry."""
    if availability.left and not availability.waiting:
        return f"sisa {availability.left} dari {availability.session.seats} kursi"
    if availability.session.has_waiting_list:
        return f"penuh, {availability.waiting} orang di daftar tunggu"
    return "penuh"


def course_button(course: Course) -> Button:
    return button(f"{course.code} {course.title}", "show_course", course=course.code)


def _session_button(item: Availability) -> Button:
    """Leads to the session that stands in the list, not to another of the same course."""
    return button(f"{item.session.code} {item.session.course.title}", "show_course", course=item.session.code)


def page(found: Sequence[Availability], number: int, wish: str) -> Reply:
    """One page of open sessions; the button for the next one carries the wish along."""
    pages = (len(found) + PAGE_SIZE - 1) // PAGE_SIZE
    first = (number - 1) * PAGE_SIZE
    shown = found[first : first + PAGE_SIZE]
    if not shown:
        return NO_SUCH_PAGE
    heading = f"*{len(found)} kelas* yang bisa Anda daftari"
    heading += f" (halaman {number} dari {pages}):" if pages > 1 else ":"
    lines = [heading, ""]
    for position, item in enumerate(shown, first + 1):
        session = item.session
        lines.append(f"{position}. *{plain(session.course.title)}* ({session.course.code})")
        lines.append(
            f"    {short_date(session.starts_at)}, {session.course.hours} JP, {session.course.mode}, {seats(item)}"
        )
    lines += ["", "Pilih salah satu untuk rincian dan pendaftaran."]
    buttons = [_session_button(item) for item in shown]
    if number > 1:
        buttons.append(_page_button("« Sebelumnya", number - 1, wish))
    if number < pages:
        buttons.append(_page_button("Berikutnya »", number + 1, wish))
    custom = {"choices": [item.session.code for item in shown], "first": first + 1}
    return Reply("\n".join(lines), tuple(buttons), custom).about(only_course(found))


def only_course(found: Sequence[Availability]) -> Course | None:
    """The course all these sessions are of, if it is one."""
    courses = {item.session.course for item in found}
    return courses.pop() if len(courses) == 1 else None


def _page_button(title: str, number: int, wish: str) -> Button:
    entities = {"page": str(number)} | ({"filter": wish} if wish else {})
    return button(title, "more_trainings", **entities)


def details(found: CourseDetails, now: datetime, preferred: str | None = None) -> Reply:
    """One training with its soonest session (or the one asked for) in full and the others in a line each."""
    course = found.course
    lines = [
        f"*{plain(course.title)}* ({course.code})",
        f"{plain(course.summary)}.".replace("..", "."),
        "",
        f"• {course.hours} JP, {MODES[course.mode]}, tingkat {course.level}",
        f"• Peserta: {audience(course)}",
    ]
    if course.requires:
        lines.append(f"• Selesaikan dulu: {', '.join(course.requires)}")
    custom = {"course": course.code}
    sessions = sorted(found.sessions, key=lambda item: (item.session.code != preferred, not item.session.is_open(now)))
    if not sessions:
        lines += ["", "Belum ada sesi yang dijadwalkan. Silakan cek lagi nanti, atau lihat pelatihan lain."]
        return Reply("\n".join(lines), (TRAININGS, ASK_HR), custom)
    main, *others = sessions
    if main.session.code == preferred or not others:
        custom["at_hand"] = main.session.code
    lines += ["", *_session_lines(main, now)]
    shown = others[:OTHER_SESSIONS_SHOWN]
    if shown:
        lines += ["", "Sesi lain:"]
        lines += [f"• {span(item.session)}, {seats(item)}" for item in shown]
    buttons = []
    if main.session.is_open(now):
        label = "Masuk daftar tunggu" if not main.left or main.waiting else "Daftar"
        if label == "Daftar" or main.session.has_waiting_list:
            buttons.append(button(label, "choose_session", session=main.session.code))
        buttons.append(button("Kalender", "calendar_file", session=main.session.code))
    if any(item.session.is_open(now) for item in others):
        buttons.append(button("Sesi lain", "enroll_training", course=course.code))
    return Reply("\n".join(lines), tuple(buttons) or (TRAININGS, ASK_HR), custom)


def _session_lines(item: Availability, now: datetime) -> list[str]:
    session = item.session
    lines = [f"*Sesi {session.code}*", f"• {span(session)}", f"• Tempat: {plain(session.place)}"]
    if session.status is SessionStatus.CANCELLED:
        return [*lines, "• Sesi ini dibatalkan penyelenggara"]
    if not session.is_open(now):
        return [*lines, f"• Pendaftaran ditutup {full_moment(session.closes_at)}"]
    lines.append(f"• Kursi: {seats(item)}")
    lines.append(f"• Daftar paling lambat {full_moment(session.closes_at)}")
    if session.quotas:
        quotas = ", ".join(f"{quota.unit_code} {quota.seats}" for quota in session.quotas)
        lines.append(f"• Jatah kursi paling banyak: {quotas}")
    if session.needs_approval:
        lines.append("• Perlu persetujuan atasan")
    return lines


def which_training(candidates: Sequence[Course]) -> Reply:
    """Several trainings may be meant: ask, never guess."""
    return Reply(
        "Ada beberapa pelatihan yang mirip. *Yang mana maksud Anda?*",
        (*map(course_button, candidates), TRAININGS),
        {"choices": [course.code for course in candidates]},
    )


def unknown_training() -> Reply:
    return Reply(
        "Pelatihan mana yang Anda maksud? Tulis nama atau kodenya (misalnya TIK-02), atau pilih dari daftar.",
        (TRAININGS, RECOMMEND),
    )


def recommendations(found: Sequence[Recommendation], level_words: str | None) -> Reply:
    """Each with its reason, strongest first."""
    lead = f"Untuk jabatan {level_words} seperti Anda" if level_words else "Ini yang bisa diikuti"
    lines = [f"{lead}, saya sarankan:", ""]
    items = [one.availability for one in found]
    for position, one in enumerate(found, 1):
        session = one.availability.session
        course = session.course
        lines.append(f"{position}. *{plain(course.title)}* ({course.code}), {course.hours} JP")
        lines.append(f"    {plain(course.summary)}. Mulai {short_date(session.starts_at)}, {seats(one.availability)}.")
        if level_words:
            lines.append(f"    Mengapa: {_why(one)}.")
    buttons = [_session_button(item) for item in items]
    custom = {"choices": [item.session.code for item in items]}
    return Reply("\n".join(lines), (*buttons, TRAININGS), custom).about(only_course(items))


def _why(one: Recommendation) -> str:
    if one.basis is Basis.GAP:
        return f"jabatan Anda mensyaratkan {plain(', '.join(one.competencies))}, yang belum tercatat pada Anda"
    if one.basis is Basis.COLLEAGUES:
        return f"{one.colleagues} rekan dengan jabatan yang sama mengikutinya"
    return "terbuka bagi jenjang Anda dan belum pernah Anda ikuti"


def session_choice(session: Session) -> Button:
    return button(f"{short_date(session.starts_at)} ({session.code})", "choose_session", session=session.code)
