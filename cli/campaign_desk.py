"""`rekan campaign draft|show|…`: HR's desk for scripts. Who acts is an HR officer named by `--as NIP`; rights as in chat."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.texts.campaign_extras import attachment, lines
from bot.texts.campaign_pulse import OPEN_BUTTON
from bot.texts.campaign_quiz import START_BUTTON, listed
from bot.texts.campaign_series import listed as listed_steps
from bot.texts.campaigns import ACKNOWLEDGE_BUTTON, STATUS, impact
from cli.campaign_file import changes_of, from_file, moment_of, with_files
from cli.output import OK, say, say_reply, show_json
from cli.session import GivenUp, carried_out, with_services
from core.bootstrap import Services
from core.domain.audience import parse
from core.domain.calendar import jakarta
from core.domain.campaigns import Campaign, Impact
from core.domain.errors import UnknownPerson
from core.domain.people import Caller, HrRole


def draft(as_nip: str, number: int | None, *, file: Path | None, at: str | None, as_json: bool, **options: Any) -> int:
    """A new campaign, or another wording of one (`number`), from options or a YAML file."""

    def work() -> int:
        asked = from_file(file) if file else {}
        asked |= {key: value for key, value in (options | {"at": at}).items() if value not in (None, [], ())}
        changes, starts_at = changes_of(asked), moment_of(asked.get("at"), "at")

        async def write(services: Services) -> tuple[Campaign, Impact]:
            desk, caller = services.campaign_desk, await _caller(services, as_nip)
            whole = await with_files(services, caller, changes, asked)
            if number is None:
                campaign = await desk.draft(caller, whole)
            else:
                campaign = await desk.edit(caller, number, whole)
            if starts_at is not None:
                await desk.schedule(caller, campaign.campaign_id, starts_at)
            return await desk.show(caller, campaign.campaign_id)

        return _told(with_services(write), as_json=as_json)

    return carried_out(work)


def show(as_nip: str, number: int, *, as_json: bool) -> int:
    def work() -> int:
        async def look(services: Services) -> tuple[Campaign, Impact]:
            return await services.campaign_desk.show(await _caller(services, as_nip), number)

        return _told(with_services(look), as_json=as_json)

    return carried_out(work)


def preview(as_nip: str, number: int) -> int:
    """As it would reach whoever asks."""

    def work() -> int:
        async def look(services: Services) -> Campaign:
            return await services.campaign_desk.preview(await _caller(services, as_nip), number)

        campaign = with_services(look)
        say_reply(campaign.text)
        if campaign.attachment:
            say(f"[ {attachment(campaign.attachment)} ]")
        for link in campaign.links:
            say(f"[ {link.title} → {link.url} ]")
        if campaign.needs_acknowledgement:
            say(f"[ {ACKNOWLEDGE_BUTTON} ]")
        if campaign.steps:
            say_reply(f"\n{listed_steps(campaign.steps)}")
        for has_it, title in ((campaign.quiz, START_BUTTON), (campaign.pulse, OPEN_BUTTON)):
            if has_it:
                say(f"[ {title} ]")
        return OK

    return carried_out(work)


def step(as_nip: str, number: int, name: str, *, at: str | None = None) -> int:
    """One step of a campaign's life, by the name of its command."""

    def work() -> int:
        moment = moment_of(at, "waktu")

        async def take(services: Services) -> str:
            caller = await _caller(services, as_nip)
            desk = services.campaign_desk
            if name == "submit":
                _, judges = await desk.submit(caller, number)
                return f"diajukan; {judges} petugas dapat menyetujuinya"
            if name in ("approve", "decline"):
                campaign, _ = await desk.show(caller, number)
                if campaign.correction is not None:
                    is_approved, judging = name == "approve", services.campaign_corrections.judge
                    await judging(caller, number, campaign.version, is_approved=is_approved)
                    return "ralat disetujui" if is_approved else "ralat ditolak"
                judge = desk.approve if name == "approve" else desk.decline
                await judge(caller, number, campaign.version)
                return "disetujui" if name == "approve" else "dikembalikan menjadi konsep"
            if name == "schedule":
                campaign = await desk.schedule(caller, number, moment)
                return f"dijadwalkan {_shown(campaign.scheduled_at)}" if moment else "tidak lagi berjadwal"
            steps: dict[str, Callable[[Caller, int], Awaitable[Campaign]]] = {
                "send": desk.send_now,
                "pause": desk.pause,
                "resume": desk.resume,
                "cancel": desk.cancel,
                "recall": desk.recall,
            }
            return STATUS[(await steps[name](caller, number)).status]

        say(f"Sosialisasi nomor {number}: {with_services(take)}.")
        return OK

    return carried_out(work)


