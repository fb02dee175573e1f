"""Documents come in whole or not at all, and only what is new is embedded."""

from datetime import date

import pytest

from core.domain.errors import BadImport, UnknownSection
from core.domain.knowledge import Section
from core.domain.row_problems import Fault
from core.services.knowledge import ImportedDocument, Knowledge
from core.services.search.vectors import stored_vectors
from tests.fakes import CountingEmbedder, FakeDatabase, FixedClock
from tests.services import policy


@pytest.fixture
def embedder() -> CountingEmbedder:
    return CountingEmbedder()


@pytest.fixture
def knowledge(unit_of_work: FakeDatabase, clock: FixedClock, embedder: CountingEmbedder) -> Knowledge:
    return Knowledge(unit_of_work, clock, embedder)


async def test_an_import_tells_how_many_sections_each_document_has(
    knowledge: Knowledge, unit_of_work: FakeDatabase
) -> None:
    assert await knowledge.import_markdown([policy.LEAVE, policy.OFFICE]) == [
        ImportedDocument("uji-cuti", 2),
        ImportedDocument("uji-jabatan", 7),
    ]
    async with unit_of_work() as uow:
        assert len(await uow.knowledge.all()) == 9


async def test_one_bad_document_keeps_all_out_and_every_bad_line_is_named(
    knowledge: Knowledge, unit_of_work: FakeDatabase
) -> None:
    bad = ("rusak.md", "## Tanpa id\n\nteks\n")
    with pytest.raises(BadImport) as refused:
        await knowledge.import_markdown([policy.LEAVE, bad])
    async with unit_of_work() as uow:
        assert await uow.knowledge.all() == []
    assert {problem.file for problem in refused.value.problems} == {"rusak.md"}
    assert {problem.line for problem in refused.value.problems} == {1}


async def test_an_id_held_by_another_document_is_refused(knowledge: Knowledge) -> None:
    other = policy.document("uji-lain", "Lain", policy.ANNUAL)
    with pytest.raises(BadImport) as refused:
        await knowledge.import_markdown([policy.LEAVE, other])
    assert [(problem.fault, problem.facts) for problem in refused.value.problems] == [
        (Fault.ID_HELD, {"holder": policy.LEAVE[0]})
    ]
    await knowledge.import_markdown([policy.LEAVE])
    with pytest.raises(BadImport) as refused:
        await knowledge.import_markdown([other])
    assert [(problem.fault, problem.facts) for problem in refused.value.problems] == [
        (Fault.ID_HELD, {"holder": "uji-cuti"})
    ]


async def test_a_second_import_embeds_only_what_changed(knowledge: Knowledge, embedder: CountingEmbedder) -> None:
    await knowledge.import_markdown([policy.LEAVE])
    embedder.texts.clear()
    changed = policy.ANNUAL.replace("12 hari kerja", "14 hari kerja")
    await knowledge.import_markdown([policy.document("uji-cuti", "Cuti untuk uji", changed, policy.ANNUAL_PPPK)])
    assert embedder.texts == ["Cuti tahunan. PNS berhak atas 14 hari kerja cuti tahunan. Aturan Uji 1"]


async def test_every_import_changes_the_version(knowledge: Knowledge, unit_of_work: FakeDatabase) -> None:
    async with unit_of_work() as uow:
        before = await uow.knowledge.version()
    await knowledge.import_markdown([policy.LEAVE])
    async with unit_of_work() as uow:
        assert await uow.knowledge.version() != before


@pytest.mark.parametrize("unit_of_work", ["fake"], indirect=True)  # looks into the fake's records
async def test_an_import_is_audited_by_ids_only(knowledge: Knowledge, unit_of_work: FakeDatabase) -> None:
    await knowledge.import_markdown([policy.LEAVE])
    assert unit_of_work.records.audit == [
        ("knowledge_imported", "system", "knowledge", {"documents": ["uji-cuti"], "sections": 2})
    ]


async def test_vectors_are_saved_while_the_rest_is_still_being_made(
    unit_of_work: FakeDatabase, embedder: CountingEmbedder
) -> None:
    saved: list[int] = []
    async with unit_of_work() as uow:
        save = uow.knowledge.save_vectors

        async def remember(name: str, vectors: dict[str, tuple[str, bytes]]) -> None:
            saved.append(len(embedder.texts))
            await save(name, vectors)

        uow.knowledge.save_vectors = remember  # type: ignore[method-assign]
        texts = {f"x/{number}": f"teks {number}" for number in range(600)}
        vectors = await stored_vectors(uow, embedder, "queries", texts)
    assert len(vectors) == 600
    assert len(saved) > 1
    assert saved[0] < 600


async def test_a_check_noted_by_hand_outlives_an_import_of_the_same_text(
    knowledge: Knowledge, unit_of_work: FakeDatabase
) -> None:
    async def annual() -> Section:
        async with unit_of_work() as uow:
            section = await uow.knowledge.get("X01")
        assert section is not None
        return section

    await knowledge.import_markdown([policy.LEAVE])
    await knowledge.mark_checked(["X01"], "Rina", date(2027, 6, 30))
    await knowledge.import_markdown([policy.LEAVE])
    assert ((await annual()).checked_by, (await annual()).expires) == ("Rina", date(2027, 6, 30))
    changed = policy.ANNUAL.replace("12 hari kerja", "14 hari kerja")
    await knowledge.import_markdown([policy.document("uji-cuti", "Cuti untuk uji", changed)])
    assert ((await annual()).checked_by, (await annual()).expires) == (None, None)


async def test_nothing_is_marked_as_checked_if_one_section_is_unknown(
    knowledge: Knowledge, unit_of_work: FakeDatabase
) -> None:
    await knowledge.import_markdown([policy.LEAVE])
    with pytest.raises(UnknownSection):
        await knowledge.mark_checked(["X01", "X99"], "Rina", None)
    async with unit_of_work() as uow:
        assert {section.checked_by for section in await uow.knowledge.all()} == {None}


async def test_accepted_questions_are_found_at_once_and_those_there_are_left_out(
    knowledge: Knowledge, unit_of_work: FakeDatabase
) -> None:
    await knowledge.import_markdown([policy.LEAVE])
    assert await knowledge.add_questions({"X01": ["libur setahun brp", "jatah cuti tahunan"]}) == 1
    async with unit_of_work() as uow:
        sections = await uow.knowledge.all()
    assert sections[0].questions == ("berapa hari cuti tahunan pns?", "jatah cuti tahunan", "libur setahun brp")
    assert len(sections) == 2
    with pytest.raises(UnknownSection):
        await knowledge.add_questions({"X01": ["a"], "X99": ["b"]})


async def test_a_document_is_missing_until_its_facts_are_stored_whatever_was_accepted_since(
    knowledge: Knowledge,
) -> None:
    assert await knowledge.missing([policy.LEAVE, policy.OFFICE]) == [policy.LEAVE, policy.OFFICE]
    await knowledge.import_markdown([policy.LEAVE])
    await knowledge.add_questions({"X01": ["libur setahun brp"]})
    await knowledge.mark_checked(["X02"], "Rina", date(2027, 6, 30))
    assert await knowledge.missing([policy.LEAVE]) == []
    changed = policy.ANNUAL.replace("12 hari kerja", "14 hari kerja")
    other = policy.document("uji-cuti", "Cuti untuk uji", changed, policy.ANNUAL_PPPK)
    assert await knowledge.missing([other]) == [other]
