"""Policy sections, their vectors, and the version by which readers see a change."""

import asyncio
from datetime import date
from typing import Any

import pytest

from core.domain.errors import BadImport
from core.domain.kept_questions import KeptKind
from core.domain.knowledge import Section
from core.ports import UnitOfWorkFactory
from tests.factories import NOW, add_sessions, session


def section(section_id: str, document_id: str = "cuti", **other: Any) -> Section:
    return Section(section_id, document_id, f"Dokumen {document_id}", date(2026, 11, 1), "Judul", "Isi", **other)


FULL = section(
    "L01",
    basis="PP 11/2017 Ps 310",
    source="jdih",
    verification="primary",
    note="PNS saja",
    questions=("berapa hari cuti?", "cuti tahunan"),
    expires=date(2027, 6, 30),
    checked_by="Rina",
    checked_at=date(2026, 11, 1),
)


async def replace(unit_of_work: UnitOfWorkFactory, document_id: str, *sections: Section) -> None:
    async with unit_of_work() as uow:
        await uow.knowledge.replace_document(document_id, sections)
        await uow.commit()


async def version(unit_of_work: UnitOfWorkFactory) -> str:
    async with unit_of_work() as uow:
        return await uow.knowledge.version()


async def test_sections_come_back_as_written_in_the_order_of_the_document(unit_of_work: UnitOfWorkFactory) -> None:
    second = section("L00")
    await replace(unit_of_work, "cuti", FULL, second)
    await replace(unit_of_work, "asn", section("A01", "asn"))
    async with unit_of_work() as uow:
        assert await uow.knowledge.all() == [section("A01", "asn"), FULL, second]
        assert await uow.knowledge.get("L01") == FULL
        assert await uow.knowledge.get("X99") is None


async def test_a_document_stands_as_it_was_last_imported(unit_of_work: UnitOfWorkFactory) -> None:
    await replace(unit_of_work, "cuti", FULL, section("L02"))
    await replace(unit_of_work, "cuti", section("L03"), section("L02", note="baru"))
    async with unit_of_work() as uow:
        assert [(s.section_id, s.note) for s in await uow.knowledge.all()] == [("L03", None), ("L02", "baru")]
    await replace(unit_of_work, "cuti")
    async with unit_of_work() as uow:
        assert await uow.knowledge.all() == []


async def test_an_id_of_another_document_is_refused_and_named(unit_of_work: UnitOfWorkFactory) -> None:
    await replace(unit_of_work, "cuti", FULL, section("L02"))
    with pytest.raises(BadImport) as refused:
        await replace(unit_of_work, "lain", section("Z01", "lain"), section("L02", "lain"), section("L01", "lain"))
    assert [problem.column for problem in refused.value.problems] == ["L01", "L02"]
    async with unit_of_work() as uow:
        assert len(await uow.knowledge.all()) == 2


async def test_the_version_changes_with_knowledge_and_catalogue_and_with_nothing_else(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    versions = [await version(unit_of_work)]
    await replace(unit_of_work, "cuti", FULL)
    versions.append(await version(unit_of_work))
    await add_sessions(unit_of_work)
    versions.append(await version(unit_of_work))
    await add_sessions(unit_of_work, session())
    versions.append(await version(unit_of_work))
    await replace(unit_of_work, "cuti")
    versions.append(await version(unit_of_work))
    assert len(set(versions)) == len(versions)

    async with unit_of_work() as uow:
        await uow.knowledge.record_unanswered(KeptKind.REFUSED, "?", "ask_policy", NOW)
        await uow.knowledge.replace_document("cuti", [FULL])  # never committed
    assert await version(unit_of_work) == versions[-1]


async def test_imports_at_once_queue_up(unit_of_work: UnitOfWorkFactory) -> None:
    async with asyncio.TaskGroup() as tasks:
        for number in range(8):
            tasks.create_task(replace(unit_of_work, "cuti", section("L01", note=str(number)), section("L02")))
    async with unit_of_work() as uow:
        assert len(await uow.knowledge.all()) == 2
    assert await version(unit_of_work) == "8"


async def test_vectors_are_kept_for_each_embedder_and_replaced_by_key(unit_of_work: UnitOfWorkFactory) -> None:
    async with unit_of_work() as uow:
        await uow.knowledge.save_vectors("one", {"L01": ("hash", b"\x00\x01"), "L02": ("hash", b"\x02")})
        await uow.knowledge.save_vectors("two", {"L01": ("hash", b"\x03")})
        await uow.knowledge.save_vectors("one", {"L02": ("new", b"\x04"), "L03": ("hash", b"\x05")})
        await uow.knowledge.save_vectors("one", {})
        await uow.commit()
    async with unit_of_work() as uow:
        assert await uow.knowledge.vectors("one") == {
            "L01": ("hash", b"\x00\x01"),
            "L02": ("new", b"\x04"),
            "L03": ("hash", b"\x05"),
        }
        assert await uow.knowledge.vectors("two") == {"L01": ("hash", b"\x03")}
        assert await uow.knowledge.vectors("three") == {}
        assert (await uow.knowledge.vectors("one", "L0")).keys() == {"L01", "L02", "L03"}
        assert (await uow.knowledge.vectors("one", "L02")).keys() == {"L02"}
        assert await uow.knowledge.vectors("one", "%") == {}


async def test_two_processes_that_save_the_same_vectors_do_not_wait_for_each_other_in_a_circle(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    made = {f"key {number}": ("hash", b"v") for number in range(200)}

    async def save(vectors: dict[str, tuple[str, bytes]]) -> None:
        async with unit_of_work() as uow:
            await uow.knowledge.save_vectors("one", vectors)
            await uow.commit()

    await asyncio.gather(*(save(dict(reversed(made.items())) if turn % 2 else made) for turn in range(6)))
    async with unit_of_work() as uow:
        assert len(await uow.knowledge.vectors("one")) == 200
