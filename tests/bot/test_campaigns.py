"""Campaigns in chat: read and understood by staff, approved by a second officer, sent by the first."""

import pytest

from bot.texts import campaigns as texts
from core.bootstrap import Services
from core.domain.campaigns import Campaign, CampaignStatus
from core.domain.messages import DeliveryStatus
from core.services.campaign_desk import Changes
from tests.bot import offline
from tests.bot.conftest import Running
from tests.factories import NOW, Cast, caller, telegram_id
from tests.fakes import FakeDatabase


async def submitted(services: Services, cast: Cast, **changes: object) -> Campaign:
    desk = services.campaign_desk
    draft = await desk.draft(caller(cast.dewi), Changes(text="Apel Senin", **changes))  # type: ignore[arg-type]
    campaign, _ = await desk.submit(caller(cast.dewi), draft.campaign_id)
    return campaign


async def delivered(services: Services, database: FakeDatabase, cast: Cast) -> Campaign:
    campaign = await submitted(services, cast, needs_acknowledgement=True)
    await services.campaign_desk.approve(caller(cast.agus), campaign.campaign_id, campaign.version)
    await services.campaign_desk.send_now(caller(cast.dewi), campaign.campaign_id)
    async with database() as work:
        for row in await work.outbox.claim(NOW, limit=100, bulk=True, claimed_by="me"):
            await work.outbox.settle(row.message_id, DeliveryStatus.SENT, NOW)
        await work.commit()
    return campaign


async def status(database: FakeDatabase, campaign: Campaign) -> CampaignStatus:
    async with database() as work:
        found = await work.campaigns.get(campaign.campaign_id)
    assert found is not None
    return found.status


def outcome(running: Running) -> str:
    return running.request.sent("editMessageText")[-1].text


async def test_reading_is_noted_once_and_links_stay(
    running: Running, services: Services, database: FakeDatabase, cast: Cast
) -> None:
    campaign = await delivered(services, database, cast)
    data = f"1ga|{campaign.campaign_id}"
    shown = offline.shown(telegram_id(cast.sari), "Apel Senin", [(texts.ACKNOWLEDGE_BUTTON, data)])
    shown["reply_markup"]["inline_keyboard"].insert(0, [{"text": "Surat", "url": "https://contoh.example/1"}])
    for _ in range(2):
        await running.deliver(callback_query=offline.press(telegram_id(cast.sari), shown, data))
    assert "sudah baca dan paham" in outcome(running)
    keys = running.request.sent("editMessageText")[-1].data["reply_markup"]["inline_keyboard"]
    assert keys == [[{"text": "Surat", "url": "https://contoh.example/1"}]]
    progress = await services.campaigns.progress(campaign.campaign_id)
    assert progress is not None
    assert progress.acknowledged == 1


@pytest.mark.parametrize("data", ["1ga|4711", "1ga|0", "1ga|-1", "1ga|1|1", "1ga|99999999999999999999", "1ga", "1ga|x"])
async def test_forged_signs_of_reading_count_for_nothing(
    running: Running, services: Services, database: FakeDatabase, cast: Cast, data: str
) -> None:
    campaign = await delivered(services, database, cast)
    await running.press(telegram_id(cast.sari), data)
    progress = await services.campaigns.progress(campaign.campaign_id)
    assert progress is not None
    assert progress.acknowledged == 0


async def test_a_stranger_is_asked_to_link_first(
    running: Running, services: Services, database: FakeDatabase, cast: Cast
) -> None:
    campaign = await delivered(services, database, cast)
    (answer,) = await running.press(12345, f"1ga|{campaign.campaign_id}")
    assert "/start" in answer.text


async def test_the_second_officer_approves_and_the_first_sends(
    running: Running, services: Services, database: FakeDatabase, cast: Cast
) -> None:
    campaign = await submitted(services, cast)
    await running.press(telegram_id(cast.agus), f"1gs|{campaign.campaign_id}|{campaign.version}")
    assert "Disetujui" in outcome(running)
    await running.press(telegram_id(cast.dewi), f"1gk|{campaign.campaign_id}")
    assert "Pengiriman dimulai" in outcome(running)
    assert await status(database, campaign) is CampaignStatus.RUNNING


async def test_a_declined_campaign_is_a_draft_again(
    running: Running, services: Services, database: FakeDatabase, cast: Cast
) -> None:
    campaign = await submitted(services, cast)
    await running.press(telegram_id(cast.agus), f"1gt|{campaign.campaign_id}|{campaign.version}")
    assert "Ditolak" in outcome(running)
    assert await status(database, campaign) is CampaignStatus.DRAFT


@pytest.mark.parametrize(("who", "words"), [("dewi", "orang kedua"), ("sari", "petugas tim SDM")])
async def test_neither_the_author_nor_staff_can_approve(
    running: Running, services: Services, database: FakeDatabase, cast: Cast, who: str, words: str
) -> None:
    campaign = await submitted(services, cast)
    await running.press(telegram_id(getattr(cast, who)), f"1gs|{campaign.campaign_id}|{campaign.version}")
    assert words in outcome(running)
    assert await status(database, campaign) is CampaignStatus.IN_REVIEW


async def test_a_button_of_an_older_version_approves_nothing(
    running: Running, services: Services, database: FakeDatabase, cast: Cast
) -> None:
    campaign = await submitted(services, cast)
    desk = services.campaign_desk
    await desk.edit(caller(cast.dewi), campaign.campaign_id, Changes(text="Lain"))
    await desk.submit(caller(cast.dewi), campaign.campaign_id)
    await running.press(telegram_id(cast.agus), f"1gs|{campaign.campaign_id}|{campaign.version}")
    assert "sudah diubah" in outcome(running)
    assert await status(database, campaign) is CampaignStatus.IN_REVIEW


@pytest.mark.parametrize(
    ("verb", "words", "text"), [("gy", "Ralat disetujui", "Lain"), ("gz", "Ralat ditolak", "Apel Senin")]
)
async def test_a_correction_is_judged_by_button(
    running: Running, services: Services, database: FakeDatabase, cast: Cast, verb: str, words: str, text: str
) -> None:
    campaign = await delivered(services, database, cast)
    proposed, _ = await services.campaign_corrections.propose(caller(cast.dewi), campaign.campaign_id, "Lain")
    data = f"1{verb}|{campaign.campaign_id}|{proposed.version}"
    await running.press(telegram_id(cast.dewi), data)
    assert "orang kedua" in outcome(running)
    await running.press(telegram_id(cast.agus), data)
    assert words in outcome(running)
    assert database.records.campaigns[campaign.campaign_id].text == text
