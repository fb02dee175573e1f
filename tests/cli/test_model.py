"""The model is trained once for each content, and an interrupted training leaves nothing."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from cli.model import TrainingFailed, model_key, model_path, prune, remove_leftovers, train
from cli.processes import Guardian
from tests.cli.conftest import until

RASA_STUB = """
import pathlib, sys, time
out = pathlib.Path(sys.argv[sys.argv.index("--out") + 1])
name = sys.argv[sys.argv.index("--fixed-model-name") + 1]
(out / "half").write_text("half")
{act}
(out / (name + ".tar.gz")).write_text("model")
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("config.yml", "domain.yml", "nlu/requirements.txt", "nlu/data/intents/a.yml", "nlu/components/b.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    return tmp_path


@pytest.mark.parametrize(
    "name", ["config.yml", "domain.yml", "nlu/requirements.txt", "nlu/data/intents/a.yml", "nlu/components/b.py"]
)
def test_any_ingredient_changes_the_key(project: Path, name: str) -> None:
    before = model_key(project)
    (project / name).write_text("changed")
    assert model_key(project) != before


def test_a_renamed_file_changes_the_key_and_a_new_date_does_not(project: Path) -> None:
    before = model_key(project)
    os.utime(project / "config.yml", (1, 1))
    for name in ("README.md", "nlu/tests/test_channel.py"):
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text("no ingredient")
    assert model_key(project) == before
    (project / "nlu/data/intents/a.yml").rename(project / "nlu/data/intents/c.yml")
    assert model_key(project) != before


def rasa_stub(project: Path, act: str) -> dict[str, str]:
    """An environment in which `python -m rasa` is our stub."""
    (project / "rasa.py").write_text(RASA_STUB.format(act=act))
    return {"PATH": os.defpath}


async def trained(project: Path, act: str = "") -> Path:
    guardian = Guardian()
    log = project / "logs" / "train.log"
    env = rasa_stub(project, act)
    return await train(project, "abc", sys.executable, env, log=log, guardian=guardian)


async def test_a_finished_training_is_one_file_under_its_key(project: Path) -> None:
    assert await trained(project) == model_path(project, "abc")
    assert [path.name for path in (project / "models").iterdir()] == ["abc.tar.gz"]


async def test_a_failed_training_says_why_and_leaves_nothing(project: Path) -> None:
    with pytest.raises(TrainingFailed) as failed:
        await trained(project, act="sys.exit('intent unknown')")
    assert failed.value.lines == ["intent unknown"]
    assert list((project / "models").iterdir()) == []


async def test_an_interrupted_training_leaves_nothing(project: Path) -> None:
    waiting = "print('begun', flush=True); time.sleep(60)"
    training = asyncio.ensure_future(trained(project, act=waiting))
    log = project / "logs" / "train.log"
    await until(lambda: log.exists() and "begun" in log.read_text())
    training.cancel()
    with pytest.raises(asyncio.CancelledError):
        await training
    assert list((project / "models").iterdir()) == []


def test_leftovers_of_a_killed_training_are_removed_and_a_running_one_is_not(project: Path) -> None:
    gone, alive = project / "models/.training-999999999", project / f"models/.training-{os.getpid()}"
    gone.mkdir(parents=True)
    alive.mkdir()
    remove_leftovers(project)
    assert not gone.exists()
    assert alive.exists()


def test_this_model_and_the_one_before_are_kept(project: Path) -> None:
    (project / "models").mkdir()
    for age, key in enumerate(("old", "before", "now")):
        model_path(project, key).write_text(key)
        os.utime(model_path(project, key), (age, age))
    prune(project, "now")
    assert {path.name for path in (project / "models").iterdir()} == {"before.tar.gz", "now.tar.gz"}
