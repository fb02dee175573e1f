"""A person's own trainings in words: states, schedule, learning hours, certificates, requests of their staff."""

from collections.abc import Sequence

from actions.replies.dates import full_date, long_date, short_date, span
from actions.replies.reply import ASK_HR, MY_HOURS, MY_STATUS, RECOMMEND, TRAININGS, Reply, button, plain
from actions.replies.status import state_of, status_words
from actions.replies.trainings import course_button
from core.domain.approvals import Request
from core.domain.courses import Availability, Course
from core.domain.enrollment import LIVE, Enrollment, Status
from core.domain.learning import PPPK_CEILING, YEARLY_MINIMUM, HoursSummary
from core.domain.markup import with_capital
from core.domain.people import Employment, Person
from core.services.enrollment import EnrollmentView

SHOWN = 5

NO_ENROLLMENTS = Reply("Anda belum mendaftar pelatihan apa pun. Mau lihat yang sedang dibuka?", (TRAININGS, RECOMMEND))
NO_SCHEDULE = Reply(
    "Belum ada jadwal pelatihan Anda yang akan datang. Mau lihat yang sedang dibuka?", (TRAININGS, RECOMMEND, MY_STATUS)
)


def no_requests(supervisor: Person | None) -> Reply:
    """Who asks may as well mean the other way round: who decides about them."""
    own = f" Permintaan Anda sendiri diputuskan oleh *{plain(supervisor.name)}*." if supervisor else ""
    return Reply(f"Tidak ada permintaan yang menunggu persetujuan Anda.{own}", (MY_STATUS, TRAININGS))


def statuses(views: Sequence[EnrollmentView], course: Course | None) -> Reply:
    """Live enrollments first; of the ended ones only the newest fill up the page."""
    live = [v for v in views if v.enrollment.status in LIVE]
    ended = [v for v in views if v.enrollment.status not in LIVE]
    shown = [*live, *ended][:SHOWN]
    heading = f"Pendaftaran Anda untuk *{plain(course.title)}*:" if course else "*Pendaftaran Anda:*"
    lines = [heading, ""]
    for position, view in enumerate(shown, 1):
        session = view.enrollment.session
        lines.append(f"{position}. *{plain(session.course.title)}* ({session.code}), {short_date(session.starts_at)}")
        lines.append(f"    {with_capital(state_of(view.enrollment, view.place_in_line))}")
    left_out = len(live) + len(ended) - len(shown)
    if left_out:
        lines += ["", f"Masih ada {left_out} catatan lama."]
    if any(v.enrollment.status is Status.OFFERED for v in shown):
        lines += ["", "Kursi yang ditawarkan bisa diterima pada pesan tawaran yang saya kirim kepada Anda."]
    buttons = []
    if live:
        cancel = {"enrollment": str(live[0].enrollment.enrollment_id)} if len(live) == 1 else {}
        buttons.append(button("Batalkan pendaftaran", "cancel_enrollment", **cancel))
    return Reply("\n".join(lines), (button("Jadwal saya", "my_schedule"), *buttons, TRAININGS)).about(course)


def not_enrolled_in(course: Course) -> Reply:
    return Reply(
        f"Anda belum terdaftar di *{plain(course.title)}*. Mau mendaftar, atau melihat pendaftaran Anda yang lain?",
        (button("Daftar", "enroll_training", course=course.code), MY_STATUS),
    ).about(course)


def schedule(enrollments: Sequence[Enrollment]) -> Reply:
    lines = ["*Jadwal pelatihan Anda:*", ""]
    for enrollment in enrollments[:SHOWN]:
        session = enrollment.session
        lines.append(f"• *{plain(session.course.title)}* ({session.code})")
        lines.append(f"    {span(session)}")
        note = "" if enrollment.status is Status.CONFIRMED else f" ({status_words(enrollment.status)})"
        lines.append(f"    {plain(session.place)}{note}")
    if len(enrollments) > SHOWN:
        lines += ["", f"Masih ada {len(enrollments) - SHOWN} jadwal sesudahnya."]
    buttons = [
        button(f"Kalender {e.session.code}", "calendar_file", session=e.session.code) for e in enrollments[:SHOWN]
    ]
    return Reply("\n".join(lines), (*buttons, MY_HOURS))


