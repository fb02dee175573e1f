"""A broadcast becomes one ledger row for each person."""

from datetime import timedelta

import pytest

from core.domain.calendar import jakarta
from core.domain.campaigns import Campaign, CampaignStatus
from core.domain.errors import AudienceNotReadable, AudienceUnknown, EmptyText, TextTooLong
from core.domain.messages import Message
from core.domain.working_days import next_office_time
from core.ports import SendFailed, UnitOfWorkFactory
from core.services.campaigns import Campaigns
from core.services.delivery import Delivery
from core.services.identity import Identity
from core.services.pacing import Pace
from tests.factories import Cast, add_crowd, caller, telegram_id
from tests.fakes import FakeTime, FixedClock, RecordingMessenger
from tests.services.ledger import audited


@pytest.fixture
def campaigns(unit_of_work: UnitOfWorkFactory, clock: FixedClock) -> Campaigns:
    return Campaigns(unit_of_work, clock)


@pytest.fixture
def messenger() -> RecordingMessenger:
    return RecordingMessenger()


@pytest.fixture
def delivery(
    unit_of_work: UnitOfWorkFactory, clock: FixedClock, messenger: RecordingMessenger, time: FakeTime
) -> Delivery:
    pace = Pace(25, monotonic=time, sleep=time.sleep)
    return Delivery(unit_of_work, clock, messenger, worker="test", pace=pace)


async def test_everybody_gets_it_once_but_those_who_opted_out_and_those_without_account(
    unit_of_work: UnitOfWorkFactory,
    campaigns: Campaigns,
    identity: Identity,
    delivery: Delivery,
    messenger: RecordingMessenger,
    cast: Cast,
) -> None:
    await add_crowd(unit_of_work, 3)
    await identity.set_opted_out(caller(cast.budi), True)
    assert await campaigns.audience_size("all") == (9, 3)

    campaign = await campaigns.send("  Uji kompetensi dimulai Senin.  ", "all", actor="cli")
    while (await delivery.send_due()).any:
        pass

    assert campaign.status is CampaignStatus.RUNNING
    assert {m.telegram_id for m in messenger.sent} == {telegram_id(p) for p in cast.everybody if p != cast.budi}
    assert len(messenger.sent) == 9
    assert messenger.sent[0].facts == {
        "campaign_id": campaign.campaign_id,
        "text": "Uji kompetensi dimulai Senin.",
    }
    progress = await campaigns.progress(campaign.campaign_id)
    assert progress is not None
    assert (progress.recipients, progress.sent, progress.waiting, progress.unreachable) == (12, 9, 0, 3)
    assert await audited(unit_of_work, f"campaign:{campaign.campaign_id}") == [
        ("campaign_running", "cli"),
        ("campaign_finished", "scheduler"),
    ]


async def test_who_links_within_three_days_still_gets_it_and_later_no_more(
    unit_of_work: UnitOfWorkFactory,
    campaigns: Campaigns,
    identity: Identity,
    delivery: Delivery,
    messenger: RecordingMessenger,
    clock: FixedClock,
    cast: Cast,
) -> None:
    first, second, *_ = await add_crowd(unit_of_work, 2)
    await campaigns.send("Halo", "all", actor="cli")
    while (await delivery.send_due()).any:
        pass
    messenger.sent.clear()

    clock.pass_by(days=2)
    await identity.link_by_contact(1, first.phone or "", contact_user_id=1, forwarded=False)
    await delivery.send_due()
    clock.pass_by(days=1)
    await identity.link_by_contact(2, second.phone or "", contact_user_id=2, forwarded=False)
    await delivery.send_due()

    assert [m.telegram_id for m in messenger.sent] == [1]


@pytest.mark.parametrize("text", ["", "  \n "])
async def test_nothing_is_not_sent(campaigns: Campaigns, cast: Cast, text: str) -> None:
    with pytest.raises(EmptyText):
        await campaigns.send(text, "all", actor="cli")
    assert await campaigns.recent() == []


async def test_length_is_counted_as_telegram_counts_it(campaigns: Campaigns, cast: Cast) -> None:
    await campaigns.send("😀" * 2048, "all", actor="cli")
    with pytest.raises(TextTooLong) as refusal:
        await campaigns.send("😀" * 2049, "all", actor="cli")
    assert (refusal.value.length, refusal.value.limit) == (4098, 4096)


async def test_an_unknown_audience_reaches_nobody(campaigns: Campaigns, cast: Cast) -> None:
    with pytest.raises(AudienceNotReadable):
        await campaigns.send("Halo", "disdik", actor="cli")
    with pytest.raises(AudienceUnknown):
        await campaigns.send("Halo", "unit=DISHUB", actor="cli")


