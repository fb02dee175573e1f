"""A supervisor's staff who have not answered a campaign: the list, the names, and the word when its chase has ended."""

from collections.abc import Sequence

from bot.callback_data import DialoguePress, Press
from bot.report_presses import ReportPress, ReportVerb
from bot.texts.notice import Facts, Notice
from bot.texts.reports import NEXT_BUTTON, PREVIOUS_BUTTON, first_words
from core.domain.markup import with_capital
from core.domain.readings import Reading, Recipient, StaffReading
from core.services.overdue_staff import StaffOverview

Buttons = list[tuple[str, Press]]

SHOWN = 20
NAMES_BUTTON = "Lihat namanya"
BACK_BUTTON = "‹ Semua pengumuman"

NO_STAFF = (
    "Di data kepegawaian Anda belum tercatat sebagai atasan siapa pun, jadi tidak ada daftar untuk Anda. "
    "Bila keliru, sampaikan kepada tim SDM."
)
NOTHING_ASKED = (
    "Belum ada pengumuman dalam 90 hari terakhir yang meminta staf Anda menyatakan sudah membaca. "
    "Begitu ada, daftarnya muncul di sini."
)


def listed(found: StaffOverview) -> tuple[str, Buttons]:
    if not found.staff and not found.readings:
        return NO_STAFF, []
    if not found.readings:
        return NOTHING_ASKED, []
    lines = ["*Pengumuman dan staf Anda*\n"]
    lines += [f"• “{first_words(row.campaign)}”: {counted(row.silent, row.staff)}" for row in found.readings]
    opens: Buttons = [
        (f"{row.silent} belum · {first_words(row.campaign)}", _names(row.campaign.campaign_id))
        for row in found.readings
        if row.silent
    ]
    if opens:
        lines.append("\nTekan salah satu untuk melihat namanya.")
    return "\n".join(lines), opens


def names(reading: StaffReading, silent: Sequence[Recipient], page: int) -> str:
    """Why somebody cannot be reached is between them and HR; the supervisor reads that it did not reach them."""
    campaign = reading.campaign
    lines = [f"“{first_words(campaign)}”", f"*{with_capital(counted(reading.silent, reading.staff))}*\n"]
    lines += [f"• {one.person.name.replace('*', '')}{_how(one)}" for one in silent]
    if any(one.reading is Reading.UNREACHED for one in silent):
        lines.append("\nYang belum terjangkau lewat bot mohon diberi tahu langsung.")
    if pages(reading.silent) > 1:
        lines.append(f"\nHalaman {page} dari {pages(reading.silent)}.")
    return "\n".join(lines)


def names_buttons(reading: StaffReading, page: int) -> Buttons:
    found: Buttons = []
    if page > 1:
        found.append((PREVIOUS_BUTTON, _names(reading.campaign.campaign_id, page - 1)))
    if page < pages(reading.silent):
        found.append((NEXT_BUTTON, _names(reading.campaign.campaign_id, page + 1)))
    return [*found, (BACK_BUTTON, ReportPress(ReportVerb.STAFF))]


def pages(total: int) -> int:
    return max(1, -(-total // SHOWN))


def counted(silent: int, staff: int) -> str:
    """5 dari 12 staf Anda belum"""
    return f"{silent} dari {staff} staf Anda belum" if silent else f"semua {staff} staf Anda sudah membaca"


def staff_overdue(facts: Facts) -> Notice:
    silent, staff = int(facts["silent"]), int(facts["staff"])
    text = (
        f"*{counted(silent, staff)} menyatakan membaca pengumuman ini:*\n“{facts['words']}”\n\n"
        "Pengingatnya sudah selesai dikirim. Mohon bantu sampaikan kepada mereka. Daftarnya kapan saja ada di /belumbaca."
    )
    buttons: Buttons = [
        (NAMES_BUTTON, _names(int(facts["campaign_id"]))),
        ("Hentikan siaran", DialoguePress("opt_out")),
    ]
    return Notice(text, tuple(buttons))


def _names(campaign_id: int, page: int = 1) -> ReportPress:
    return ReportPress(ReportVerb.STAFF_SILENT, campaign_id, page)


def _how(one: Recipient) -> str:
    if one.reading is Reading.UNREACHED:
        return " – belum terjangkau lewat bot"
    if one.reading is Reading.WAITING:
        return " – pesannya masih menunggu dikirim"
    return f" – sudah diingatkan {one.reminders} kali" if one.reminders else ""
