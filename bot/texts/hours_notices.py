"""The word of the last quarter to somebody whose learning hours of the year fall short."""

from bot.callback_data import DialoguePress, Press
from bot.texts import dates
from bot.texts.notice import Facts, Notice, time_of

HOURS_BUTTON = "JP saya"
STOP_BUTTON = "Hentikan siaran"


def hours_short(facts: Facts) -> Notice:
    booked = f", {facts['booked']} JP lagi sudah terjadwal" if facts["booked"] else ""
    lines = [
        f"*JP Anda tahun {facts['year']}*",
        "",
        f"Selesai {facts['done']} JP{booked}; masih kurang {facts['missing']} dari acuan {facts['minimum']} JP setahun.",
        "",
    ]
    buttons: list[tuple[str, Press]] = []
    if facts["trainings"]:
        lines.append("Yang masih dibuka dan cocok untuk Anda:")
        for one in facts["trainings"]:
            seats = f"sisa {one['left']} kursi" if one["left"] else "lewat daftar tunggu"
            when = dates.period(time_of(one, "starts_at"), time_of(one, "ends_at"))
            lines.append(f"• *{one['title']}* ({one['session_code']}), {when}: {one['hours']} JP, {seats}")
            codes = {"course": one["course_code"], "session": one["session_code"]}
            buttons.append((f"Daftar {one['session_code']}", DialoguePress("enroll_training", codes)))
    else:
        lines.append("Saat ini belum ada jadwal terbuka yang cocok. Tim SDM dapat membantu mencarikan jalan lain.")
        buttons.append(("Tanya tim SDM", DialoguePress("talk_to_hr")))
    lines += ["", "Pengingat ini hanya sekali setahun."]
    buttons += [(HOURS_BUTTON, DialoguePress("learning_hours")), (STOP_BUTTON, DialoguePress("opt_out"))]
    return Notice("\n".join(lines), tuple(buttons))
