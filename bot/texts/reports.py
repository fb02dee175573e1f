"""/laporan: the numbers of a campaign, its units, and the people it did not reach or who have not read it."""

from collections.abc import Sequence
from datetime import datetime

from bot.callback_data import Press, Verb, VerbPress
from bot.report_presses import ReportPress, ReportVerb
from bot.texts import campaign_results, campaigns, dates
from core.domain.campaigns import Campaign, UnitReading, Unreached
from core.domain.markup import plain
from core.domain.readings import Recipient
from core.services.campaign_reports import CampaignReport

Buttons = list[tuple[str, Press]]

_V = ReportVerb
_FIRST_WORDS = 38
_LONGEST_NAME = 26
UNITS_SHOWN = 20
UNIT_BUTTONS = 4
PEOPLE_SHOWN = 15

ALL_UNITS = "Semua penerima"
UNITS_BUTTON = "Per unit"
SILENT_BUTTON = "Belum membaca"
LOST_BUTTON = "Tidak terjangkau"
TOPICS_BUTTON = "Topik pertanyaan"
FILE_BUTTON = "Unduh sebagai Excel"
BACK_BUTTON = "‹ Laporan ini"
ALL_BUTTON = "‹ Semua laporan"
UPPER_BUTTON = "‹ Unit di atasnya"
UNIT_BACK_BUTTON = "‹ Unit ini"
SILENT_HERE_BUTTON = "Belum membaca di sini"
REACH_BUTTON = "Pegawai yang tidak terjangkau"
NEXT_BUTTON = "Berikutnya ›"
PREVIOUS_BUTTON = "‹ Sebelumnya"

LIST = "*Laporan sosialisasi*\n\nPilih sosialisasinya; yang terbaru paling atas. Yang lebih lama: /laporan diikuti nomornya."
LIST_EMPTY = "*Laporan sosialisasi*\n\nBelum ada sosialisasi yang dikirim. Tulis yang pertama lewat /kampanye."
NO_UNITS = "Belum ada penerima di unit itu."
NOBODY_SILENT = "Semua yang menerima sosialisasi ini sudah menyatakan membaca."
NOBODY_LOST = "Tidak ada penerima yang tidak terjangkau."
ASKS_NOTHING = "Sosialisasi ini tidak meminta tanda baca, jadi siapa yang sudah membacanya tidak diketahui."


def listed(found: Sequence[Campaign]) -> tuple[str, Buttons]:
    opens: Buttons = [(_line(c), ReportPress(_V.OPEN, c.campaign_id)) for c in found]
    desk: Buttons = [] if found else [("Buka /kampanye", VerbPress(Verb.LIST_CAMPAIGNS))]
    return LIST if found else LIST_EMPTY, [*opens, *desk, (REACH_BUTTON, ReportPress(_V.REACH))]


def _line(campaign: Campaign) -> str:
    return f"{campaign.campaign_id} · {campaigns.STATUS[campaign.status]} · {first_words(campaign)}"


def summary(found: CampaignReport, now: datetime) -> str:
    """Short enough for the caption of a picture."""
    progress, number = found.progress, campaigns.number
    campaign = progress.campaign
    lines = [
        f"*Laporan sosialisasi nomor {campaign.campaign_id}* · {campaigns.STATUS[campaign.status]}",
        f"“{first_words(campaign)}”\n",
        f"• Penerima: {number(progress.recipients)} orang",
        f"• Terkirim: {_share(progress.sent, progress.recipients)}",
    ]
    if progress.waiting:
        lines.append(f"• Menunggu dikirim: {number(progress.waiting)}")
    if found.why:
        lines.append(f"• Tidak terkirim: {number(found.unreached)} ({_reasons(found)})")
    if campaign.needs_acknowledgement:
        lines.append(f"• Sudah baca dan paham: {_share(progress.acknowledged, progress.sent)}")
        lines.append(f"• Belum menjawab: {number(found.silent)}; pengingat terkirim: {number(progress.chased)}")
    if progress.replied:
        lines.append(f"• Bertanya tentang pesan ini: {number(progress.replied)} orang")
    lines += campaign_results.lines(found)
    if progress.recalled:
        lines.append(f"• Ditarik kembali: {number(progress.recalled)}")
    return "\n".join([*lines, f"• Per {dates.moment(now)}"])


