"""A series: each step some days after the one before reached a person, in office hours, from the first for late joiners."""

from datetime import timedelta

import pytest

from core.domain.campaign_content import Link
from core.domain.campaign_results import StepProgress
from core.domain.campaigns import CampaignStatus
from core.domain.errors import BadSeries, CaptionTooLong, SeriesFault, UnknownField
from core.domain.messages import Kind, Message
from core.domain.quizzes import Question
from core.domain.series import Step, lasts
from core.services.attachments import Attachments
from core.services.campaign_changes import Changes
from core.services.campaign_corrections import CampaignCorrections
from core.services.campaign_reports import CampaignReports
from tests.factories import NOW, telegram_id
from tests.services.campaign_office import Office

STEPS = (Step("Hari ketiga, {nama}", 3, (Link("Panduan", "https://contoh.example/p"),)), Step("Seminggu", 4))
QUIZ = (Question("Berlaku kapan?", ("Besok", "Lusa"), 1),)


async def later(office: Office, **duration: float) -> None:
    office.clock.pass_by(**duration)
    await office.run()


def texts(office: Office, who: int) -> list[str]:
    return [m.facts["text"] for m in office.sender.messenger.to(who) if m.campaign_id is not None]


def steps_sent(office: Office) -> list[Message]:
    return [m for m in office.sender.messenger.sent if m.kind is Kind.CAMPAIGN_STEP]


async def test_each_step_follows_the_one_before_and_each_person_once(office: Office) -> None:
    sari = telegram_id(office.cast.sari)
    campaign = await office.released("Mulai, {nama}", steps=STEPS)
    assert campaign.latest_at == NOW + lasts(STEPS)
    await office.run()
    await later(office, days=3, minutes=-1)
    assert texts(office, sari) == ["Mulai, Sari Puspita"]
    await later(office, minutes=1)
    assert texts(office, sari) == ["Mulai, Sari Puspita", "Hari ketiga, Sari Puspita"]
    await later(office, days=3)
    await later(office, days=1)
    await later(office, days=1)
    assert texts(office, sari) == ["Mulai, Sari Puspita", "Hari ketiga, Sari Puspita", "Seminggu"]
    assert {m.key for m in steps_sent(office) if m.telegram_id == sari} == {
        f"campaign:{campaign.campaign_id}:step:{n}:{office.cast.sari.person_id}" for n in (2, 3)
    }
    assert (await office.progress(campaign)).recipients == 10


async def test_a_step_due_at_night_waits_for_the_office(office: Office) -> None:
    campaign = await office.released(steps=(Step("Kedua", 1),), is_urgent=False)
    await office.run()
    office.clock.moment = NOW + timedelta(days=3, hours=12)  # Friday, 22:00 in Jakarta
    await office.run()
    assert steps_sent(office) == []
    office.clock.moment = NOW + timedelta(days=6)  # Monday
    await office.run()
    assert len(steps_sent(office)) == 10
    assert (await office.progress(campaign)).campaign.status is CampaignStatus.RUNNING


async def test_whoever_joins_late_starts_with_the_first_step(office: Office) -> None:
    cast = office.cast
    async with office.unit_of_work() as uow:
        await uow.accounts.unlink(telegram_id(cast.sari))
        await uow.commit()
    await office.released("Mulai", steps=(Step("Kedua", 3),))
    await office.run()
    await later(office, days=3)
    async with office.unit_of_work() as uow:
        await uow.accounts.link(telegram_id(cast.sari), cast.sari.person_id, office.clock.now())
        await uow.outbox.revive(cast.sari.person_id, office.clock.now())
        await uow.commit()
    await later(office, hours=1)
    assert texts(office, telegram_id(cast.sari)) == ["Mulai"]
    await later(office, days=3)
    assert texts(office, telegram_id(cast.sari)) == ["Mulai", "Kedua"]
    assert texts(office, telegram_id(cast.joko)) == ["Mulai", "Kedua"]


@pytest.mark.parametrize("stop", ["pause", "cancel", "recall"])
async def test_no_step_goes_out_after_a_stop_and_all_do_after_a_pause(office: Office, stop: str) -> None:
    campaign = await office.released("Mulai", steps=(Step("Kedua", 3),))
    await office.run()
    office.clock.pass_by(days=3)
    await office.rounds.tend()  # the rows stand, none has been sent
    await getattr(office.desk, stop)(office.author, campaign.campaign_id)
    await later(office, hours=1)
    assert steps_sent(office) == []
    if stop == "pause":
        await office.desk.resume(office.author, campaign.campaign_id)
        await office.run()
        assert len(steps_sent(office)) == 10


async def test_a_series_ends_when_its_time_is_over(office: Office) -> None:
    campaign = await office.released("Mulai", steps=(Step("Kedua", 3),))
    await office.run()
    await later(office, days=3)
    assert (await office.progress(campaign)).campaign.status is CampaignStatus.RUNNING
    await later(office, days=14)
    await office.sender.delivery.send_due()
    assert (await office.progress(campaign)).campaign.status is CampaignStatus.FINISHED


