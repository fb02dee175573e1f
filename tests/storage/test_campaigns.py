"""A campaign becomes one ledger row for each person, in one statement, whatever their number."""

from datetime import timedelta

import psycopg
import pytest

from core.domain.campaigns import Campaign, CampaignProgress, CampaignStatus
from core.domain.errors import AudienceNotReadable
from core.domain.messages import DeliveryStatus, Kind
from core.ports import UnitOfWorkFactory
from tests.factories import NOW, add_crowd, add_people, telegram_id

ENDS = NOW + timedelta(days=1)
SIZE = 20_000


async def create(unit_of_work: UnitOfWorkFactory, text: str = "Halo", audience: str = "all") -> Campaign:
    async with unit_of_work() as uow:
        campaign = await uow.campaigns.create(Campaign(0, text, audience, CampaignStatus.RUNNING, NOW, is_urgent=True))
        await uow.commit()
    return campaign


async def open_deliveries(unit_of_work: UnitOfWorkFactory, campaign: Campaign) -> int:
    async with unit_of_work() as uow:
        new = await uow.campaigns.open_deliveries(campaign, NOW, ENDS)
        await uow.commit()
    return new


async def progress(unit_of_work: UnitOfWorkFactory, campaign: Campaign) -> CampaignProgress:
    async with unit_of_work() as uow:
        found = await uow.campaigns.progress(campaign.campaign_id)
    assert found is not None
    return found


async def test_campaigns_come_back_newest_first(unit_of_work: UnitOfWorkFactory) -> None:
    campaigns = [await create(unit_of_work, f"Pesan {number}") for number in range(3)]
    async with unit_of_work() as uow:
        assert await uow.campaigns.get(campaigns[0].campaign_id) == campaigns[0]
        assert await uow.campaigns.get(10_000) is None
        assert await uow.campaigns.progress(10_000) is None
        assert await uow.campaigns.recent(2) == [campaigns[2], campaigns[1]]
    assert campaigns[0].created_at == NOW


async def test_everybody_who_wants_it_gets_one_row_and_only_one(unit_of_work: UnitOfWorkFactory) -> None:
    """10 people have accounts, 1 of them opted out and 1 blocked the bot; 3 more have no account."""
    cast = await add_people(unit_of_work)
    await add_crowd(unit_of_work, 3)
    async with unit_of_work() as uow:
        await uow.accounts.set_opted_out(telegram_id(cast.sari), NOW)
        await uow.accounts.set_unreachable(telegram_id(cast.joko), NOW)
        await uow.commit()
        assert await uow.campaigns.audience_size("all", NOW) == (9, 3)
    campaign = await create(unit_of_work)
    assert await open_deliveries(unit_of_work, campaign) == 12
    assert await open_deliveries(unit_of_work, campaign) == 0
    assert await progress(unit_of_work, campaign) == CampaignProgress(
        campaign, recipients=12, sent=0, waiting=8, unreachable=4, expired=0
    )


async def test_the_text_stands_once_and_reaches_everybody(unit_of_work: UnitOfWorkFactory) -> None:
    cast = await add_people(unit_of_work)
    campaign = await create(unit_of_work, "Sosialisasi hari Senin")
    await open_deliveries(unit_of_work, campaign)
    async with unit_of_work() as uow:
        claimed = await uow.outbox.claim(NOW, limit=100, bulk=True, claimed_by="me")
        await uow.commit()
    assert {message.telegram_id for message in claimed} == {telegram_id(p) for p in cast.everybody}
    assert [message.message_id for message in claimed] == sorted(message.message_id for message in claimed)
    for message in claimed:
        assert message.facts == {"campaign_id": campaign.campaign_id, "text": "Sosialisasi hari Senin"}
        assert (message.kind, message.is_bulk, message.expires_at) == (Kind.CAMPAIGN, True, ENDS)


async def test_progress_counts_what_became_of_the_rows(unit_of_work: UnitOfWorkFactory) -> None:
    await add_people(unit_of_work)
    campaign = await create(unit_of_work)
    await open_deliveries(unit_of_work, campaign)
    async with unit_of_work() as uow:
        sent, failed, blocked = await uow.outbox.claim(NOW, limit=3, bulk=True, claimed_by="me")
        await uow.outbox.settle(sent.message_id, DeliveryStatus.SENT, NOW)
        await uow.outbox.settle(failed.message_id, DeliveryStatus.FAILED, NOW)
        await uow.outbox.settle(blocked.message_id, DeliveryStatus.UNREACHABLE, NOW)
        await uow.commit()
    assert await progress(unit_of_work, campaign) == CampaignProgress(
        campaign, recipients=10, sent=1, waiting=8, unreachable=1, expired=0
    )
    async with unit_of_work() as uow:
        assert await uow.outbox.claim(ENDS, limit=100, bulk=True, claimed_by="me") == []
        await uow.commit()
    assert (await progress(unit_of_work, campaign)).expired == 8


async def test_who_links_in_time_gets_the_campaign_after_all(unit_of_work: UnitOfWorkFactory) -> None:
    cast = await add_people(unit_of_work, linked=False)
    campaign = await create(unit_of_work)
    await open_deliveries(unit_of_work, campaign)
    async with unit_of_work() as uow:
        await uow.accounts.link(1, cast.sari.person_id, NOW)
        assert await uow.outbox.revive(cast.sari.person_id, NOW) == 1
        (message,) = await uow.outbox.claim(NOW, limit=5, bulk=True, claimed_by="me")
    assert message.telegram_id == 1


async def test_an_unknown_audience_is_refused(unit_of_work: UnitOfWorkFactory) -> None:
    campaign = await create(unit_of_work, audience="semua kecuali saya")
    with pytest.raises(AudienceNotReadable):
        await open_deliveries(unit_of_work, campaign)
    async with unit_of_work() as uow:
        with pytest.raises(AudienceNotReadable):
            await uow.campaigns.audience_size(campaign.audience, NOW)


async def test_twenty_thousand_deliveries_are_opened_and_claimed_without_loss(
    unit_of_work: UnitOfWorkFactory, database_url: str
) -> None:
    """Half of them have an account."""
    await add_people(unit_of_work, linked=False)
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "INSERT INTO people (nip, name, unit_code, position, level, employment) "
            "SELECT 'n' || i, 'Pegawai', 'BKD', 'Staf', 'pelaksana', 'PNS' FROM generate_series(1, %s) AS i",
            [SIZE - 10],
        )
        connection.execute(
            "INSERT INTO telegram_accounts (telegram_id, person_id, linked_at) "
            "SELECT id, id, %s FROM people WHERE id %% 2 = 0",
            [NOW],
        )
    campaign = await create(unit_of_work, "x" * 4096)
    assert await open_deliveries(unit_of_work, campaign) == SIZE
    found = await progress(unit_of_work, campaign)
    assert (found.recipients, found.waiting, found.unreachable) == (SIZE, SIZE / 2, SIZE / 2)
    async with unit_of_work() as uow:
        claimed = await uow.outbox.claim(NOW, limit=25, bulk=True, claimed_by="me")
        await uow.commit()
    assert len({message.telegram_id for message in claimed}) == 25