async def test_recent_campaigns_are_newest_first(campaigns: Campaigns, clock: FixedClock, cast: Cast) -> None:
    for text in ("satu", "dua", "tiga"):
        await campaigns.send(text, "all", actor="cli")
        clock.pass_by(minutes=1)
    assert [row.campaign.text for row in await campaigns.recent(limit=2)] == ["tiga", "dua"]
    assert await campaigns.progress(4711) is None


async def state(campaigns: Campaigns, campaign: Campaign) -> CampaignStatus:
    progress = await campaigns.progress(campaign.campaign_id)
    assert progress is not None
    return progress.campaign.status


async def test_a_campaign_is_finished_once_the_last_of_its_messages_will_not_be_tried_again(
    campaigns: Campaigns, delivery: Delivery, messenger: RecordingMessenger, clock: FixedClock, cast: Cast
) -> None:
    """One blocks the bot, one fails twice and goes through at the third try; a second campaign starts meanwhile."""
    failures = {telegram_id(cast.sari): [SendFailed("500"), SendFailed("500")]}
    failures[telegram_id(cast.joko)] = [SendFailed("blocked", permanent=True)]

    def answer(message: Message) -> None:
        if left := failures.get(message.telegram_id or 0):
            raise left.pop(0)

    messenger.answer = answer
    first = await campaigns.send("satu", "all", actor="cli")
    await delivery.send_due()
    assert await state(campaigns, first) is CampaignStatus.RUNNING
    clock.pass_by(minutes=2)
    await delivery.send_due()
    assert await state(campaigns, first) is CampaignStatus.RUNNING
    second = await campaigns.send("dua", "all", actor="cli")
    clock.pass_by(hours=1)
    await delivery.send_due()
    assert await state(campaigns, first) is CampaignStatus.FINISHED
    clock.pass_by(days=4)
    while (await delivery.send_due()).any:
        pass
    assert [await state(campaigns, one) for one in (first, second)] == [CampaignStatus.FINISHED] * 2


async def test_a_campaign_that_expires_unsent_is_finished_too(
    campaigns: Campaigns, delivery: Delivery, messenger: RecordingMessenger, clock: FixedClock, cast: Cast
) -> None:
    campaign = await campaigns.send("basi", "all", actor="cli")
    clock.pass_by(days=3)
    await delivery.send_due()
    assert messenger.sent == []
    assert await state(campaigns, campaign) is CampaignStatus.FINISHED


async def test_a_campaign_that_reaches_nobody_is_finished_at_once(
    campaigns: Campaigns, delivery: Delivery, unit_of_work: UnitOfWorkFactory
) -> None:
    campaign = await campaigns.send("Halo", "all", actor="cli")
    await delivery.send_due()
    assert await state(campaigns, campaign) is CampaignStatus.FINISHED


async def test_a_person_reached_late_gets_a_finished_campaign_which_stays_finished(
    campaigns: Campaigns,
    identity: Identity,
    delivery: Delivery,
    messenger: RecordingMessenger,
    unit_of_work: UnitOfWorkFactory,
    cast: Cast,
) -> None:
    (late,) = await add_crowd(unit_of_work, 1)
    campaign = await campaigns.send("Halo", "all", actor="cli")
    await delivery.send_due()
    messenger.sent.clear()
    await identity.link_by_contact(1, late.phone or "", contact_user_id=1, forwarded=False)
    await delivery.send_due()
    assert [message.telegram_id for message in messenger.sent] == [1]
    assert await state(campaigns, campaign) is CampaignStatus.FINISHED


async def test_the_quick_way_waits_for_the_office_and_does_not_expire_over_a_long_holiday(
    unit_of_work: UnitOfWorkFactory, clock: FixedClock, delivery: Delivery, messenger: RecordingMessenger, cast: Cast
) -> None:
    clock.pass_by(hours=12)
    night = clock.now()
    holidays = frozenset(jakarta(night).date() + timedelta(days=n) for n in range(1, 9))
    await Campaigns(unit_of_work, clock, holidays).send("Apel", "all", actor="cli")
    while (await delivery.send_due()).any:
        pass
    assert messenger.sent == []
    clock.moment = next_office_time(night, holidays)
    assert clock.moment - night > timedelta(days=8)
    while (await delivery.send_due()).any:
        pass
    assert len(messenger.sent) == len(cast.everybody)


async def test_the_quick_way_goes_out_at_night_when_it_is_urgent(
    campaigns: Campaigns, clock: FixedClock, delivery: Delivery, messenger: RecordingMessenger, cast: Cast
) -> None:
    clock.pass_by(hours=12)
    await campaigns.send("Apel", "all", actor="cli", is_urgent=True)
    await delivery.send_due()
    assert len(messenger.sent) == len(cast.everybody)
