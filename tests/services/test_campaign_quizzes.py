"""A quiz under a campaign: approved with it, one try counts, and HR sees who knew what."""

import pytest

from core.domain.campaign_results import QuestionResult, UnitQuiz
from core.domain.campaigns import Campaign, CampaignStatus
from core.domain.errors import BadQuiz, NothingToAnswer, NotHR
from core.domain.messages import Kind
from core.domain.people import Person
from core.domain.quizzes import Question
from core.services.campaign_changes import Changes
from core.services.campaign_quizzes import CampaignQuizzes
from core.services.campaign_reports import CampaignReports
from tests.factories import BKD, DISDIK, PEMPROV, caller
from tests.services.campaign_office import Office

QUIZ = (
    Question("Berlaku kapan?", ("1 Desember", "1 Januari"), 1, "Pasal 12."),
    Question("Bagi siapa?", ("PNS", "PPPK", "Semua"), 2),
)


@pytest.fixture
def quizzes(office: Office) -> CampaignQuizzes:
    return CampaignQuizzes(office.unit_of_work, office.clock)


@pytest.fixture
async def running(office: Office) -> Campaign:
    campaign = await office.released("Baca surat ini", quiz=QUIZ)
    await office.run()
    return campaign


async def answer(quizzes: CampaignQuizzes, person: Person, campaign: Campaign, *choices: int) -> None:
    for number, choice in enumerate(choices, 1):
        await quizzes.answer(caller(person), campaign.campaign_id, number, choice)


async def test_the_quiz_is_part_of_what_is_approved(office: Office) -> None:
    campaign = await office.approved(quiz=QUIZ)
    await office.sender.run_dry()
    (review,) = [m for m in office.sender.messenger.sent if m.kind is Kind.CAMPAIGN_REVIEW]
    assert [asked["text"] for asked in review.facts["quiz"]] == ["Berlaku kapan?", "Bagi siapa?"]
    changed = await office.desk.edit(office.author, campaign.campaign_id, Changes(quiz=QUIZ[:1]))
    assert (changed.status, changed.approved_by, changed.quiz) == (CampaignStatus.DRAFT, None, QUIZ[:1])
    async with office.unit_of_work() as uow:
        assert await uow.campaigns.get(campaign.campaign_id) == changed
    with pytest.raises(BadQuiz):
        await office.desk.edit(office.author, campaign.campaign_id, Changes(quiz=QUIZ * 3))
    assert (await office.desk.edit(office.author, campaign.campaign_id, Changes(quiz=()))).quiz == ()


async def test_every_message_offers_the_quiz(office: Office, running: Campaign) -> None:
    sent = [m for m in office.sender.messenger.sent if m.kind is Kind.CAMPAIGN]
    assert {m.facts["questions"] for m in sent} == {2}


async def test_one_try_counts_and_a_stop_in_between_loses_nothing(
    office: Office, quizzes: CampaignQuizzes, running: Campaign
) -> None:
    sari, number = caller(office.cast.sari), running.campaign_id
    assert (await quizzes.open(sari, number)).next == 1
    first = await quizzes.answer(sari, number, 1, 0)
    assert (first.choice, first.state.next, first.state.right) == (0, 2, 0)
    again = await quizzes.answer(sari, number, 1, 1)
    assert (again.choice, again.state.right) == (0, 0)
    later = CampaignQuizzes(office.unit_of_work, office.clock)
    assert (await later.open(sari, number)).next == 2
    last = await later.answer(sari, number, 2, 2)
    assert (last.state.next, last.state.right) == (None, 1)


async def test_nobody_answers_what_never_reached_them_what_is_no_question_or_what_was_taken_back(
    office: Office, quizzes: CampaignQuizzes
) -> None:
    sari, joko = caller(office.cast.sari), caller(office.cast.joko)
    campaign = await office.released(quiz=QUIZ, audience=f"nip={office.cast.sari.nip}")
    number = campaign.campaign_id
    with pytest.raises(NothingToAnswer):
        await quizzes.open(sari, number)  # still waiting to be sent
    await office.run()
    for who, about, asked, choice in (
        (joko, number, 1, 0),
        (sari, 99, 1, 0),
        (sari, number, 3, 0),
        (sari, number, 1, 2),
    ):
        with pytest.raises(NothingToAnswer):
            await quizzes.answer(who, about, asked, choice)
    without = await office.released("Tanpa kuis")
    await office.run()
    with pytest.raises(NothingToAnswer):
        await quizzes.open(sari, without.campaign_id)
    await office.desk.recall(office.author, number)
    with pytest.raises(NothingToAnswer):
        await quizzes.answer(sari, number, 1, 0)


async def test_hr_sees_what_was_known_by_question_score_unit_and_person(
    office: Office, quizzes: CampaignQuizzes, running: Campaign
) -> None:
    cast = office.cast
    await answer(quizzes, cast.sari, running, 1, 2)
    await answer(quizzes, cast.joko, running, 0, 2)
    await answer(quizzes, cast.dewi, running, 1)
    reports = CampaignReports(office.unit_of_work, office.clock)
    quiz = (await reports.report(office.author, running.campaign_id)).quiz
    assert quiz is not None
    assert quiz.questions[0] == QuestionResult(1, "Berlaku kapan?", ("1 Desember", "1 Januari"), 1, (1, 2))
    assert (quiz.questions[0].answers, quiz.questions[0].answers_right) == (3, 2)
    assert quiz.questions[1].choices == (0, 0, 2)
    assert (quiz.began, quiz.finished, quiz.scores) == (3, 2, (0, 1, 1))
    assert list(quiz.units) == [
        UnitQuiz(BKD, 1, 0, 1, 1),
        UnitQuiz(DISDIK, 2, 2, 4, 3),
        UnitQuiz(PEMPROV, 3, 2, 5, 4),
    ]
    people = await reports.quiz_people(office.author, running.campaign_id)
    assert [(row.person.name, row.answers, row.answers_right) for row in people] == [
        (cast.dewi.name, 1, 1),
        (cast.joko.name, 2, 1),
        (cast.sari.name, 2, 2),
    ]
    with pytest.raises(NotHR):
        await reports.quiz_people(caller(cast.sari), running.campaign_id)


async def test_a_campaign_without_a_quiz_reports_none(office: Office) -> None:
    campaign = await office.released()
    reports = CampaignReports(office.unit_of_work, office.clock)
    assert (await reports.report(office.author, campaign.campaign_id)).quiz is None
