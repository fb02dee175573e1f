"""Where the Bot API is and which token opens it, from the settings: Telegram itself, another server, or the sandbox."""

from dataclasses import dataclass, field

from core.settings import Settings

SANDBOX_TOKEN = "100000001:token-of-the-local-sandbox"
"""The sandbox's own default, for a bot started by hand beside it; `rekan run` hands both another one."""
_TELEGRAM = "https://api.telegram.org"


class TokenMissing(Exception):
    """An API address is set and no token for it."""


@dataclass(frozen=True)
class Access:
    token: str = field(repr=False)
    api_url: str

    @property
    def base_url(self) -> str:
        """As python-telegram-bot wants it: the token follows without a slash."""
        return f"{self.api_url.rstrip('/')}/bot"

    @property
    def base_file_url(self) -> str:
        return f"{self.api_url.rstrip('/')}/file/bot"


def access_of(settings: Settings) -> Access:
    """Raises TokenMissing."""
    if settings.uses_sandbox:
        return Access(SANDBOX_TOKEN, f"http://127.0.0.1:{settings.sandbox_port}")
    if settings.telegram_bot_token is None:
        raise TokenMissing
    return Access(settings.telegram_bot_token.get_secret_value(), settings.telegram_api_url or _TELEGRAM)
