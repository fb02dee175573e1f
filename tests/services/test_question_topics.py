"""What staff ask about is counted without their names, and compared on both sides of a campaign's release."""

from datetime import timedelta

import pytest

from core.domain.errors import NotAllowedInState, NotHR, UnknownCampaign
from core.domain.people import Caller
from core.domain.question_topics import LONGEST_WINDOW, TopicComparison, windows
from core.services.knowledge import Knowledge
from core.services.question_topics import QuestionTopics
from core.services.questions import Questions
from tests.factories import NOW, caller
from tests.fakes import FakeEmbedder
from tests.services import policy
from tests.services.campaign_office import Office

ASKER = Caller(4711)


@pytest.fixture
def topics(office: Office) -> QuestionTopics:
    return QuestionTopics(office.unit_of_work, office.clock)


@pytest.fixture
async def questions(office: Office) -> Questions:
    await Knowledge(office.unit_of_work, office.clock, FakeEmbedder()).import_markdown([policy.LEAVE, policy.OFFICE])
    return Questions(office.unit_of_work, office.clock, FakeEmbedder(), threshold=0.3)


def counts(found: TopicComparison) -> dict[str, tuple[int, int]]:
    return {row.section_id or row.intent or "none": (row.before, row.after) for row in found.changes}


async def test_topics_are_compared_in_two_windows_of_the_same_length(
    office: Office, topics: QuestionTopics, questions: Questions
) -> None:
    await questions.answer(ASKER, "ppk siapa")
    await topics.asked("learning_hours")
    office.clock.pass_by(hours=24)
    campaign = await office.released("PPK yang baru")
    for _ in range(3):
        await questions.answer(ASKER, "ppk siapa")
    await questions.answer(ASKER, "xyzzy")
    office.clock.pass_by(hours=23)
    found = await topics.around(office.author, campaign.campaign_id)
    assert counts(found) == {"X04": (1, 3), "learning_hours": (1, 0), "none": (0, 1)}
    assert found.changes[0].section_id == "X04"
    assert found.changes[0].document
    assert (found.before, found.after, found.is_whole) == (2, 4, True)
    assert found.released_at == NOW + timedelta(days=1)


async def test_what_was_asked_long_before_does_not_count(
    office: Office, topics: QuestionTopics, questions: Questions
) -> None:
    await questions.answer(ASKER, "ppk siapa")
    office.clock.pass_by(days=3)
    campaign = await office.released()
    office.clock.pass_by(days=1)
    assert (await topics.around(None, campaign.campaign_id)).changes == ()


async def test_a_count_that_began_too_late_says_so(office: Office, topics: QuestionTopics) -> None:
    campaign = await office.released()
    await topics.asked("learning_hours")
    office.clock.pass_by(days=1)
    found = await topics.around(None, campaign.campaign_id)
    assert (counts(found), found.is_whole) == ({"learning_hours": (0, 1)}, False)


async def test_greetings_and_terminals_are_no_topics(
    office: Office, topics: QuestionTopics, questions: Questions
) -> None:
    for intent in ("greet", "affirm", "ask_policy", "", "no_such_intent"):
        await topics.asked(intent)
    await questions.answer(Caller(), "ppk siapa")
    async with office.unit_of_work() as uow:
        assert await uow.knowledge.first_topic_hour() is None


async def test_only_hr_compares_and_only_what_was_released(office: Office, topics: QuestionTopics) -> None:
    draft = await office.draft()
    with pytest.raises(NotAllowedInState):
        await topics.around(office.author, draft.campaign_id)
    with pytest.raises(UnknownCampaign):
        await topics.around(None, 4711)
    with pytest.raises(NotHR):
        await topics.around(caller(office.cast.sari), draft.campaign_id)
    async with office.unit_of_work() as uow:
        trail = await uow.audit.of_subject(f"person:{office.cast.sari.person_id}")
    assert trail[-1][0] == "campaign_report_refused"


def test_the_windows_grow_to_two_weeks_and_no_further() -> None:
    begin, middle, end = windows(NOW + timedelta(minutes=20), NOW + timedelta(minutes=30))
    assert (middle, end - middle, middle - begin) == (NOW, timedelta(hours=1), timedelta(hours=1))
    begin, middle, end = windows(NOW, NOW + timedelta(days=90))
    assert end - middle == middle - begin == LONGEST_WINDOW
