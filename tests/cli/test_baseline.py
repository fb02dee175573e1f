"""The baseline: numbers only, and a real drop really fails."""

import json
from pathlib import Path

import pytest

from cli import baseline as command
from cli.evaluation import baseline
from cli.evaluation.baseline import CROSS_VALIDATION, TO_REACH, drops, read, write
from cli.evaluation.measures import SHARES

GOOD = {name: aim for name, aim in TO_REACH.items() if name != "entity_accuracy"}


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "baseline.json"
    monkeypatch.setattr(baseline, "FILE", file)
    return file


def measured(monkeypatch: pytest.MonkeyPatch, **changed: float) -> None:
    monkeypatch.setattr(command, "cross_validated", lambda: {**GOOD, **changed})


def test_the_committed_baseline_holds_numbers_under_the_names_of_the_measures_and_nothing_else() -> None:
    committed = json.loads(baseline.FILE.read_text(encoding="utf-8"))
    assert CROSS_VALIDATION in committed
    for numbers in committed.values():
        assert numbers.keys() <= set(SHARES)
        assert all(isinstance(value, float) and 0 <= value <= 1 for value in numbers.values())


def test_cross_validation_is_held_to_every_number_it_measures() -> None:
    assert read(baseline.FILE)[CROSS_VALIDATION].keys() == GOOD.keys()


@pytest.mark.parametrize(
    ("changed", "fallen"),
    [
        ({}, []),
        ({"policy_top1": GOOD["policy_top1"] - 0.02}, []),
        ({"policy_top1": GOOD["policy_top1"] - 0.021}, ["policy_top1"]),
        ({"policy_top1": 1.0}, []),
        ({"false_fallback": GOOD["false_fallback"] + 0.02}, []),
        ({"false_fallback": GOOD["false_fallback"] + 0.021}, ["false_fallback"]),
        ({"policy_confidently_wrong": 0.0}, []),
        ({"intent_accuracy": None}, ["intent_accuracy"]),
    ],
)
def test_only_more_than_two_points_to_the_worse_is_a_drop(changed: dict[str, float], fallen: list[str]) -> None:
    known = {CROSS_VALIDATION: dict(GOOD)}
    assert [drop.measure for drop in drops(CROSS_VALIDATION, known, {**GOOD, **changed})] == fallen


def test_a_set_without_a_baseline_has_nothing_to_fall_below() -> None:
    assert drops("dev", {CROSS_VALIDATION: dict(GOOD)}, {"policy_top1": 0.0}) == []


def test_a_drop_ends_with_exit_code_one_and_its_name(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    measured(monkeypatch)
    write({CROSS_VALIDATION: GOOD}, file)
    assert command.check(None, write=False) == 0
    measured(monkeypatch, policy_top1=0.5)
    assert command.check(None, write=False) == 1
    told = capsys.readouterr().out
    assert "TURUN: policy_top1" in told
    assert "TURUN: policy_top3" not in told


def test_a_drop_on_a_set_fails_too(
    file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    measured(monkeypatch)
    write({CROSS_VALIDATION: GOOD, "dev": {"intent_accuracy": 0.97}}, file)
    monkeypatch.setattr(command, "of_set", lambda _: {"intent_accuracy": 0.9})
    assert command.check(tmp_path / "dev.jsonl", write=False) == 1
    assert "dev" in capsys.readouterr().out


def test_writing_keeps_the_parts_that_were_not_measured(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write({"dev": {"intent_accuracy": 0.97, "latency_p95_ms": 140.0}}, file)
    measured(monkeypatch)
    monkeypatch.setattr(command, "ROOT", file.parent)
    assert command.check(None, write=True) == 0
    assert read(file)["dev"] == {"intent_accuracy": 0.97}
    assert read(file)[CROSS_VALIDATION] == pytest.approx(GOOD)


def test_no_baseline_yet_is_no_drop(tmp_path: Path) -> None:
    assert read(tmp_path / "none.json") == {}
