"""`rekan campaign`: shows the impact, asks, releases through the one ledger, and watches the delivery."""

import asyncio
import sys
import time
from datetime import datetime
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bot.texts.campaigns import STATUS as CAMPAIGN_STATUS
from bot.texts.campaigns import impact as words
from bot.texts.dates import moment
from cli.output import OK, REFUSED, console, say, show_json, show_table
from cli.session import GivenUp, carried_out, settings_or_give_up, with_services
from core.bootstrap import Services
from core.domain.audience import parse
from core.domain.calendar import jakarta
from core.domain.campaign_content import check_content
from core.domain.campaigns import CampaignProgress, CampaignStatus
from core.domain.errors import NotHR, UnknownPerson
from core.domain.sending_times import sending_time
from core.domain.working_days import is_office_time, next_office_time

STILL_AFTER_SECONDS = 30.0
"""Nothing moved for so long: the sender is probably not running, and we say so instead of waiting for ever."""


def send(text: str, audience: str, *, yes: bool, as_json: bool, as_nip: str | None = None, urgent: bool = False) -> int:
    """The quick way, without a second person: for whoever runs the machine. `as_nip` names an HR officer for the trail."""

    def work() -> int:
        check_content(text)
        parse(audience)
        (reached, unlinked), opens_at = with_services(lambda services: _impact(services, audience, urgent))
        if not as_json:
            say(impact(reached, unlinked, settings_or_give_up().send_rate_per_second, opens_at))
        if not yes and not agreed(as_json=as_json):
            say("Tidak ada yang dikirim.")
            return REFUSED
        began = time.monotonic()
        progress = with_services(lambda services: _release(services, text, audience, as_nip, urgent, quiet=as_json))
        if as_json:
            show_json(_facts(progress) | {"seconds": round(time.monotonic() - began, 1)})
        else:
            say(outcome(progress, opens_at))
        return REFUSED if progress.waiting and opens_at is None else OK

    return carried_out(work)


async def _impact(services: Services, audience: str, urgent: bool) -> tuple[tuple[int, int], datetime | None]:
    """(people who will get it, people who have no linked account), and when the office opens if that is waited for."""
    now = services.clock.now()
    opens_at = now if urgent else next_office_time(now, services.holidays)
    return await services.campaigns.audience_size(audience), opens_at if opens_at > now else None


def impact(reached: int, unlinked: int, rate: float, opens_at: datetime | None = None) -> str:
    begins = "" if opens_at is None else f" Sekarang jam tenang: mulai {moment(opens_at)}; --urgent tidak menunggu."
    return f"Akan terkirim ke {words(reached, unlinked, sending_time(reached, rate))}.{begins}"


def agreed(*, as_json: bool) -> bool:
    """Asks the person. Raises GivenUp where nobody can answer."""
    if as_json or not sys.stdin.isatty():
        raise GivenUp("Tambahkan --yes untuk mengirim tanpa ditanya (keluaran JSON atau tanpa terminal).")
    return input("Kirim sekarang? [y/T] ").strip().lower() in {"y", "ya"}


def outcome(progress: CampaignProgress, opens_at: datetime | None = None) -> str:
    if progress.waiting and opens_at is not None:
        return (
            f"Sosialisasi nomor {progress.campaign.campaign_id} menunggu jam kerja: {progress.waiting} pesan terkirim "
            f"mulai {moment(opens_at)}."
        )
    if progress.waiting:
        return f"Pengirim tampaknya tidak berjalan; {progress.waiting} pesan tetap menunggu. Periksa dengan `rekan doctor`."
    return (
        f"Selesai: {progress.sent} terkirim, {progress.unreachable} tidak terjangkau, {progress.expired} kedaluwarsa."
    )


async def _release(
    services: Services, text: str, audience: str, as_nip: str | None, urgent: bool, *, quiet: bool
) -> CampaignProgress:
    actor = "cli"
    if as_nip is not None:
        async with services.unit_of_work() as uow:
            officer = await uow.people.by_nip(as_nip)
        if officer is None:
            raise UnknownPerson(as_nip)
        if not officer.is_hr:
            raise NotHR
        actor = f"person:{officer.person_id}"
    campaign = await services.campaigns.send(text, audience, actor=actor, is_urgent=urgent)
    return await _watch(services, campaign.campaign_id, quiet=quiet)


async def _watch(services: Services, campaign_id: int, *, quiet: bool) -> CampaignProgress:
    """Until the sender has finished it, or nothing has moved for long."""
    bar = Progress(
        TextColumn("Mengirim"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=console, disable=quiet,
    )  # fmt: skip
    with bar:
        task = bar.add_task("send", total=None)
        waiting, moved = -1, time.monotonic()
        while True:
            progress = await services.campaigns.progress(campaign_id)
            if progress is None:
                raise GivenUp(f"Sosialisasi nomor {campaign_id} tidak ditemukan lagi.", REFUSED)
            bar.update(task, total=progress.recipients, completed=progress.recipients - progress.waiting)
            if progress.waiting != waiting:
                waiting, moved = progress.waiting, time.monotonic()
            is_over = progress.campaign.status is CampaignStatus.FINISHED or not _goes_out_now(services, progress)
            if is_over or time.monotonic() - moved > STILL_AFTER_SECONDS:
                return progress
            await asyncio.sleep(0.5)


def _goes_out_now(services: Services, progress: CampaignProgress) -> bool:
    return progress.campaign.is_urgent or is_office_time(services.clock.now(), services.holidays)


def status(campaign_id: int | None, *, as_json: bool) -> int:
    def work() -> int:
        found = with_services(lambda services: _found(services, campaign_id))
        if as_json:
            show_json([_facts(progress) for progress in found] if campaign_id is None else _facts(found[0]))
            return OK
        if not found:
            say("Belum ada pesan sosialisasi. Kirim yang pertama dengan `rekan campaign send --to all TEKS`.")
            return OK
        titles = ("ID", "Dibuat", "Keadaan", "Orang", "Terkirim", "Menunggu", "Tak sampai", "Teks")
        show_table(titles, map(_row, found), numbers=(*titles[:2], *titles[3:7]))
        return OK

    return carried_out(work)


async def _found(services: Services, campaign_id: int | None) -> list[CampaignProgress]:
    if campaign_id is None:
        return await services.campaigns.recent()
    progress = await services.campaigns.progress(campaign_id)
    if progress is None:
        raise GivenUp(
            f"Tidak ada sosialisasi nomor {campaign_id}. Lihat daftar dengan `rekan campaign status`.", REFUSED
        )
    return [progress]


def _row(progress: CampaignProgress) -> tuple[object, ...]:
    campaign = progress.campaign
    first_line = campaign.text.splitlines()[0]
    shown = first_line if len(first_line) <= 40 else first_line[:39] + "…"
    unreached = progress.unreachable + progress.expired
    created = f"{jakarta(campaign.created_at):%d-%m %H.%M}"
    counts = progress.recipients, progress.sent, progress.waiting, unreached
    return campaign.campaign_id, created, CAMPAIGN_STATUS[campaign.status], *counts, shown


def _facts(progress: CampaignProgress) -> dict[str, Any]:
    return {
        "campaign_id": progress.campaign.campaign_id,
        "status": str(progress.campaign.status),
        "created_at": progress.campaign.created_at.isoformat(),
        "recipients": progress.recipients,
        "sent": progress.sent,
        "waiting": progress.waiting,
        "unreachable": progress.unreachable,
        "expired": progress.expired,
    }
