"""A released campaign: paused, cancelled, quiet at night, not too much for anybody, open for late joiners, stopped in trouble."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.domain.campaigns import FAILURE_LIMIT, CampaignStatus
from core.domain.enrollment import Status
from core.domain.errors import NothingToAcknowledge
from core.domain.learning import HoursEntry
from core.domain.messages import DeliveryStatus, Kind, Message
from core.ports import SendFailed
from tests.factories import NOW, add_crowd, add_sessions, caller, session, telegram_id
from tests.services.campaign_office import Office
from tests.services.ledger import audited

S = CampaignStatus


async def test_a_paused_campaign_waits_and_a_resumed_one_goes_on(office: Office) -> None:
    campaign = await office.released()
    await office.desk.pause(office.approver, campaign.campaign_id)
    await office.run()
    office.clock.pass_by(hours=1)
    await office.run()
    assert office.got("Apel Senin") == set()
    assert (await office.progress(campaign)).waiting == 10
    await office.desk.resume(office.author, campaign.campaign_id)
    await office.run()
    assert len(office.got("Apel Senin")) == 10


async def test_what_was_in_flight_when_a_campaign_was_paused_waits_too(office: Office) -> None:
    campaign = await office.released()
    async with office.unit_of_work() as uow:
        await uow.outbox.claim(NOW, limit=3, bulk=True, claimed_by="dead")
        await uow.commit()
    await office.desk.pause(office.author, campaign.campaign_id)
    office.clock.pass_by(hours=1)
    await office.run()
    assert office.got("Apel Senin") == set()
    await office.desk.resume(office.author, campaign.campaign_id)
    await office.run()
    assert len(office.got("Apel Senin")) == 10


async def test_a_cancelled_campaign_reaches_nobody_any_more(office: Office) -> None:
    campaign = await office.released()
    async with office.unit_of_work() as uow:
        row, *_ = await uow.outbox.claim(NOW, limit=1, bulk=True, claimed_by="me")
        await uow.outbox.settle(row.message_id, DeliveryStatus.SENT, NOW)
        await uow.commit()
    await office.desk.cancel(office.author, campaign.campaign_id)
    await office.run()
    progress = await office.progress(campaign)
    assert (progress.campaign.status, progress.sent, progress.waiting) == (S.CANCELLED, 1, 0)
    assert office.got("Apel Senin") == set()


async def test_quiet_hours_are_kept_and_an_urgent_campaign_does_not_wait(office: Office) -> None:
    """20.00 on Tuesday: the quiet one goes out at 07.00 on Wednesday."""
    office.clock.pass_by(hours=10)
    quiet, urgent = await office.released("Besok saja"), await office.released("Sekarang", is_urgent=True)
    await office.run()
    assert (len(office.got("Besok saja")), len(office.got("Sekarang"))) == (0, 10)
    office.clock.pass_by(hours=10, minutes=59)
    await office.run()
    assert office.got("Besok saja") == set()
    office.clock.pass_by(minutes=1)
    await office.run()
    assert len(office.got("Besok saja")) == 10
    assert [(await office.progress(c)).campaign.status for c in (quiet, urgent)] == [S.FINISHED] * 2


async def test_nothing_goes_out_on_a_weekend(office: Office) -> None:
    office.clock.pass_by(days=4)
    await office.released(latest_at=NOW + timedelta(days=9))
    await office.run()
    assert office.got("Apel Senin") == set()
    office.clock.pass_by(days=2)
    await office.run()
    assert len(office.got("Apel Senin")) == 10


async def test_nothing_goes_out_after_its_latest_time(office: Office) -> None:
    office.clock.pass_by(hours=10)
    campaign = await office.released(latest_at=NOW + timedelta(hours=20))
    await office.run()
    office.clock.pass_by(hours=12)
    await office.run()
    progress = await office.progress(campaign)
    assert (office.got("Apel Senin"), progress.expired, progress.campaign.status) == (set(), 10, S.FINISHED)


async def test_nobody_gets_more_than_two_campaigns_in_a_day(office: Office) -> None:
    for text in ("satu", "dua", "tiga"):
        await office.released(text, latest_at=NOW + timedelta(days=5))
    await office.run()
    assert [len(office.got(text)) for text in ("satu", "dua", "tiga")] == [10, 10, 0]
    office.clock.pass_by(hours=23)
    await office.run()
    assert office.got("tiga") == set()
    office.clock.pass_by(hours=1, seconds=5)
    await office.run()
    assert len(office.got("tiga")) == 10


async def test_an_urgent_campaign_reaches_even_those_who_had_their_share(office: Office) -> None:
    for text in ("satu", "dua"):
        await office.released(text)
    await office.released("mendesak", is_urgent=True)
    await office.run()
    assert len(office.got("mendesak")) == 10


async def test_a_late_joiner_gets_a_running_campaign_once(office: Office) -> None:
    """Tono moves from Dinkes to Disdik while a campaign to Disdik is open."""
    await office.released("Disdik!", audience="unit=DISDIK", latest_at=NOW + timedelta(days=2))
    await office.run()
    assert telegram_id(office.cast.tono) not in office.got("Disdik!")
    async with office.unit_of_work() as uow:
        await uow.people.upsert(replace(office.cast.tono, unit=office.cast.sari.unit))
        await uow.commit()
    await office.run()
    await office.run()
    assert telegram_id(office.cast.tono) in office.got("Disdik!")


async def test_a_campaign_that_fails_too_often_stops_itself_and_says_so(office: Office) -> None:
    crowd = await add_crowd(office.unit_of_work, FAILURE_LIMIT + 5)
    async with office.unit_of_work() as uow:
        for person in crowd:
            await uow.accounts.link(telegram_id(person), person.person_id, NOW)
        await uow.commit()

    def answer(message: Message) -> None:
        if message.kind is Kind.CAMPAIGN:
            raise SendFailed("500 Internal Server Error")

    office.sender.messenger.answer = answer
    campaign = await office.released()
    await office.run()
    progress = await office.progress(campaign)
    assert (progress.campaign.status, progress.sent) == (S.PAUSED, 0)
    told = [m for m in office.sender.messenger.sent if m.kind is Kind.CAMPAIGN_STOPPED]
    assert {m.telegram_id for m in told} == office.accounts(office.cast.dewi, office.cast.agus)
    assert ("campaign_paused", "scheduler") in await audited(office.unit_of_work, campaign.subject)

    office.sender.messenger.answer = None
    await office.desk.resume(office.author, campaign.campaign_id)
    await office.run()
    assert len(office.got("Apel Senin")) == 35


async def test_who_read_it_says_so_once_and_only_who_got_it(office: Office) -> None:
    campaign = await office.released(audience="unit=DISDIK", needs_acknowledgement=True)
    with pytest.raises(NothingToAcknowledge):
        await office.campaigns.acknowledge(caller(office.cast.sari), campaign.campaign_id)
    await office.run()
    for _ in range(2):
        await office.campaigns.acknowledge(caller(office.cast.sari), campaign.campaign_id)
    for person, number in ((office.cast.tono, campaign.campaign_id), (office.cast.sari, 4711)):
        with pytest.raises(NothingToAcknowledge):
            await office.campaigns.acknowledge(caller(person), number)
    assert (await office.progress(campaign)).acknowledged == 1


async def test_a_campaign_that_asks_for_nothing_takes_no_sign_of_reading(office: Office) -> None:
    campaign = await office.released()
    await office.run()
    with pytest.raises(NothingToAcknowledge):
        await office.campaigns.acknowledge(caller(office.cast.sari), campaign.campaign_id)


@pytest.mark.parametrize(
    ("audience", "names"),
    [
        ("unit=DISDIK", "ratna bambang sari joko budi"),
        ("unit=PEMPROV", "ratna bambang sari joko budi lina tono dewi agus yatim"),
        ("unit=DISDIK status=PPPK", "joko"),
        ("status=PPPK atau unit=DINKES", "joko lina tono"),
        ("jenjang=fungsional kecuali unit=BKD", "sari joko tono"),
        ("semua kecuali status=PNS", "joko"),
        ("unit=DISDIK jp<20 kecuali jenjang=pengawas,administrator", "joko budi"),
        ("paham=1", "sari budi"),
        ("unit=DISDIK belum-paham=1", "ratna bambang joko"),
        ("ikut=TIK-02", "sari"),
        ("unit=DISDIK tidak-ikut=TIK-02", "ratna bambang joko budi"),
        ("nip={budi}", "budi"),
    ],
)
async def test_an_audience_is_who_it_says(office: Office, audience: str, names: str) -> None:
    await prepare_records(office)
    audience = audience.format(budi=office.cast.budi.nip)
    expected = {getattr(office.cast, name).person_id for name in names.split()}
    campaign = await office.released("Untuk Anda", audience=audience, is_urgent=True)
    assert await office.campaigns.audience_size(audience) == (len(expected), 0)
    await office.run()
    assert {m.person_id for m in office.sender.messenger.sent if m.campaign_id == campaign.campaign_id} == expected


async def prepare_records(office: Office) -> None:
    """Campaign 1 was read by sari and budi; sari has 20 JP this year and is enrolled in TIK-02, joko had 30 last year."""
    cast = office.cast
    first = await office.released("Pertama", needs_acknowledgement=True, is_urgent=True)
    assert first.campaign_id == 1
    await office.run()
    for person in (cast.sari, cast.budi):
        await office.campaigns.acknowledge(caller(person), first.campaign_id)
    await add_sessions(office.unit_of_work, session())
    async with office.unit_of_work() as uow:
        await uow.hours.add(HoursEntry(cast.sari.person_id, 20, date(2026, 2, 1), "Kelas"))
        await uow.hours.add(HoursEntry(cast.joko.person_id, 30, date(2025, 12, 31), "Kelas"))
        await uow.enrollments.start(cast.sari.person_id, "TIK-02-A", Status.CONFIRMED, NOW)
        await uow.enrollments.start(cast.joko.person_id, "TIK-02-A", Status.WAITLISTED, NOW)
        await uow.commit()