def test(as_nip: str, number: int, nips: list[str]) -> int:
    def work() -> int:
        async def send(services: Services) -> int:
            return await services.campaign_desk.test(await _caller(services, as_nip), number, nips)

        say(f"Uji coba sosialisasi nomor {number} dikirim ke {with_services(send)} orang.")
        return OK

    return carried_out(work)


def correct(as_nip: str, number: int, text: str) -> int:
    def work() -> int:
        async def propose(services: Services) -> int:
            return (await services.campaign_corrections.propose(await _caller(services, as_nip), number, text))[1]

        say(f"Ralat sosialisasi nomor {number} diusulkan; {with_services(propose)} petugas dapat menyetujuinya.")
        return OK

    return carried_out(work)


def give_role(nip: str, role: str) -> int:
    """For whoever runs the machine."""

    def work() -> int:
        try:
            wanted = HrRole(role)
        except ValueError as error:
            raise GivenUp(f"Peran {role!r} tidak dikenal. Yang ada: {', '.join(HrRole)}.") from error

        async def give(services: Services) -> None:
            async with services.unit_of_work() as uow:
                person = await uow.people.by_nip(nip)
                if person is None or not person.is_hr:
                    raise UnknownPerson(nip)
                await uow.people.set_hr_role(person.person_id, wanted)
                subject, facts = f"person:{person.person_id}", {"role": role}
                await uow.audit.record("hr_role_set", services.clock.now(), actor="cli", subject=subject, facts=facts)
                await uow.commit()

        with_services(give)
        say(f"Peran petugas itu sekarang {wanted}.")
        return OK

    return carried_out(work)


async def _caller(services: Services, nip: str) -> Caller:
    async with services.unit_of_work() as uow:
        person = await uow.people.by_nip(nip)
    if person is None:
        raise UnknownPerson(nip)
    return Caller(None, person)


def _told(found: tuple[Campaign, Impact], *, as_json: bool) -> int:
    campaign, would_be = found
    words = impact(would_be.reached, would_be.unlinked, would_be.duration)
    if as_json:
        show_json(
            {
                "campaign_id": campaign.campaign_id,
                "version": campaign.version,
                "status": str(campaign.status),
                "audience": parse(campaign.audience).shown,
                "reached": would_be.reached,
                "unlinked": would_be.unlinked,
                "seconds": int(would_be.duration.total_seconds()),
                "ends_at": would_be.ends_at.isoformat(),
                "is_urgent": campaign.is_urgent,
                "needs_acknowledgement": campaign.needs_acknowledgement,
            }
        )
        return OK
    say(f"Sosialisasi nomor {campaign.campaign_id} ({STATUS[campaign.status]})")
    say(f"Sasaran : {parse(campaign.audience).shown}")
    say(f"Dampak  : {words}")
    say(f"Jadwal  : {_shown(campaign.scheduled_at)}; selesai kira-kira {_shown(would_be.ends_at)}")
    say(f"Batas   : {_shown(campaign.latest_at)}{'; mendesak' if campaign.is_urgent else ''}")
    if campaign.chase_times:
        say(f"Pengingat: {campaign.chase_times} kali, tiap {campaign.chase_after_days} hari, hanya kepada yang diam")
    for line in lines(campaign):
        say(line.removeprefix("• "))
    say(f"\n{campaign.text}")
    if campaign.steps:
        say(f"\n{listed_steps(campaign.steps)}")
    if campaign.quiz:
        say(f"\n{listed(campaign.quiz)}")
    if campaign.correction is not None:
        say(f"\nUsulan ralat:\n{campaign.correction}")
    return OK


def _shown(moment: datetime | None) -> str:
    return "belum ditentukan" if moment is None else f"{jakarta(moment):%d-%m-%Y %H.%M} WIB"