async def test_the_series_is_approved_as_a_whole(office: Office) -> None:
    campaign = await office.approved("Mulai", steps=STEPS)
    await office.sender.run_dry()
    (review,) = [m for m in office.sender.messenger.sent if m.kind is Kind.CAMPAIGN_REVIEW]
    assert [(step["text"], step["after_days"]) for step in review.facts["steps"]] == [
        ("Hari ketiga, {nama}", 3),
        ("Seminggu", 4),
    ]
    changed = await office.desk.edit(office.author, campaign.campaign_id, Changes(steps=STEPS[:1]))
    assert (changed.status, changed.approved_by, changed.steps) == (CampaignStatus.DRAFT, None, STEPS[:1])
    async with office.unit_of_work() as uow:
        assert await uow.campaigns.get(campaign.campaign_id) == changed


async def test_every_step_is_checked_as_the_first_is(office: Office) -> None:
    letter = await Attachments(office.unit_of_work, office.clock).save(office.author, "se.pdf", b"%PDF-1.7")
    with pytest.raises(UnknownField):
        await office.draft(steps=(Step("{gaji}", 1),))
    with pytest.raises(CaptionTooLong):
        await office.draft(steps=(Step("x" * 1025, 1, attachment=letter),))
    for steps, fault, number in (
        ((Step("a", 1), Step("b", 0)), SeriesFault.WAIT, 3),
        ((Step("a", 91),), SeriesFault.WAIT, 2),
        ((Step("a", 1),) * 10, SeriesFault.TOO_MANY, 11),
    ):
        with pytest.raises(BadSeries) as refusal:
            await office.draft(steps=steps)
        assert (refusal.value.fault, refusal.value.number) == (fault, number)
    campaign = await office.draft(steps=(Step("Ini berkasnya", 1, attachment=letter),))
    async with office.unit_of_work() as uow:
        assert await uow.campaigns.get(campaign.campaign_id) == campaign


async def test_quiz_and_pulse_stand_under_the_last_step_and_the_sign_of_reading_under_the_first(office: Office) -> None:
    await office.released("Mulai", steps=STEPS, quiz=QUIZ, pulse="Siap?", needs_acknowledgement=True)
    await office.run()
    await later(office, days=3)
    await later(office, days=4)
    mine = [m.facts for m in office.sender.messenger.to(telegram_id(office.cast.sari)) if m.campaign_id is not None]
    shown = [(facts.get("asks"), facts.get("questions"), facts.get("pulse")) for facts in mine]
    assert shown == [(True, None, None), (None, None, None), (None, 1, True)]
    assert mine[1]["links"] == [{"title": "Panduan", "url": "https://contoh.example/p"}]


async def test_a_correction_changes_the_first_words_only_and_a_recall_takes_all(office: Office) -> None:
    campaign = await office.released("Mulai", steps=(Step("Kedua", 1),))
    await office.run()
    await later(office, days=1)
    corrections = CampaignCorrections(office.unit_of_work, office.clock)
    proposed, _ = await corrections.propose(office.author, campaign.campaign_id, "Mulai lagi")
    await corrections.judge(office.approver, campaign.campaign_id, proposed.version, is_approved=True)
    await office.run()
    edits = [m for m in office.sender.messenger.sent if m.kind is Kind.CAMPAIGN_CORRECTION]
    assert len(edits) == 10
    assert {m.facts["text"] for m in edits} == {"Mulai lagi"}
    await office.desk.recall(office.author, campaign.campaign_id)
    await office.run()
    assert sum(m.kind is Kind.CAMPAIGN_RECALL for m in office.sender.messenger.sent) == 20


async def test_the_report_counts_every_step(office: Office) -> None:
    campaign = await office.released("Mulai", steps=STEPS)
    await office.run()
    await later(office, days=3)
    reports = CampaignReports(office.unit_of_work, office.clock)
    steps = (await reports.report(office.author, campaign.campaign_id)).steps
    assert steps == (
        StepProgress(1, 10, 10, 0, 0, 0),
        StepProgress(2, 10, 10, 0, 0, 0),
        StepProgress(3, 0, 0, 0, 0, 0),
    )


async def test_a_trial_brings_every_step_at_once(office: Office) -> None:
    campaign = await office.draft("Mulai", steps=STEPS)
    assert await office.desk.test(office.author, campaign.campaign_id, [office.cast.dewi.nip]) == 1
    await office.sender.run_dry()
    sent = [m.facts for m in office.sender.messenger.sent if m.kind is Kind.CAMPAIGN_TEST]
    assert [(facts["text"], facts.get("after_days")) for facts in sent] == [
        ("Mulai", None),
        ("Hari ketiga, Dewi Anggraini", 3),
        ("Seminggu", 4),
    ]


async def test_the_impact_tells_when_the_last_step_is_over(office: Office) -> None:
    campaign = await office.draft("Mulai", steps=STEPS)
    _, impact = await office.desk.show(office.author, campaign.campaign_id)
    assert timedelta(days=7) <= impact.ends_at - NOW < timedelta(days=8)


async def test_whoever_opts_out_or_cannot_be_reached_gets_no_further_step(office: Office) -> None:
    cast = office.cast
    await office.released("Mulai", steps=(Step("Kedua", 1),))
    await office.run()
    async with office.unit_of_work() as uow:
        await uow.accounts.set_opted_out(telegram_id(cast.sari), office.clock.now())
        await uow.accounts.set_unreachable(telegram_id(cast.joko), office.clock.now())
        await uow.commit()
    await later(office, days=1)
    got = {m.telegram_id for m in steps_sent(office)}
    assert got == office.accounts(*cast.everybody) - office.accounts(cast.sari, cast.joko)
