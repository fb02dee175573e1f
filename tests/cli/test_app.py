"""The command line as a whole: every command explains itself, and none needs a running system to do so."""

import json

import pytest
from typer.testing import CliRunner

from cli.app import app
from cli.texts import NOT_RUNNING
from core.settings import Settings, load_settings

COMMANDS = [
    "run", "doctor", "train", "chat", "ask", "people import", "people code", "courses import", "knowledge import",
    "knowledge checked",    "campaign send", "campaign status", "report enrollments",
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_help_text(command: str) -> None:
    shown = CliRunner().invoke(app, [*command.split(), "--help"])
    assert shown.exit_code == 0
    assert len(shown.output.split("\n")[3].strip()) > 15


@pytest.fixture
def _nothing_runs(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setitem(Settings.model_config, "env_file", None)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()


@pytest.mark.usefixtures("_nothing_runs")
@pytest.mark.parametrize(
    "command",
    ["ask halo", "chat", "people code 199001012020121001", "campaign status", "report enrollments --json"],
)
def test_without_a_running_system_one_sentence_says_how_to_start_it(command: str) -> None:
    shown = CliRunner().invoke(app, command.split())
    assert shown.exit_code == 2
    assert shown.stderr.strip() == NOT_RUNNING


@pytest.mark.usefixtures("_nothing_runs")
def test_doctor_speaks_json_for_scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = CliRunner().invoke(app, ["doctor", "--json"])
    told = json.loads(shown.stdout)
    assert told["ok"] == (shown.exit_code == 0)
    assert {"subject", "ok", "fatal", "detail", "remedy"} == set(told["findings"][0])
    assert all(finding["remedy"] for finding in told["findings"] if not finding["ok"])
