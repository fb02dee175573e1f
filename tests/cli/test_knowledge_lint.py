"""`rekan knowledge lint`: every weakness in words with its remedy, and an exit code for scripts."""

import json
from pathlib import Path

import pytest

from cli import knowledge_lint
from cli.knowledge_lint import WORDS, lint_knowledge, told, words
from core.domain.knowledge import parse_document
from core.services.knowledge_lint import Finding, Weakness
from core.services.search.held_out import Material
from tests.fakes import FakeEmbedder
from tests.services import policy

SECTION = parse_document(policy.LEAVE[1])[0]
FACTS = {
    "value": "rumor", "count": 1, "least": 5, "other": "X02", "closeness": 0.8, "question": "apa?", "asked": 8,
    "found": 2, "expires": SECTION.as_of,
}  # fmt: skip


@pytest.mark.parametrize("weakness", list(Weakness))
def test_every_weakness_has_words(weakness: Weakness) -> None:
    assert "{" not in words(Finding(SECTION, weakness, False, FACTS))
    assert ";" in WORDS[weakness]  # what is wrong; what to do


def test_the_exit_code_is_one_if_there_is_an_error_and_zero_if_there_are_remarks(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert told([Finding(SECTION, Weakness.NO_BASIS, False)], 1, as_json=False) == 0
    assert told([Finding(SECTION, Weakness.EXPIRED, True, FACTS)], 1, as_json=False) == 1
    assert "24-11-2026" in capsys.readouterr().out
    assert told([Finding(SECTION, Weakness.EXPIRED, True, FACTS)], 1, as_json=True) == 1
    assert json.loads(capsys.readouterr().out)[0]["expires"] == "2026-11-24"


def test_files_and_folders_are_read_without_a_running_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def material(sections):  # type: ignore[no-untyped-def]
        embedder = FakeEmbedder()
        questions = embedder.queries([q for section in sections for q in section.questions])
        return Material(sections, embedder.passages([s.text for s in sections]), questions, (), embedder.queries([]))

    monkeypatch.setattr(knowledge_lint, "read_material", material)
    (tmp_path / policy.LEAVE[0]).write_text(policy.LEAVE[1].replace("primary", "rumor"), encoding="utf-8")
    assert lint_knowledge([tmp_path], 2, as_json=False) == 1
    assert "rumor" in capsys.readouterr().out
    (tmp_path / policy.LEAVE[0]).write_text("# rusak", encoding="utf-8")
    assert lint_knowledge([tmp_path], 2, as_json=False) == 1
    assert "Masalah" in capsys.readouterr().out
    assert lint_knowledge([tmp_path / "tidak-ada.md"], 2, as_json=False) == 2
