"""A session moved, closed or cancelled by its organizer, as its people read it."""

from bot.callback_data import DialoguePress, Press, Verb, VerbPress
from bot.texts import dates
from bot.texts.approvals import ACCEPT_BUTTON, CALENDAR_BUTTON, PASS_BUTTON
from bot.texts.notice import Facts, Notice, calendar_of, time_of

_YOURS = {
    "confirmed": "Kursi Anda tetap ada. Pengingat mengikuti jadwal yang baru; buka berkas kalender untuk memperbaruinya.",
    "requested": "Permohonan Anda tetap berjalan; atasan Anda juga saya kabari.",
    "waitlisted": "Tempat Anda dalam daftar tunggu tetap sama.",
}


def session_moved(facts: Facts) -> Notice:
    number = int(facts["enrollment_id"])
    was = dates.period(time_of(facts, "was_starts_at"), time_of(facts, "was_ends_at"))
    now = dates.period(time_of(facts, "starts_at"), time_of(facts, "ends_at"))
    lines = [f"*Perubahan jadwal*\n\n*{facts['title']}* ({facts['session_code']}) diubah oleh penyelenggara.", ""]
    if was == now:
        lines.append(f"• Waktu tetap: {now}")
    else:
        lines += [f"• Waktu semula: {was}", f"• Waktu baru: *{now}*"]
    if facts["was_place"] == facts["place"]:
        lines.append(f"• Tempat tetap: {facts['place']}")
    else:
        lines += [f"• Tempat semula: {facts['was_place']}", f"• Tempat baru: *{facts['place']}*"]
    is_offer = facts["status"] == "offered" and "offer_expires_at" in facts
    if is_offer:
        until = dates.moment(time_of(facts, "offer_expires_at"))
        lines += ["", f"Kursi yang ditawarkan kepada Anda ditahan sampai *{until}*."]
    else:
        lines += ["", _YOURS.get(facts["status"], "")]
    if facts.get("clashes"):
        lines += ["", f"Perhatian: jadwal baru ini bentrok dengan {', '.join(facts['clashes'])} yang Anda ikuti."]
    if is_offer:
        take = (ACCEPT_BUTTON, VerbPress(Verb.ACCEPT_OFFER, number)), (PASS_BUTTON, VerbPress(Verb.PASS_OFFER, number))
        return Notice("\n".join(lines), take)
    lines.append("Tidak bisa hadir? Batalkan, supaya kursinya dapat dipakai rekan lain.")
    cancel = ("Batalkan", DialoguePress("cancel_enrollment", {"enrollment": str(number)}))
    calendar = (CALENDAR_BUTTON, VerbPress(Verb.CALENDAR, number))
    is_certain = facts["status"] == "confirmed"
    return Notice("\n".join(lines), (calendar, cancel) if is_certain else (cancel,), file=calendar_of(facts))


def line_ended(facts: Facts) -> Notice:
    how = "ditutup lebih awal oleh penyelenggara" if facts["is_early"] else "sudah ditutup"
    lines = [
        f"*Daftar tunggu berakhir*\n\nPendaftaran *{facts['title']}* ({facts['session_code']}) {how}, dan sampai saat itu "
        "belum ada kursi yang lowong untuk Anda. Antrean Anda saya akhiri; Anda tidak perlu berbuat apa-apa."
    ]
    others, buttons = _others(facts)
    nothing = ["", "Belum ada jadwal lain untuk pelatihan yang sama; yang masih dibuka ada di daftar pelatihan."]
    lines += others or nothing
    return Notice("\n".join(lines), (*buttons, ("Daftar pelatihan", DialoguePress("list_trainings"))))


def _others(facts: Facts) -> tuple[list[str], list[tuple[str, Press]]]:
    """Other sessions of the same training that are open: a line and a button each. Older rows name none."""
    lines: list[str] = []
    buttons: list[tuple[str, Press]] = []
    for one in facts.get("others", ()):
        seats = f"sisa {one['left']} kursi" if one["left"] else "lewat daftar tunggu"
        when = dates.period(time_of(one, "starts_at"), time_of(one, "ends_at"))
        lines.append(f"• {one['session_code']}: {when}, {seats}")
        choose = DialoguePress("choose_session", {"session": one["session_code"]})
        buttons.append((f"Daftar {one['session_code']}", choose))
    return ["", "Pelatihan yang sama masih dibuka di sini:", *lines] if lines else [], buttons


def session_cancelled(facts: Facts) -> Notice:
    others, buttons = _others(facts)
    return Notice(
        f"*Kelas dibatalkan*\n\n*{facts['title']}* ({facts['session_code']}), "
        f"{dates.period(time_of(facts, 'starts_at'), time_of(facts, 'ends_at'))}, dibatalkan oleh penyelenggara.\n"
        f"Alasan: {facts['reason']}\n\n"
        "Pendaftaran Anda sudah saya akhiri; Anda tidak perlu berbuat apa-apa. Mohon maaf atas perubahan ini."
        + ("\n".join(["", *others]) if others else " Silakan pilih jadwal lain."),
        (
            *buttons,
            ("Daftar pelatihan", DialoguePress("list_trainings")),
            ("Tanya tim SDM", DialoguePress("talk_to_hr")),
        ),
        file=calendar_of(facts),
    )
