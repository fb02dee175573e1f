"""`rekan knowledge` as it speaks to the person at the keyboard."""

import asyncio
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cli import knowledge
from core.bootstrap import wire
from core.domain.errors import UnknownSection
from core.domain.knowledge import parse_document
from tests.factories import NOW
from tests.fakes import FakeDatabase, FakeEmbedder, FixedClock
from tests.services import policy


class Services:
    """Stands in for the wired services: records what was asked, refuses what it was told to."""

    def __init__(self) -> None:
        self.knowledge = self
        self.clock = FixedClock(NOW)
        self.refusal: Exception | None = None
        self.checked: list[tuple[Sequence[str], str, date | None]] = []

    async def mark_checked(self, section_ids: Sequence[str], by: str, expires: date | None) -> None:
        if self.refusal:
            raise self.refusal
        self.checked.append((section_ids, by, expires))


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Services:
    made = Services()

    def run(work: Any) -> Any:
        return asyncio.run(work(made))

    monkeypatch.setattr(knowledge, "with_services", run)
    return made


def test_a_check_is_noted_once_for_each_section_with_who_and_until_when(
    services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    assert knowledge.mark_checked(["g01", "G02", "G01"], "  Rina,  BKD ", date(2027, 6, 30)) == 0
    assert services.checked == [(["G01", "G02"], "Rina, BKD", date(2027, 6, 30))]
    assert "30-06-2027" in capsys.readouterr().out


def test_a_last_day_that_is_over_is_refused(services: Services, capsys: pytest.CaptureFixture[str]) -> None:
    assert knowledge.mark_checked(["G01"], "Rina", date(2026, 11, 23)) == 1
    assert "--until" in capsys.readouterr().err
    assert services.checked == []


def test_a_check_by_nobody_is_refused(services: Services, capsys: pytest.CaptureFixture[str]) -> None:
    assert knowledge.mark_checked(["G01"], "  ", None) == 2
    assert "--by" in capsys.readouterr().err
    assert services.checked == []


def test_a_section_that_does_not_exist_is_named(services: Services, capsys: pytest.CaptureFixture[str]) -> None:
    services.refusal = UnknownSection("G99")
    assert knowledge.mark_checked(["G99"], "Rina", None) == 1
    assert "G99" in capsys.readouterr().err


@pytest.fixture
def stored(monkeypatch: pytest.MonkeyPatch) -> FakeDatabase:
    database = FakeDatabase()

    def run(work: Any) -> Any:
        return asyncio.run(work(wire(database, FixedClock(NOW), FakeEmbedder())))

    monkeypatch.setattr(knowledge, "with_services", run)
    return database


def fill(*documents: tuple[str, str]) -> None:
    knowledge.with_services(lambda services: services.knowledge.import_markdown(documents))


def test_documents_are_listed_with_when_something_of_them_expires(
    stored: FakeDatabase, capsys: pytest.CaptureFixture[str]
) -> None:
    assert knowledge.show_documents(as_json=False) == 0
    assert "rekan knowledge import" in capsys.readouterr().out
    fill(policy.LEAVE, policy.OFFICE)
    knowledge.mark_checked(["X02"], "Rina", date(2027, 6, 30))
    capsys.readouterr()
    assert knowledge.show_documents(as_json=True) == 0
    first, second = json.loads(capsys.readouterr().out)
    assert (first["document"], first["sections"], first["expires"], first["checked_at"]) == (
        "uji-cuti",
        2,
        "2027-06-30",
        None,
    )
    assert second["expires"] is None
    assert knowledge.show_documents(as_json=False) == 0
    assert "uji-jabatan" in capsys.readouterr().out


def test_what_is_exported_is_what_is_answered_from_and_can_be_imported_again(
    stored: FakeDatabase, tmp_path: Path
) -> None:
    fill(policy.LEAVE)
    knowledge.mark_checked(["X02"], "Rina", date(2027, 6, 30))
    assert knowledge.export_documents(tmp_path / "out") == 0
    sections = parse_document((tmp_path / "out" / "uji-cuti.md").read_text(encoding="utf-8"))
    assert sections == list(stored.records.sections.values())
    assert sections[1].checked_by == "Rina"
