"""What `rekan run` starts: the command, the environment and the readiness of each component.

Each gets only the secrets it needs. Knows no supervisor and starts nothing.
"""

import os
import sys
from pathlib import Path

from cli.keys import Keys
from cli.probes import http, said
from cli.supervisor import Component
from core.settings import ROOT, Settings

_SECRETS = ("TELEGRAM_BOT_TOKEN", "WEBHOOK_SECRET", "RASA_CHANNEL_TOKEN", "DATABASE_URL", "EMBEDDER_KEY")
_QUIET = {
    "PYTHONUNBUFFERED": "1",
    # Few cores serve five processes. GNU's OpenMP threads wait for each other by spinning: with two of them an embedding
    # that takes 17 ms took 200 to 500 ms as soon as the machine was busy (measured).
    "OMP_NUM_THREADS": "1",
    "OMP_WAIT_POLICY": "PASSIVE",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    # glibc keeps a heap for every thread otherwise
    "MALLOC_ARENA_MAX": "2",
}
RASA_ENV = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "CUDA_VISIBLE_DEVICES": "-1",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONWARNINGS": "ignore",
}


def base_environment(settings: Settings) -> dict[str, str]:
    """The machine's variables without our secrets, and what every component may know."""
    environ = dict(os.environ)  # noqa: TID251 - handed on to other processes, not read
    for name in _SECRETS:
        environ.pop(name, None)
        environ.pop(f"{name}_FILE", None)
    ports = {
        "RASA_PORT": settings.rasa_port,
        "ACTIONS_PORT": settings.actions_port,
        "SANDBOX_PORT": settings.sandbox_port,
    }
    return environ | _QUIET | {name: str(port) for name, port in ports.items()} | {"DATA_DIR": str(settings.data_dir)}


def rasa_python() -> str:
    return str(ROOT / ".venv-nlu/bin/python")


def rasa_environment(settings: Settings) -> dict[str, str]:
    return base_environment(settings) | RASA_ENV | {"RASA_CACHE_DIRECTORY": str(settings.data_dir / "rasa-cache")}


def training_environment(settings: Settings) -> dict[str, str]:
    """The classifier's linear algebra may have all cores; the embedding stays with one (see _QUIET)."""
    return rasa_environment(settings) | {"OPENBLAS_NUM_THREADS": str(os.cpu_count() or 1)}


def embedder_environment(settings: Settings) -> dict[str, str]:
    """For the processes that may search."""
    return {} if settings.embedder_key is None else {"EMBEDDER_KEY": settings.embedder_key.get_secret_value()}


def telegram_environment(settings: Settings, keys: Keys) -> dict[str, str]:
    """Real Telegram if there is a token; the sandbox with its made-up one otherwise."""
    if settings.telegram_bot_token is None:
        return {
            "TELEGRAM_BOT_TOKEN": keys.sandbox_bot_token,
            "TELEGRAM_API_URL": settings.telegram_api_url or f"http://127.0.0.1:{settings.sandbox_port}",
        }
    given = {"TELEGRAM_BOT_TOKEN": settings.telegram_bot_token.get_secret_value()}
    if settings.telegram_api_url:
        given["TELEGRAM_API_URL"] = settings.telegram_api_url
    if settings.webhook_secret is not None:
        given["WEBHOOK_SECRET"] = settings.webhook_secret.get_secret_value()
    return given


def components(settings: Settings, keys: Keys, *, database_url: str, model: Path) -> list[Component]:
    """All of them, in the order shown."""
    base = base_environment(settings)
    records = {"DATABASE_URL": database_url} | embedder_environment(settings)
    channel = {"RASA_CHANNEL_TOKEN": keys.rasa_channel_token}
    telegram = telegram_environment(settings, keys)
    telegram_side = frozenset({"sandbox"} if settings.uses_sandbox else ())

    def ours(module: str, *arguments: str) -> tuple[str, ...]:
        return (sys.executable, "-m", module, *arguments)

    found = [
        Component(
            "rasa", rasa_command(settings, model), rasa_environment(settings) | channel | rasa_files(settings),
            http(settings.rasa_port, "/", "Rasa"), stage=2, start_within=120,
        ),
        Component(
            "actions", ours("actions"), base | records | {"SANIC_HOST": "127.0.0.1"},
            http(settings.actions_port, "/health"), stage=2,
        ),
        Component(
            "bot", ours("bot"), base | records | channel | telegram,
            said(BOT_READY), telegram_side, stage=3,
        ),
        Component(
            "scheduler", ours("scheduler"), base | records | telegram,
            said(SCHEDULER_READY), telegram_side, stage=3,
        ),
    ]  # fmt: skip
    if settings.uses_sandbox:
        people = settings.data_dir / PEOPLE_FILE
        state = settings.data_dir / SANDBOX_STATE_FILE
        sandbox = ours("sandbox", "--port", str(settings.sandbox_port), "--people", str(people), "--state", str(state))
        found.append(Component("sandbox", sandbox, base | telegram, http(settings.sandbox_port, "/"), stage=1))
    return found


PEOPLE_FILE = "sandbox-people.json"
SANDBOX_STATE_FILE = "sandbox-state.db"
BOT_READY = r"(?i)bot[ ._]?(ready|started|up)\b|application started"
SCHEDULER_READY = r"(?i)scheduler[ ._]?(ready|started|up|passive|active)\b"


def rasa_command(settings: Settings, model: Path) -> tuple[str, ...]:
    # no --enable-api: it would let whoever reaches the port load a model from anywhere
    return (
        rasa_python(), "-m", "rasa", "run", "--interface", "127.0.0.1", "--port", str(settings.rasa_port),
        "--model", str(model), "--endpoints", "endpoints.yml", "--credentials", "credentials.yml",
    )  # fmt: skip


def rasa_files(settings: Settings) -> dict[str, str]:
    return {"RASA_TRACKER_DB": str(settings.data_dir / "rasa-tracker.db"), "SANIC_WORKERS": str(settings.rasa_workers)}
