"""What was sent wrongly is put right by two persons, in the chats it went to and for those still waiting."""

from datetime import timedelta

import pytest

from core.domain.errors import CampaignChanged, MarkupBroken, NotAllowedInState, OwnCampaign
from core.domain.messages import DeliveryStatus, Kind
from core.services.campaign_corrections import CampaignCorrections
from tests.factories import NOW, telegram_id
from tests.services.campaign_office import Office
from tests.services.ledger import audited


@pytest.fixture
def corrections(office: Office) -> CampaignCorrections:
    return CampaignCorrections(office.unit_of_work, office.clock)


async def test_after_a_second_person_agreed_the_sent_is_edited_and_the_waiting_gets_the_new_words(
    office: Office, corrections: CampaignCorrections
) -> None:
    """Four got it; six still wait when the correction is approved."""
    campaign = await office.released("Apel jam 8, {nama}", is_urgent=True)
    async with office.unit_of_work() as uow:
        rows = await uow.outbox.claim(NOW, limit=4, bulk=True, claimed_by="me")
        for number, row in enumerate(rows, 500):
            await uow.outbox.settle(row.message_id, DeliveryStatus.SENT, NOW, telegram_message_id=number)
        await uow.commit()
    proposed, judges = await corrections.propose(office.author, campaign.campaign_id, "Apel jam 7, {nama}")
    assert (proposed.text, judges) == ("Apel jam 8, {nama}", 1)
    with pytest.raises(OwnCampaign):
        await corrections.judge(office.author, campaign.campaign_id, proposed.version, is_approved=True)
    await corrections.judge(office.approver, campaign.campaign_id, proposed.version, is_approved=True)
    await office.run()
    sent = office.sender.messenger.sent
    edited = [(m.telegram_id, m.facts["message_id"]) for m in sent if m.kind is Kind.CAMPAIGN_CORRECTION]
    assert sorted(edited) == sorted((row.telegram_id, number) for number, row in enumerate(rows, 500))
    texts = {m.facts["text"] for m in sent if m.kind in (Kind.CAMPAIGN, Kind.CAMPAIGN_CORRECTION)}
    assert len(texts) == 10
    assert all(text.startswith("Apel jam 7, ") for text in texts)
    reviews = [m for m in sent if m.kind is Kind.CORRECTION_REVIEW]
    assert [m.telegram_id for m in reviews] == [telegram_id(office.cast.agus)]
    names = [action for action, _ in await audited(office.unit_of_work, campaign.subject)]
    assert names[-3:-1] == ["correction_proposed", "correction_approved"]
    assert (await office.progress(campaign)).sent == 10


async def test_a_declined_or_older_correction_changes_nothing(office: Office, corrections: CampaignCorrections) -> None:
    campaign = await office.released()
    await office.run()
    first, _ = await corrections.propose(office.author, campaign.campaign_id, "Satu")
    second, _ = await corrections.propose(office.author, campaign.campaign_id, "Dua")
    with pytest.raises(CampaignChanged):
        await corrections.judge(office.approver, campaign.campaign_id, first.version, is_approved=True)
    kept = await corrections.judge(office.approver, campaign.campaign_id, second.version, is_approved=False)
    assert (kept.text, kept.correction) == ("Apel Senin", None)
    with pytest.raises(CampaignChanged):
        await corrections.judge(office.approver, campaign.campaign_id, second.version, is_approved=True)
    await office.run()
    assert [m for m in office.sender.messenger.sent if m.kind is Kind.CAMPAIGN_CORRECTION] == []


async def test_only_what_went_out_and_stays_can_be_corrected(office: Office, corrections: CampaignCorrections) -> None:
    campaign = await office.draft()
    with pytest.raises(NotAllowedInState):
        await corrections.propose(office.author, campaign.campaign_id, "Lain")
    released = await office.released()
    with pytest.raises(MarkupBroken):
        await corrections.propose(office.author, released.campaign_id, "*Lain")
    await office.desk.recall(office.author, released.campaign_id)
    with pytest.raises(NotAllowedInState):
        await corrections.propose(office.author, released.campaign_id, "Lain")


async def test_what_is_older_than_two_days_stays_as_it_is(office: Office, corrections: CampaignCorrections) -> None:
    campaign = await office.released()
    await office.run()
    office.clock.pass_by(hours=48)
    proposed, _ = await corrections.propose(office.author, campaign.campaign_id, "Lain")
    await corrections.judge(office.approver, campaign.campaign_id, proposed.version, is_approved=True)
    await office.run()
    assert [m for m in office.sender.messenger.sent if m.kind is Kind.CAMPAIGN_CORRECTION] == []
    assert office.clock.now() == NOW + timedelta(hours=48)
