"""Secrets are made once and kept private; two systems on one data folder do not start."""

import os
import stat
from pathlib import Path

import pytest

from cli.keys import make_keys, read_keys
from cli.state import CannotStart, only_one, running_state, write_state
from cli.supervisor import State, Status
from core.settings import Settings


def settings(folder: Path, **more: object) -> Settings:
    return Settings(_env_file=None, data_dir=folder, **more)


def test_secrets_are_made_once_and_readable_by_the_owner_only(tmp_path: Path) -> None:
    made = make_keys(settings(tmp_path / "data"))
    again = make_keys(settings(tmp_path / "data"))
    assert made.rasa_channel_token == again.rasa_channel_token
    assert len(made.rasa_channel_token) >= 32
    assert stat.S_IMODE((tmp_path / "data/secrets.json").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secrets.json"]


def test_a_token_of_the_settings_wins(tmp_path: Path) -> None:
    given = settings(tmp_path, rasa_channel_token="chosen by the operator")
    assert make_keys(given).rasa_channel_token == "chosen by the operator"


def test_without_a_start_there_are_no_keys(tmp_path: Path) -> None:
    assert read_keys(settings(tmp_path)) is None


def test_secrets_do_not_show_in_a_representation(tmp_path: Path) -> None:
    keys = make_keys(settings(tmp_path))
    assert keys.rasa_channel_token not in repr(keys)


def test_a_second_start_on_the_same_data_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with only_one(tmp_path), pytest.raises(CannotStart, match=f"sudah berjalan .pid {os.getpid()}"), only_one(tmp_path):
        pass
    with only_one(tmp_path):
        assert (tmp_path / "run.lock").read_text() == str(os.getpid())


def test_other_commands_see_what_runs_and_only_while_it_runs(tmp_path: Path) -> None:
    assert running_state(tmp_path) is None
    with only_one(tmp_path):
        write_state(tmp_path, {"bot": Status(State.UP, pid=7)}, is_ready=True)
        seen = running_state(tmp_path)
        assert seen is not None
        assert seen["components"]["bot"] == {"state": "up", "pid": 7, "restarts": 0, "reason": ""}
    assert running_state(tmp_path) is None
