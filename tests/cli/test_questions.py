"""`rekan questions`: suggestions in files for a person, and only what the person left in them is taken over."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from cli import questions as command
from cli.suggestions import INTENTS_FILE, OPEN, SECTIONS_FILE, BadSuggestions, add_examples, read_markdown, read_yaml
from core.bootstrap import wire
from core.domain.kept_questions import KeptKind
from tests.factories import NOW
from tests.fakes import FakeDatabase, FakeEmbedder, FixedClock
from tests.services import policy

REFUSED = ("jatah cuti tahunan pppk brp", "cuti tahunan pppk jatahnya", "resep rendang …")
UNCLEAR = ("daptar klas dong", "daptar kls")


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FakeDatabase:
    database = FakeDatabase()
    services = wire(database, FixedClock(NOW), FakeEmbedder())

    async def fill() -> None:
        await services.knowledge.import_markdown([policy.LEAVE, policy.OFFICE])
        async with services.unit_of_work() as uow:
            for text in REFUSED:
                await uow.knowledge.record_unanswered(KeptKind.REFUSED, text, "ask_policy", NOW)
            for text in UNCLEAR:
                await uow.knowledge.record_unanswered(KeptKind.UNCLEAR, text, "enroll_training", NOW)
            await uow.commit()

    asyncio.run(fill())

    def run(work: Any) -> Any:
        return asyncio.run(work(wire(database, FixedClock(NOW), FakeEmbedder())))

    monkeypatch.setattr(command, "with_services", run)
    monkeypatch.setattr(command, "ROOT", tmp_path)
    monkeypatch.setattr(command, "FROM_USE", tmp_path / "intents" / "from_use.yml")
    (tmp_path / "intents").mkdir()
    return database


def texts(database: FakeDatabase) -> list[str]:
    return [kept.text for kept in database.records.unanswered]


def test_suggestions_are_shown_with_how_often_and_for_what(
    database: FakeDatabase, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.show(90, 1, None, as_json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert {one["kind"] for one in told} == {"refused", "unclear"}
    assert any(one["section"] == "X02" for one in told)
    assert command.show(90, 1, None, as_json=False) == 0
    assert "maksud enroll_training" in capsys.readouterr().out


def test_files_are_written_in_the_forms_that_are_accepted(database: FakeDatabase, tmp_path: Path) -> None:
    assert command.show(90, 1, tmp_path / "usulan", as_json=False) == 0
    examples = read_yaml((tmp_path / "usulan" / INTENTS_FILE).read_text(encoding="utf-8"))
    assert set(examples["enroll_training"]) == set(UNCLEAR)
    assert "## X02 · Cuti tahunan PPPK" in (tmp_path / "usulan" / SECTIONS_FILE).read_text(encoding="utf-8")
    assert len(texts(database)) == 5  # writing accepts nothing


def test_accepted_examples_are_training_data_once_and_are_not_suggested_again(
    database: FakeDatabase, tmp_path: Path
) -> None:
    file = tmp_path / "periksa.yml"
    file.write_text("nlu:\n  - intent: enroll_training\n    examples: |\n      - daptar klas dong\n", encoding="utf-8")
    assert command.accept(file) == 0
    assert command.accept(file) == 0
    (item,) = yaml.safe_load(command.FROM_USE.read_text(encoding="utf-8"))["nlu"]
    assert (item["intent"], item["examples"]) == ("enroll_training", "- daptar klas dong\n")
    assert "daptar klas dong" not in texts(database)
    assert "daptar kls" in texts(database)


def test_accepted_questions_belong_to_their_section_at_once(database: FakeDatabase, tmp_path: Path) -> None:
    file = tmp_path / "periksa.md"
    file.write_text(f"## X02 · Cuti\n\n3 kali\n\n- questions: {REFUSED[0]} | {REFUSED[1]}\n", encoding="utf-8")
    assert command.accept(file) == 0
    assert set(REFUSED[:2]) <= set(database.records.sections["X02"].questions)
    assert texts(database) == [REFUSED[2], *UNCLEAR]


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.yml", "nlu:\n  - intent: terbang\n    examples: |\n      - mau terbang\n", "terbang"),
        ("a.yml", "nlu:\n  - intent: greet\n    examples: |\n      - halo …\n", "…"),
        ("a.yml", "bukan: ini", "YAML"),
        ("a.yml", "nlu: [", "YAML"),
        ("a.md", f"## {OPEN} · belum ada\n\n- questions: apa?\n", "apa?"),
        ("a.md", "## X02 · Cuti\n\n- questions: cuti …\n", "…"),
        ("a.md", "kosong", "questions"),
    ],
)
def test_what_was_not_looked_over_is_refused_and_nothing_is_taken(
    database: FakeDatabase, tmp_path: Path, name: str, content: str, problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert command.accept(tmp_path / name) == 1
    assert problem in capsys.readouterr().out
    assert not command.FROM_USE.exists()
    assert len(texts(database)) == 5


def test_an_unknown_section_is_named(
    database: FakeDatabase, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.md").write_text("## X99 · Tidak ada\n\n- questions: apa?\n", encoding="utf-8")
    assert command.accept(tmp_path / "a.md") == 1
    assert "X99" in capsys.readouterr().err


def test_an_example_that_any_training_file_has_is_not_added(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("nlu:\n  - intent: greet\n    examples: |\n      - Halo!\n", encoding="utf-8")
    assert add_examples(tmp_path / "from_use.yml", {"greet": ["halo!", "[selamat] pagi"]}) == 1
    assert "- selamat pagi" in (tmp_path / "from_use.yml").read_text(encoding="utf-8")


def test_a_file_of_questions_without_a_section_is_refused() -> None:
    with pytest.raises(BadSuggestions):
        read_markdown("- questions: apa?")
