"""What staff asked in vain comes back as groups with a suggestion, and goes when a person has dealt with it."""

from datetime import timedelta

import numpy as np
import pytest

from core.domain.kept_questions import KeptKind
from core.ports import UnitOfWorkFactory
from core.services.kept_questions import KeptQuestions, together
from core.services.knowledge import Knowledge
from tests.factories import NOW
from tests.fakes import FakeEmbedder, FixedClock
from tests.services import policy


@pytest.fixture
async def kept(unit_of_work: UnitOfWorkFactory, clock: FixedClock) -> KeptQuestions:
    await Knowledge(unit_of_work, clock, FakeEmbedder()).import_markdown([policy.LEAVE, policy.OFFICE])
    return KeptQuestions(unit_of_work, clock, FakeEmbedder())


async def ask(
    unit_of_work: UnitOfWorkFactory, *texts: str, kind: KeptKind = KeptKind.REFUSED, intent: str = ""
) -> None:
    async with unit_of_work() as uow:
        for text in texts:
            await uow.knowledge.record_unanswered(kind, text, intent, NOW)
        await uow.commit()


async def test_the_same_wording_is_one_text_and_counts_as_often_as_it_was_asked(
    kept: KeptQuestions, unit_of_work: UnitOfWorkFactory
) -> None:
    await ask(unit_of_work, "Jatah cuti tahunan pppk berapa", "jatah cuti tahunan PPPK berapa", "harga cabai di pasar")
    first, *others = await kept.groups()
    assert (first.texts, first.count) == (("Jatah cuti tahunan pppk berapa",), 2)
    assert first.section is not None
    assert first.section.section_id == "X02"
    assert [one.count for one in others] == [1]
    assert [one.count for one in await kept.groups(least=2)] == [2]


async def test_words_not_understood_stand_apart_with_what_they_were_taken_for(
    kept: KeptQuestions, unit_of_work: UnitOfWorkFactory
) -> None:
    await ask(unit_of_work, "daptar klas dong", kind=KeptKind.UNCLEAR, intent="enroll_training")
    await ask(unit_of_work, "daptar klas dong")
    kinds = {one.kind: one.intent for one in await kept.groups()}
    assert kinds == {KeptKind.UNCLEAR: "enroll_training", KeptKind.REFUSED: ""}


async def test_what_was_dealt_with_or_is_old_is_gone(
    kept: KeptQuestions, unit_of_work: UnitOfWorkFactory, clock: FixedClock
) -> None:
    await ask(unit_of_work, "jatah cuti tahunan pppk", "harga cabai di pasar")
    first = (await kept.groups())[0]
    await kept.forget_texts([first.texts[0].upper()])
    (left,) = await kept.groups()
    assert left.question_ids != first.question_ids
    clock.pass_by(days=100)
    assert await kept.groups(timedelta(days=90)) == []
    assert await kept.forget_old() == 0
    clock.pass_by(days=100)
    assert await kept.forget_old() == 1


async def test_nothing_asked_in_vain_gives_no_group(kept: KeptQuestions) -> None:
    assert await kept.groups() == []


def test_each_joins_the_group_it_is_closest_to_or_begins_one() -> None:
    near = np.array([[1, 0.9, 0, 0.1], [0.9, 1, 0, 0.2], [0, 0, 1, 0.8], [0.1, 0.2, 0.8, 1]], dtype=np.float32)
    assert together(near) == [[0, 1], [2, 3]]
    assert together(np.zeros((0, 0), dtype=np.float32)) == []
