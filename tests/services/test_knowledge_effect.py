"""What new text changes is known before it goes live, and looking at it changes nothing."""

import pytest

from core.domain.knowledge import Section, parse_document
from core.ports import UnitOfWorkFactory
from core.services.knowledge import Knowledge
from core.services.knowledge_effect import KnowledgeEffect, KnownQuestion
from tests.fakes import FakeEmbedder, FixedClock
from tests.services import policy

MOON = policy.section(
    "X20",
    "Magang luar angkasa",
    "Uang saku magang luar angkasa 100 bintang.",
    "berapa uang saku magang luar angkasa?",
    "uang saku magang antariksa",
)
ASKED = [
    KnownQuestion("berapa uang saku magang luar angkasa ya?", frozenset({"X20"})),
    KnownQuestion("apa itu ppk, siapa?", frozenset({"X04"})),
    KnownQuestion("harga cabai di pasar", frozenset()),
]


@pytest.fixture
async def effect(unit_of_work: UnitOfWorkFactory, clock: FixedClock) -> KnowledgeEffect:
    knowledge = Knowledge(unit_of_work, clock, FakeEmbedder())
    await knowledge.import_markdown([policy.LEAVE, policy.OFFICE])
    return KnowledgeEffect(unit_of_work, FakeEmbedder(), threshold=0.3)


def parsed(*sections: str, document_id: str = "uji-baru") -> list[Section]:
    return parse_document(policy.document(document_id, "Baru", *sections)[1])


async def test_a_question_the_new_text_answers_is_newly_right(effect: KnowledgeEffect) -> None:
    found = await effect.of(parsed(MOON), ASKED)
    assert ASKED[0].text in [change.question for change in found.newly_right]
    change = next(change for change in found.newly_right if change.question == ASKED[0].text)
    assert change.before.sections == ()
    assert [section.section_id for section in change.after.sections][:1] == ["X20"]
    assert found.own_asked == 2


async def test_a_section_taken_away_makes_its_questions_newly_wrong(effect: KnowledgeEffect) -> None:
    found = await effect.of(parsed(policy.GRADE, document_id="uji-jabatan"), ASKED)
    assert ASKED[1].text in [change.question for change in found.newly_wrong]
    assert found.after["policy_top1"] < found.before["policy_top1"]


async def test_the_same_text_again_changes_nothing(effect: KnowledgeEffect) -> None:
    found = await effect.of(parse_document(policy.LEAVE[1]), ASKED)
    assert found.before == found.after
    assert found.newly_right == found.newly_wrong == ()
    assert found.asked > 250  # those known to have no answer are asked, too


async def test_looking_saves_nothing(effect: KnowledgeEffect, unit_of_work: UnitOfWorkFactory) -> None:
    async with unit_of_work() as uow:
        before = await uow.knowledge.version()
    await effect.of(parsed(MOON))
    async with unit_of_work() as uow:
        assert await uow.knowledge.version() == before
        assert await uow.knowledge.get("X20") is None


async def test_text_for_an_empty_knowledge_base_can_be_looked_at(unit_of_work: UnitOfWorkFactory) -> None:
    found = await KnowledgeEffect(unit_of_work, FakeEmbedder()).of(parsed(MOON))
    assert found.before["policy_top1"] is None
    assert found.own_asked == 2