def _reasons(found: CampaignReport) -> str:
    return ", ".join(f"{campaigns.number(count)} {campaigns.UNREACHED[why]}" for why, count in found.why.items())


def report_buttons(found: CampaignReport) -> Buttons:
    number = found.progress.campaign.campaign_id
    silent: Buttons = [(SILENT_BUTTON, ReportPress(_V.SILENT, number, 1))]
    results: Buttons = [(campaign_results.RESULTS_BUTTON, ReportPress(_V.RESULTS, number))]
    lost: Buttons = [(LOST_BUTTON, ReportPress(_V.LOST, number, 1))]
    return [
        (UNITS_BUTTON, ReportPress(_V.UNITS, number, 1)),
        *(silent if found.progress.campaign.needs_acknowledgement and found.silent else []),
        *(lost if found.why else []),
        *(results if campaign_results.has_any(found) else []),
        (TOPICS_BUTTON, ReportPress(_V.TOPICS, number)),
        (FILE_BUTTON, ReportPress(_V.FILE, number)),
        (ALL_BUTTON, ReportPress(_V.LIST)),
    ]


def units(found: CampaignReport, here: UnitReading | None, below: Sequence[UnitReading]) -> str:
    """The unit and those right below it, each with everything below."""
    campaign = found.progress.campaign
    lines = [f"*Sosialisasi nomor {campaign.campaign_id} per unit*\n"]
    if here is not None:
        lines.append(f"*{here.unit.name}*: {_reading(here, asks=campaign.needs_acknowledgement)}")
    lines += [
        f"• {row.unit.short_name}: {_reading(row, asks=campaign.needs_acknowledgement)}" for row in below[:UNITS_SHOWN]
    ]
    if len(below) > UNITS_SHOWN:
        lines.append(f"… dan {len(below) - UNITS_SHOWN} unit lagi; semuanya ada di berkas Excel.")
    if here is not None:
        lines.append("\nAngka tiap unit mencakup semua unit di bawahnya.")
    return "\n".join(lines)


