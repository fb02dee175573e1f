"""A campaign is written by one person and approved by another, and every step is written down."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.campaign_content import Link
from core.domain.campaigns import CampaignStatus
from core.domain.errors import (
    AudienceEmpty,
    AudienceUnknown,
    CampaignChanged,
    MarkupBroken,
    NotAllowedInState,
    NotHR,
    OwnCampaign,
    RoleMissing,
    TimePassed,
    UnknownCampaign,
)
from core.domain.messages import Kind
from core.domain.people import HrRole, Person
from core.services.campaign_desk import Changes
from tests.factories import NOW, caller
from tests.services.campaign_office import Office
from tests.services.ledger import audited

S = CampaignStatus


async def set_role(office: Office, person: Person, role: HrRole) -> None:
    async with office.unit_of_work() as uow:
        await uow.people.set_hr_role(person.person_id, role)
        await uow.commit()


async def test_from_draft_to_finished_with_everything_written_down(office: Office) -> None:
    campaign = await office.draft("Yth. {nama}", links=[Link("Surat", "https://contoh.example/1")])
    assert (campaign.status, campaign.author_id) == (S.DRAFT, office.cast.dewi.person_id)
    _, judges = await office.desk.submit(office.author, campaign.campaign_id)
    assert judges == 1
    await office.desk.approve(office.approver, campaign.campaign_id, campaign.version)
    await office.desk.send_now(office.author, campaign.campaign_id)
    await office.run()
    assert len(office.got("Yth. Sari Puspita")) == 1
    progress = await office.progress(campaign)
    assert (progress.sent, progress.campaign.status) == (10, S.FINISHED)
    dewi, agus = (f"person:{p.person_id}" for p in (office.cast.dewi, office.cast.agus))
    assert await audited(office.unit_of_work, campaign.subject) == [
        ("campaign_drafted", dewi),
        ("campaign_submitted", dewi),
        ("campaign_approved", agus),
        ("campaign_running", dewi),
        ("campaign_finished", "scheduler"),
    ]


async def test_the_approver_and_only_they_are_asked_and_the_author_hears_the_outcome(office: Office) -> None:
    await office.approved("Apel", is_urgent=True)
    await office.run()
    reviews = [m for m in office.sender.messenger.sent if m.kind is Kind.CAMPAIGN_REVIEW]
    assert {m.telegram_id for m in reviews} == office.accounts(office.cast.agus)
    facts = reviews[0].facts
    assert (facts["text"], facts["reached"], facts["unlinked"], facts["is_urgent"]) == ("Apel", 10, 0, True)
    decided = [m for m in office.sender.messenger.sent if m.kind is Kind.CAMPAIGN_DECIDED]
    assert [(m.telegram_id, m.facts["is_approved"]) for m in decided] == [
        (next(iter(office.accounts(office.cast.dewi))), True)
    ]


async def test_nobody_approves_their_own(office: Office) -> None:
    campaign = await office.draft()
    await office.desk.submit(office.author, campaign.campaign_id)
    with pytest.raises(OwnCampaign):
        await office.desk.approve(office.author, campaign.campaign_id, campaign.version)
    with pytest.raises(NotAllowedInState):
        await office.desk.send_now(office.author, campaign.campaign_id)


async def test_who_edits_becomes_the_author_and_cannot_approve_it(office: Office) -> None:
    campaign = await office.draft()
    changed = await office.desk.edit(office.approver, campaign.campaign_id, Changes(text="Lain"))
    await office.desk.submit(office.approver, campaign.campaign_id)
    with pytest.raises(OwnCampaign):
        await office.desk.approve(office.approver, campaign.campaign_id, changed.version)
    await office.desk.approve(office.author, campaign.campaign_id, changed.version)


async def test_an_edit_voids_the_approval(office: Office) -> None:
    campaign = await office.approved()
    changed = await office.desk.edit(office.author, campaign.campaign_id, Changes(text="Diam-diam lain"))
    assert (changed.status, changed.approved_by) == (S.DRAFT, None)
    with pytest.raises(NotAllowedInState):
        await office.desk.send_now(office.author, campaign.campaign_id)


async def test_an_old_button_does_not_approve_new_words(office: Office) -> None:
    campaign = await office.draft()
    await office.desk.submit(office.author, campaign.campaign_id)
    await office.desk.edit(office.author, campaign.campaign_id, Changes(text="Lain"))
    await office.desk.submit(office.author, campaign.campaign_id)
    with pytest.raises(CampaignChanged):
        await office.desk.approve(office.approver, campaign.campaign_id, campaign.version)


async def test_a_declined_campaign_goes_back_to_its_author(office: Office) -> None:
    campaign = await office.draft()
    await office.desk.submit(office.author, campaign.campaign_id)
    declined = await office.desk.decline(office.approver, campaign.campaign_id, campaign.version)
    assert declined.status is S.DRAFT
    await office.desk.submit(office.author, campaign.campaign_id)
    await office.desk.approve(office.approver, campaign.campaign_id, campaign.version)


async def test_roles_are_read_from_the_database(office: Office) -> None:
    campaign = await office.draft()
    await office.desk.submit(office.author, campaign.campaign_id)
    await set_role(office, office.cast.agus, HrRole.AUTHOR)
    with pytest.raises(RoleMissing):
        await office.desk.approve(office.approver, campaign.campaign_id, campaign.version)
    await set_role(office, office.cast.agus, HrRole.VIEWER)
    with pytest.raises(RoleMissing):
        await office.desk.edit(office.approver, campaign.campaign_id, Changes(text="x"))
    found, impact = await office.desk.show(office.approver, campaign.campaign_id)
    assert (found.text, impact.reached) == ("Apel Senin", 10)


async def test_staff_who_are_no_officers_may_nothing(office: Office) -> None:
    campaign = await office.draft()
    lying = replace(office.cast.sari, is_hr=True)
    for step in (office.desk.show, office.desk.submit, office.desk.pause, office.desk.cancel, office.desk.send_now):
        with pytest.raises(NotHR):
            await step(caller(lying), campaign.campaign_id)
    with pytest.raises(UnknownCampaign):
        await office.desk.submit(office.author, 4711)


async def test_what_is_wrong_is_refused_before_it_is_saved(office: Office) -> None:
    with pytest.raises(MarkupBroken):
        await office.draft("*tebal")
    with pytest.raises(AudienceUnknown):
        await office.draft(audience="unit=DISHUB")
    with pytest.raises(TimePassed):
        await office.draft(latest_at=NOW)
    assert await office.desk.recent(office.author) == []


async def test_a_campaign_for_nobody_is_not_submitted(office: Office) -> None:
    campaign = await office.draft(audience="unit=DINKES status=PPPK")
    with pytest.raises(AudienceEmpty):
        await office.desk.submit(office.author, campaign.campaign_id)


async def test_a_scheduled_campaign_goes_out_at_its_time(office: Office) -> None:
    campaign = await office.approved()
    await office.desk.schedule(office.author, campaign.campaign_id, NOW + timedelta(hours=2))
    await office.run()
    assert office.got("Apel Senin") == set()
    office.clock.pass_by(hours=2)
    await office.run()
    assert len(office.got("Apel Senin")) == 10


async def test_setting_the_time_keeps_the_approval_and_the_past_is_refused(office: Office) -> None:
    campaign = await office.approved(latest_at=NOW + timedelta(days=1))
    timed = await office.desk.schedule(office.author, campaign.campaign_id, NOW + timedelta(hours=1))
    assert (timed.status, timed.approved_by) == (S.SCHEDULED, office.cast.agus.person_id)
    for moment in (NOW, NOW + timedelta(days=1)):
        with pytest.raises(TimePassed):
            await office.desk.schedule(office.author, campaign.campaign_id, moment)


async def test_the_preview_names_whoever_looks(office: Office) -> None:
    campaign = await office.draft("Yth. {nama}, {unit}: kurang {jp_kurang} JP")
    shown = await office.desk.preview(office.author, campaign.campaign_id)
    assert shown.text == "Yth. Dewi Anggraini, Badan Kepegawaian Daerah: kurang 20 JP"
