"""`rekan knowledge` as it speaks to the person at the keyboard."""

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from cli import knowledge
from core.domain.errors import UnknownSection


class Services:
    """Stands in for the wired services: records what was asked, refuses what it was told to."""

    def __init__(self) -> None:
        self.knowledge = self
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


def test_a_check_by_nobody_is_refused(services: Services, capsys: pytest.CaptureFixture[str]) -> None:
    assert knowledge.mark_checked(["G01"], "  ", None) == 2
    assert "--by" in capsys.readouterr().err
    assert services.checked == []


def test_a_section_that_does_not_exist_is_named(services: Services, capsys: pytest.CaptureFixture[str]) -> None:
    services.refusal = UnknownSection("G99")
    assert knowledge.mark_checked(["G99"], "Rina", None) == 1
    assert "G99" in capsys.readouterr().err