def learning_hours(summary: HoursSummary, closers: Sequence[Availability]) -> Reply:
    """Done, booked and missing against the yardstick, and what would close the gap."""
    lines = [
        f"*Jam pelajaran (JP) Anda tahun {summary.year}*",
        f"• Selesai: {summary.done} JP",
        f"• Terjadwal: {summary.booked - summary.awaiting} JP",
    ]
    if summary.awaiting:
        lines.append(f"• Sudah diikuti, menunggu daftar hadir disahkan: {summary.awaiting} JP")
    if summary.employment is Employment.PPPK:
        lines.append(f"• Batas bagi PPPK: paling banyak {PPPK_CEILING} JP setahun")
        lines.append(f"• Patokan yang dipakai di sini: {YEARLY_MINIMUM} JP")
    else:
        lines.append(f"• Sasaran: {YEARLY_MINIMUM} JP setahun")
    lines.append("")
    if not summary.missing:
        lines.append("Sasaran tahun ini sudah *tercapai*.")
    elif not summary.missing_after_booked:
        lines.append(f"Kurang {summary.missing} JP, dan *tercukupi* bila jadwal Anda diikuti.")
    elif summary.booked:
        lines.append(
            f"Kurang *{summary.missing} JP*; sesudah jadwal Anda diikuti masih kurang {summary.missing_after_booked} JP."
        )
    else:
        lines.append(f"Kurang *{summary.missing} JP*.")
    if closers and summary.missing_after_booked:
        lines += ["", "Yang bisa menutup kekurangannya:"]
        lines += [
            f"• {plain(c.session.course.title)} ({c.session.course.hours} JP, {short_date(c.session.starts_at)})"
            for c in closers
        ]
    lines += _earned(summary)
    buttons = [course_button(c.session.course) for c in closers] if summary.missing_after_booked else []
    mine = (button("Jadwal saya", "my_schedule"), button("Sertifikat saya", "certificate"))
    return Reply("\n".join(lines), (*dict.fromkeys(buttons), *mine, TRAININGS))


def _earned(summary: HoursSummary) -> list[str]:
    """What the year's hours are made of, newest first, with the reason of a correction; earlier years as sums."""
    lines = ["", f"*Tercatat tahun {summary.year}:*"] if summary.entries else []
    for entry in list(reversed(summary.entries))[:SHOWN]:
        why = f" (koreksi: {plain(entry.reason)})" if entry.reason else ""
        lines.append(f"• {long_date(entry.earned_on)}: {plain(entry.title)}, {entry.hours} JP{why}")
    if len(summary.entries) > SHOWN:
        lines.append(f"• dan {len(summary.entries) - SHOWN} catatan sebelumnya")
    if summary.earlier:
        years = " · ".join(f"{year}: {hours} JP" for year, hours in summary.earlier[:SHOWN])
        lines += ["", f"Tahun sebelumnya: {years}"]
    return lines


def certificates(certified: Sequence[Enrollment], waiting: Sequence[Enrollment], course: Course | None) -> Reply:
    """A button for each certificate, newest first, and the trainings attended whose list is not confirmed yet.

    Both are those of the one course named, if one was.
    """
    lines = []
    if certified:
        lines += ["*Sertifikat Anda:*", *(_ended(e) for e in certified[:SHOWN]), "", "Tekan tombolnya untuk mengunduh."]
        if len(certified) > SHOWN:
            lines.append("Yang lebih lama: sebutkan nama pelatihannya, misalnya “sertifikat kelas data”.")
    elif course:
        lines.append(f"Anda belum tercatat menyelesaikan *{plain(course.title)}*, jadi sertifikatnya belum ada.")
    else:
        lines.append("Belum ada sertifikat atas nama Anda.")
    if waiting:
        lines += ["", "Menunggu daftar hadir disahkan petugas:", *(_ended(e) for e in waiting[:SHOWN])]
    elif not certified:
        lines.append(
            "Sertifikat terbit setelah pelatihan selesai dan daftar hadirnya disahkan petugas. "
            "Untuk pelatihan di luar katalog ini, tanyakan kepada penyelenggaranya atau tim SDM."
        )
    buttons = [
        button(f"Sertifikat {e.session.code}", "certificate_file", enrollment=str(e.enrollment_id))
        for e in certified[:SHOWN]
    ]
    return Reply("\n".join(lines), (*buttons, *(() if certified else (ASK_HR,)), MY_HOURS)).about(course)


def _ended(enrollment: Enrollment) -> str:
    session = enrollment.session
    return f"• {plain(session.course.title)} ({session.code}), {full_date(session.ends_at)}"


def requests(pending: Sequence[Request]) -> Reply:
    lines = [f"*{len(pending)} permintaan* menunggu persetujuan Anda:", ""]
    for one in pending[:SHOWN]:
        session = one.enrollment.session
        lines.append(f"• *{plain(one.applicant.name)}*: {plain(session.course.title)}, {short_date(session.starts_at)}")
    if len(pending) > SHOWN:
        lines.append(f"• dan {len(pending) - SHOWN} lagi")
    lines += ["", "Ketik /persetujuan untuk menyetujui atau menolak."]
    return Reply("\n".join(lines), (MY_STATUS,))
