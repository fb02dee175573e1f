"""A setting or a machine that cannot work: one Indonesian sentence that names the setting, exit code 2, no traceback."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli import doctor, environments
from core.settings import ROOT, Settings
from tests.running_sandbox import running_sandbox

GOOD_TOKEN = "123456789:AAabcdefghijklmnopqrstuvwxyz0123456"


@pytest.fixture(scope="module")
def free_ports() -> dict[str, str]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
    ports = [str(each.getsockname()[1]) for each in sockets]
    for each in sockets:
        each.close()
    return dict(zip(("RASA_PORT", "ACTIONS_PORT", "SANDBOX_PORT"), ports, strict=True))


@pytest.fixture(scope="module")
def trouble(free_ports: dict[str, str]) -> Iterator[dict[str, dict[str, str]]]:
    """Settings that cannot work, by what is wrong with them."""
    with socket.create_server(("127.0.0.1", 0)) as taken, running_sandbox() as telegram:
        yield {
            "no server there": {"DATABASE_URL": "postgresql://rekan:rahasia@127.0.0.1:1/rekan"},
            "no such host": {"DATABASE_URL": "postgresql://rekan:rahasia@tidak.ada.invalid/rekan"},
            "another database": {"DATABASE_URL": "mysql://rekan:rahasia@127.0.0.1/rekan"},
            "no address": {"DATABASE_URL": "postgresql://rekan:rahasia@[::1/rekan"},
            "no token": {"TELEGRAM_BOT_TOKEN": "rahasia"},
            "token refused": {"TELEGRAM_BOT_TOKEN": GOOD_TOKEN, "TELEGRAM_API_URL": telegram.url},
            "port taken": {"SANDBOX_PORT": str(taken.getsockname()[1])},
            "no port": {"ACTIONS_PORT": "rahasia-bukan-port"},
            "no secret file": {"DATABASE_URL_FILE": "/nowhere/rekan"},
            "no folder": {"DATA_DIR": "/dev/null/rekan"},
        }


def rekan(command: str, settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}  # noqa: TID251
    environ = kept | {"NO_COLOR": "1", "COLUMNS": "300"} | settings
    return subprocess.run(
        [sys.executable, "-m", "cli", command], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize("command", ["run", "doctor"])
@pytest.mark.parametrize(
    ("what", "setting"),
    [
        ("no server there", "DATABASE_URL"),
        ("no such host", "DATABASE_URL"),
        ("another database", "DATABASE_URL"),
        ("no address", "DATABASE_URL"),
        ("no token", "TELEGRAM_BOT_TOKEN"),
        ("token refused", "TELEGRAM_BOT_TOKEN"),
        ("port taken", "SANDBOX_PORT"),
        ("no port", "ACTIONS_PORT"),
        ("no secret file", "DATABASE_URL_FILE"),
        ("no folder", "DATA_DIR"),
    ],
)
def test_it_is_said_in_one_sentence_that_names_the_setting(
    command: str,
    what: str,
    setting: str,
    trouble: dict[str, dict[str, str]],
    free_ports: dict[str, str],
    tmp_path: Path,
) -> None:
    done = rekan(command, {"DATA_DIR": str(tmp_path), **free_ports, **trouble[what]})
    assert done.returncode == 2
    assert "Traceback" not in done.stdout + done.stderr
    fatal = [line for line in done.stdout.splitlines() if line.startswith("✗") and "Paket" not in line]
    said = done.stderr.splitlines() if command == "run" else fatal
    (sentence,) = said
    assert setting in sentence
    assert sentence.endswith(".")
    assert not {"rahasia", GOOD_TOKEN} & set(sentence.replace("@", ":").replace("/", ":").split(":"))
    for english in ("failed", "refused", "invalid", "not ", "error"):
        assert english not in sentence.lower().replace("tidak.ada.invalid", "")


def test_a_missing_python_310_stops_the_set_up(tmp_path: Path) -> None:
    """The first step of `make run`, in a folder like ours but without the environment of the Rasa server."""
    shutil.copytree(ROOT / "cli", tmp_path / "cli", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    (tmp_path / "nlu").mkdir()
    shutil.copy(ROOT / "nlu/requirements.txt", tmp_path / "nlu")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    tools = tmp_path / ".tools"
    (tools / "bin").mkdir(parents=True)
    for name in ("python", "uv"):
        (tools / "bin" / name).symlink_to(sys.executable)
    environments.stamp(tools, environments.content_hash(tmp_path / "requirements/uv.txt"))
    done = subprocess.run(
        ["/bin/sh", "cli/setup.sh"],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "PYTHON": sys.executable, "PYTHON310": "/nowhere/python3.10"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    (sentence,) = done.stderr.splitlines()
    assert "PYTHON310=/nowhere/python3.10" in sentence


def test_doctor_names_a_missing_python_310(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "RASA", tmp_path / ".venv-nlu")
    monkeypatch.setattr(environments, "RASA", tmp_path / ".venv-nlu")
    monkeypatch.setenv("PYTHON310", "/nowhere/python3.10")
    found = {finding.subject: finding for finding in doctor.environments()}
    assert "PYTHON310=/nowhere/python3.10" in found["Python 3.10"].sentence
    assert found["Python 3.10"].is_fatal


def test_doctor_says_whether_the_model_of_the_search_gives_vectors() -> None:
    assert doctor.embedder(Settings(_env_file=None)).is_ok
    found = doctor.embedder(Settings(_env_file=None, embedder="http://127.0.0.1:1/v1#m"))
    assert not found.is_ok
    assert not found.is_fatal
    assert "EMBEDDER" in found.remedy
