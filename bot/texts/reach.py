"""Whom the bot cannot reach: how many for each reason, their names page by page, and the same as a sheet."""

from collections.abc import Sequence
from datetime import datetime

from bot.callback_data import Press
from bot.report_presses import ReportPress, ReportVerb
from bot.texts import campaigns, dates
from bot.texts.reports import ALL_BUTTON, FILE_BUTTON, NEXT_BUTTON, PREVIOUS_BUTTON
from core.domain.calendar import jakarta
from core.domain.campaigns import Unreached
from core.domain.markup import with_capital
from core.domain.reach import LASTING, OutOfReach
from core.services.reach import Reach
from core.services.spreadsheets import Sheet

Buttons = list[tuple[str, Press]]

SHOWN = 15
BACK_BUTTON = "‹ Ringkasan"
EVERYBODY_REACHED = "Semua pegawai dapat dijangkau bot."

WHAT_HELPS = {
    Unreached.NOT_LINKED: "minta mereka menautkan akun; yang nomornya belum tercatat dibantu dengan `rekan people code NIP`",
    Unreached.BLOCKED: "minta mereka membuka blokirnya; pesan yang masih berlaku lalu menyusul sendiri",
    Unreached.NOT_FOUND: "akunnya terhapus atau berganti; minta mereka membuka bot dan menautkannya lagi",
    Unreached.OPTED_OUT: "hak mereka; sampaikan dengan cara lain",
}


def summary(found: Reach, now: datetime) -> tuple[str, Buttons]:
    number = campaigns.number
    if not found.out_of_reach:
        return EVERYBODY_REACHED, [(ALL_BUTTON, ReportPress(ReportVerb.LIST))]
    share = f"{100 * found.out_of_reach / found.staff:.0f}%" if found.staff else "–"
    lines = [
        f"*Tidak terjangkau bot: {number(found.out_of_reach)} dari {number(found.staff)} pegawai* ({share})\n",
        *(
            f"• {number(found.why[why])} {campaigns.UNREACHED[why]}: {WHAT_HELPS[why]}"
            for why in LASTING
            if why in found.why
        ),
        f"\nPer {dates.moment(now)}",
    ]
    opens: Buttons = [
        (f"{number(found.why[why])} {campaigns.UNREACHED[why]}", _page(place, 1))
        for place, why in enumerate(LASTING, 1)
        if why in found.why
    ]
    file: Buttons = [(FILE_BUTTON, ReportPress(ReportVerb.REACH_FILE))]
    return "\n".join(lines), [*opens, *file, (ALL_BUTTON, ReportPress(ReportVerb.LIST))]


def page(why: Unreached, total: int, shown: Sequence[OutOfReach], number: int) -> str:
    lines = [f"*{with_capital(campaigns.UNREACHED[why])}*: {campaigns.number(total)} orang\n"]
    lines += [f"• {one.person.name.replace('*', '')} ({one.person.unit.short_name}){_since(one)}" for one in shown]
    if pages(total) > 1:
        lines.append(f"\nHalaman {number} dari {pages(total)}. Daftar lengkap ada di berkas Excel.")
    return "\n".join(lines)


def page_buttons(place: int, total: int, number: int) -> Buttons:
    found: Buttons = []
    if number > 1:
        found.append((PREVIOUS_BUTTON, _page(place, number - 1)))
    if number < pages(total):
        found.append((NEXT_BUTTON, _page(place, number + 1)))
    return [*found, (BACK_BUTTON, ReportPress(ReportVerb.REACH))]


def pages(total: int) -> int:
    return max(1, -(-total // SHOWN))


FILE_NAME = "tidak-terjangkau.xlsx"
TITLES = ("Nama", "NIP", "Kode unit", "Unit", "Jabatan", "Sebab", "Diketahui sejak")


def rows(found: Sequence[OutOfReach]) -> list[tuple[object, ...]]:
    return [
        (
            one.person.name,
            one.person.masked_nip,
            one.person.unit.code,
            one.person.unit.name,
            one.person.position,
            campaigns.UNREACHED[one.why],
            "" if one.since is None else f"{jakarta(one.since):%d-%m-%Y}",
        )
        for one in found
    ]


def sheet(found: Sequence[OutOfReach]) -> Sheet:
    return Sheet("Tidak terjangkau", TITLES, rows(found), (30, 22, 12, 36, 30, 36, 16))


def file_caption(found: Sequence[OutOfReach], now: datetime) -> str:
    return (
        f"{campaigns.number(len(found))} pegawai yang tidak terjangkau bot, per {dates.moment(now)}. Isinya data pribadi; "
        "bagikan hanya kepada yang berwenang."
    )


def _since(one: OutOfReach) -> str:
    return "" if one.since is None else f", sejak {dates.day(one.since)}"


def _page(place: int, number: int) -> ReportPress:
    return ReportPress(ReportVerb.REACH_PEOPLE, page=number, why=place)
