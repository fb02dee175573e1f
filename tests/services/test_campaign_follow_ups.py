"""After a campaign went out: the silent are reminded, it is tried out and taken back, and read unit by unit."""

from datetime import timedelta

import pytest

from core.domain.campaigns import CampaignStatus
from core.domain.errors import ChaseNotPossible, NotAllowedInState, UnknownPerson
from core.domain.messages import DeliveryStatus, Kind, Message
from tests.factories import NOW, add_crowd, caller, telegram_id
from tests.services.campaign_office import Office


def of_kind(office: Office, kind: Kind) -> list[Message]:
    return [message for message in office.sender.messenger.sent if message.kind is kind]


async def days_go_by(office: Office, days: int) -> None:
    for _ in range(days):
        office.clock.pass_by(days=1)
        await office.run()


async def test_only_the_silent_are_reminded_at_most_twice_and_the_campaign_ends(office: Office) -> None:
    """Sari reads at once, Joko after the first reminder, Ratna, Bambang and Budi never; Saturday waits for Monday."""
    campaign = await office.released(
        audience="unit=DISDIK", needs_acknowledgement=True, chase_after_days=2, chase_times=2
    )
    assert campaign.latest_at == NOW + timedelta(days=6)
    await office.run()
    await office.campaigns.acknowledge(caller(office.cast.sari), campaign.campaign_id)
    await days_go_by(office, 2)
    first = of_kind(office, Kind.CAMPAIGN_CHASE)
    cast = office.cast
    assert {m.telegram_id for m in first} == office.accounts(cast.joko, cast.ratna, cast.bambang, cast.budi)
    assert {(m.facts["chase"], m.facts["text"], m.facts["asks"]) for m in first} == {(1, "Apel Senin", True)}
    await office.campaigns.acknowledge(caller(cast.joko), campaign.campaign_id)
    await days_go_by(office, 5)
    second = of_kind(office, Kind.CAMPAIGN_CHASE)[4:]
    assert {m.telegram_id for m in second} <= office.accounts(cast.ratna, cast.bambang, cast.budi)
    progress = await office.progress(campaign)
    assert progress.campaign.status is CampaignStatus.FINISHED
    await days_go_by(office, 7)
    assert len(of_kind(office, Kind.CAMPAIGN_CHASE)) == 4 + len(second)


async def test_who_answers_while_the_reminder_waits_is_spared_it(office: Office) -> None:
    """Four days on it is Saturday: the reminders wait until Monday, and Budi reads on Sunday."""
    campaign = await office.released(
        audience="unit=DISDIK jenjang=pelaksana",
        needs_acknowledgement=True,
        chase_after_days=4,
        chase_times=1,
        latest_at=NOW + timedelta(days=20),
    )
    await office.run()
    await days_go_by(office, 5)
    await office.campaigns.acknowledge(caller(office.cast.budi), campaign.campaign_id)
    await days_go_by(office, 3)
    assert of_kind(office, Kind.CAMPAIGN_CHASE) == []


async def test_nobody_is_reminded_of_what_never_reached_them(office: Office) -> None:
    await add_crowd(office.unit_of_work, 2)
    campaign = await office.released(needs_acknowledgement=True, chase_after_days=1, chase_times=1)
    await office.run()
    await days_go_by(office, 1)
    assert len(of_kind(office, Kind.CAMPAIGN_CHASE)) == 10
    assert (await office.progress(campaign)).chased == 10


@pytest.mark.parametrize("changes", [{"chase_after_days": 0}, {"chase_after_days": 31}, {"chase_times": 6}])
async def test_nobody_is_pestered(office: Office, changes: dict[str, int]) -> None:
    with pytest.raises(ChaseNotPossible):
        await office.draft(**changes)


async def test_a_trial_goes_to_those_named_and_counts_nowhere(office: Office) -> None:
    campaign = await office.draft("Yth. {nama}")
    nips = [office.cast.sari.nip, office.cast.dewi.nip, office.cast.sari.nip]
    assert await office.desk.test(office.author, campaign.campaign_id, nips) == 2
    await office.run()
    found = {(m.telegram_id, m.facts["text"]) for m in of_kind(office, Kind.CAMPAIGN_TEST)}
    assert found == {
        (telegram_id(office.cast.sari), "Yth. Sari Puspita"),
        (telegram_id(office.cast.dewi), "Yth. Dewi Anggraini"),
    }
    assert (await office.progress(campaign)).recipients == 0
    with pytest.raises(UnknownPerson):
        await office.desk.test(office.author, campaign.campaign_id, ["199013012019039999"])


async def test_a_recalled_campaign_is_deleted_where_it_arrived(office: Office) -> None:
    campaign = await office.released()
    await office.run()
    sent = {m.telegram_id: 1000 + n for n, m in enumerate(office.sender.messenger.sent, 1)}
    async with office.unit_of_work() as uow:  # another account since: the number means another message there
        await uow.accounts.link(77, office.cast.tono.person_id, NOW + timedelta(minutes=1))
        await uow.commit()
    office.clock.pass_by(hours=2)
    recalled = await office.desk.recall(office.author, campaign.campaign_id)
    assert recalled.status is CampaignStatus.CANCELLED
    await office.run()
    await office.run()
    deleted = {m.telegram_id: m.facts["message_id"] for m in of_kind(office, Kind.CAMPAIGN_RECALL)}
    del sent[telegram_id(office.cast.tono)]
    assert deleted == {account: number for account, number in sent.items() if account in deleted}
    assert len(deleted) == len(of_kind(office, Kind.CAMPAIGN_RECALL)) == 9
    assert (await office.progress(campaign)).recalled == 9


async def test_what_was_in_flight_is_recalled_too_and_what_is_older_than_two_days_is_not(office: Office) -> None:
    campaign = await office.released(is_urgent=True)
    async with office.unit_of_work() as uow:
        first, second = await uow.outbox.claim(NOW, limit=2, bulk=True, claimed_by="me")
        await uow.outbox.settle(first.message_id, DeliveryStatus.SENT, NOW, telegram_message_id=5)
        await uow.commit()
    office.clock.pass_by(hours=48)
    await office.desk.recall(office.author, campaign.campaign_id)
    async with office.unit_of_work() as uow:
        assert await uow.outbox.settle(
            second.message_id, DeliveryStatus.SENT, office.clock.now(), telegram_message_id=6
        )
        await uow.commit()
    await office.run()
    assert [m.facts["message_id"] for m in of_kind(office, Kind.CAMPAIGN_RECALL)] == [6]


async def test_what_never_went_out_cannot_be_recalled(office: Office) -> None:
    campaign = await office.approved()
    with pytest.raises(NotAllowedInState):
        await office.desk.recall(office.author, campaign.campaign_id)
