"""Secrets between our own processes, made at the first start and kept in the data folder, readable by the owner only."""

import json
import os
import secrets
from dataclasses import asdict, dataclass

from core.settings import Settings

FILE = "secrets.json"


@dataclass(frozen=True, repr=False)
class Keys:
    rasa_channel_token: str
    sandbox_bot_token: str
    """Not a secret to anybody: the sandbox serves this machine only. Kept so that restarts agree."""


def read_keys(settings: Settings) -> Keys | None:
    """The keys of a system that has been started before; None if it has not."""
    try:
        kept = json.loads((settings.data_dir / FILE).read_text(encoding="utf-8"))
        keys = Keys(str(kept["rasa_channel_token"]), str(kept["sandbox_bot_token"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return _with_settings(keys, settings)


def make_keys(settings: Settings) -> Keys:
    """The kept keys, or new ones; a crash in between leaves either none or both."""
    kept = read_keys(settings)
    if kept is not None:
        return kept
    made = Keys(secrets.token_urlsafe(32), f"{secrets.randbelow(10**9) + 10**8}:sandbox-{secrets.token_hex(14)}")
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    path = settings.data_dir / FILE
    half = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(asdict(made), file)
    half.replace(path)
    return _with_settings(made, settings)


def _with_settings(keys: Keys, settings: Settings) -> Keys:
    given = settings.rasa_channel_token
    return Keys(given.get_secret_value(), keys.sandbox_bot_token) if given else keys