def unit_buttons(
    found: CampaignReport, here: UnitReading | None, below: Sequence[UnitReading], page: int = 1
) -> Buttons:
    """A page of the units below, the silent of this one, and the way up."""
    number, code = found.progress.campaign.campaign_id, here.unit.code if here is not None else ""
    page = max(1, min(page, -(-len(below) // UNIT_BUTTONS)))
    opens: Buttons = [
        (f"{row.unit.short_name} ›", ReportPress(_V.UNITS, number, 1, row.unit.code))
        for row in below[(page - 1) * UNIT_BUTTONS : page * UNIT_BUTTONS]
    ]
    if page > 1:
        opens.append((PREVIOUS_BUTTON, ReportPress(_V.UNITS, number, page - 1, code)))
    if page * UNIT_BUTTONS < len(below):
        opens.append((NEXT_BUTTON, ReportPress(_V.UNITS, number, page + 1, code)))
    if code and found.progress.campaign.needs_acknowledgement and found.silent_in(code):
        opens.append((SILENT_HERE_BUTTON, ReportPress(_V.SILENT, number, 1, code)))
    if here is not None and here.unit.parent in {row.unit.code for row in found.units}:
        return [*opens, (UPPER_BUTTON, ReportPress(_V.UNITS, number, 1, here.unit.parent or ""))]
    return [*opens, *back(number)]


def silent_page(found: CampaignReport, shown: Sequence[Recipient], page: int, unit: str = "") -> str:
    number = found.progress.campaign.campaign_id
    total = found.silent_in(unit) if unit else found.silent
    name = next((f" di {row.unit.short_name} dan di bawahnya" for row in found.units if row.unit.code == unit), "")
    head = f"*Belum menyatakan membaca sosialisasi nomor {number}*{name}: {campaigns.number(total)} orang\n"
    lines = [f"• {_named(one)}{_reminded(one.reminders)}" for one in shown]
    return "\n".join([head, *lines, *_place(page, total)])


def lost_page(found: CampaignReport, shown: Sequence[Recipient], page: int) -> str:
    number = found.progress.campaign.campaign_id
    head = f"*Tidak terjangkau sosialisasi nomor {number}*: {campaigns.number(found.unreached)} orang\n"
    lines = [f"• {_named(one)}: {campaigns.UNREACHED[one.why or Unreached.FAILED]}" for one in shown]
    return "\n".join([head, *lines, *_place(page, found.unreached)])


def page_buttons(verb: ReportVerb, number: int, page: int, total: int, unit: str = "") -> Buttons:
    found: Buttons = []
    if page > 1:
        found.append((PREVIOUS_BUTTON, ReportPress(verb, number, page - 1, unit)))
    if page < pages(total):
        found.append((NEXT_BUTTON, ReportPress(verb, number, page + 1, unit)))
    up: Buttons = [(UNIT_BACK_BUTTON, ReportPress(_V.UNITS, number, 1, unit))]
    return [*found, *(up if unit else back(number))]


def pages(total: int) -> int:
    return max(1, -(-total // PEOPLE_SHOWN))


def back(number: int) -> Buttons:
    return [(BACK_BUTTON, ReportPress(_V.OPEN, number))]


def file_caption(found: CampaignReport, now: datetime) -> str:
    return (
        f"Laporan sosialisasi nomor {found.progress.campaign.campaign_id}, per {dates.moment(now)}. Isinya data pribadi; "
        "bagikan hanya kepada yang berwenang."
    )


def chart_title(found: CampaignReport) -> str:
    return f"Sosialisasi nomor {found.progress.campaign.campaign_id}"


def chart_line(found: CampaignReport) -> str:
    progress, number = found.progress, campaigns.number
    line = f"Terkirim {number(progress.sent)} dari {number(progress.recipients)}"
    if progress.campaign.needs_acknowledgement:
        line += f"; {number(progress.acknowledged)} sudah baca dan paham"
    return line


def parts(found: CampaignReport) -> tuple[str, str, str]:
    """The names of the three parts of a bar; empty: it is not there."""
    missing = "Belum terkirim" if found.progress.waiting else "Tidak terkirim"
    if found.progress.campaign.needs_acknowledgement:
        return "Paham", "Belum menjawab", missing
    return "Terkirim", "", missing


def people(count: int) -> str:
    return f"{campaigns.number(count)} orang"


def other_units(count: int) -> str:
    return f"{count} unit lain"


def short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"


def first_words(campaign: Campaign) -> str:
    line = " ".join(plain(campaign.text).split()).replace("*", "")
    return line if len(line) <= _FIRST_WORDS else line[: _FIRST_WORDS - 1].rstrip() + "…"


def _reading(row: UnitReading, *, asks: bool) -> str:
    number = campaigns.number
    if not asks:
        return f"{number(row.sent)} terkirim dari {number(row.recipients)}"
    return f"{_share(row.acknowledged, row.sent)} paham dari {number(row.sent)} terkirim ({number(row.recipients)} penerima)"


def _share(part: int, whole: int) -> str:
    """5.902 (95%)"""
    return f"{campaigns.number(part)} ({100 * part / whole:.0f}%)" if whole else campaigns.number(part)


def _named(one: Recipient) -> str:
    return f"{one.person.name.replace('*', '')} ({one.person.unit.short_name})"


def _reminded(times: int) -> str:
    return f", diingatkan {times} kali" if times else ""


def _place(page: int, total: int) -> list[str]:
    return [f"\nHalaman {page} dari {pages(total)}. Daftar lengkap ada di berkas Excel."] if pages(total) > 1 else []
