"""How people feel about a campaign: a number once, words if they like, and nobody told apart in what HR sees."""

import pytest

from core.domain.campaigns import Campaign
from core.domain.errors import EmptyText, NothingToAnswer, TextTooLong
from core.domain.people import Person
from core.domain.pulses import PulseAnswer
from core.services.campaign_changes import Changes
from core.services.campaign_pulses import CampaignPulses
from core.services.campaign_reports import CampaignReports
from tests.factories import caller, telegram_id
from tests.services.campaign_office import Office

ASKED = "Bagaimana perasaan Anda tentang perubahan ini?"


@pytest.fixture
def pulses(office: Office) -> CampaignPulses:
    return CampaignPulses(office.unit_of_work, office.clock)


@pytest.fixture
async def running(office: Office) -> Campaign:
    campaign = await office.released("Jam kerja baru", pulse=ASKED)
    await office.run()
    return campaign


async def give(pulses: CampaignPulses, campaign: Campaign, value: int, *people: Person) -> None:
    for person in people:
        await pulses.answer(caller(person), campaign.campaign_id, value)


async def test_the_question_is_checked_saved_and_taken_away(office: Office) -> None:
    campaign = await office.draft(pulse=f"  {ASKED} ")
    assert campaign.pulse == ASKED
    async with office.unit_of_work() as uow:
        assert await uow.campaigns.get(campaign.campaign_id) == campaign
    with pytest.raises(TextTooLong):
        await office.desk.edit(office.author, campaign.campaign_id, Changes(pulse="x" * 301))
    assert (await office.desk.edit(office.author, campaign.campaign_id, Changes(pulse=""))).pulse is None


async def test_the_first_number_stands_and_words_are_kept_once(
    office: Office, pulses: CampaignPulses, running: Campaign
) -> None:
    sari, number = caller(office.cast.sari), running.campaign_id
    assert await pulses.open(sari, number) == (ASKED, None)
    assert not await pulses.comment(sari, number, "Belum ada angka")
    assert await pulses.answer(sari, number, 4) == PulseAnswer(4)
    assert await pulses.answer(sari, number, 1) == PulseAnswer(4)
    assert await pulses.comment(sari, number, "  Cukup jelas ")
    assert not await pulses.comment(sari, number, "Lagi")
    assert await pulses.open(sari, number) == (ASKED, PulseAnswer(4, "Cukup jelas"))
    with pytest.raises(EmptyText):
        await pulses.comment(sari, number, " ")
    with pytest.raises(TextTooLong):
        await pulses.comment(sari, number, "x" * 501)


async def test_a_number_out_of_range_and_somebody_who_never_got_it_are_refused(
    office: Office, pulses: CampaignPulses, running: Campaign
) -> None:
    for value in (0, 6):
        with pytest.raises(NothingToAnswer):
            await pulses.answer(caller(office.cast.sari), running.campaign_id, value)
    without = await office.released("Tanpa pertanyaan")
    other = await office.released("Lain", pulse=ASKED, audience="unit=DINKES")
    await office.run()
    for campaign in (without, other):
        with pytest.raises(NothingToAnswer):
            await pulses.answer(caller(office.cast.sari), campaign.campaign_id, 3)


async def test_hr_sees_nothing_but_a_count_below_five_answers(
    office: Office, pulses: CampaignPulses, running: Campaign
) -> None:
    cast, reports = office.cast, CampaignReports(office.unit_of_work, office.clock)
    await give(pulses, running, 2, cast.sari, cast.joko, cast.budi, cast.tono)
    await pulses.comment(caller(cast.sari), running.campaign_id, "Takut")
    few = (await reports.report(office.author, running.campaign_id)).pulse
    assert few is not None
    assert (few.question, few.answers, few.counts, few.average, few.units, few.comments) == (
        ASKED,
        4,
        None,
        None,
        (),
        (),
    )

    await give(pulses, running, 5, cast.ratna, cast.bambang, cast.lina, cast.dewi, cast.agus)
    many = (await reports.report(office.author, running.campaign_id)).pulse
    assert many is not None
    assert (many.answers, many.counts, many.comments) == (9, (0, 4, 0, 0, 5), ("Takut",))
    assert many.average == pytest.approx(33 / 9)
    # of nine answers five are Disdik's: shown beside the whole, they would tell of the other four
    assert [(row.unit.code, row.answers) for row in many.units] == [("PEMPROV", 9)]


async def test_whoever_erases_their_data_takes_what_they_felt_along(
    office: Office, pulses: CampaignPulses, running: Campaign
) -> None:
    cast = office.cast
    await give(pulses, running, 2, cast.sari, cast.joko)
    async with office.unit_of_work() as uow:
        await uow.personal_data.erase(cast.sari.person_id, telegram_id(cast.sari), office.clock.now())
        await uow.commit()
    async with office.unit_of_work() as uow:
        assert await uow.answers.pulse_counts(running.campaign_id) == {2: 1}
