"""Which Bot API the settings mean."""

import pytest
from pydantic import SecretStr

from bot.access import SANDBOX_TOKEN, TokenMissing, access_of
from core.settings import Settings
from sandbox.__main__ import DEFAULT_TOKEN


def settings(**given: object) -> Settings:
    return Settings(_env_file=None, **{"telegram_bot_token": None, "telegram_api_url": None, **given})  # type: ignore[arg-type]


def test_without_a_token_it_is_the_sandbox_with_the_sandboxs_own_token() -> None:
    access = access_of(settings(sandbox_port=8099))
    assert access.base_url == "http://127.0.0.1:8099/bot"
    assert access.token == SANDBOX_TOKEN == DEFAULT_TOKEN


def test_with_a_token_it_is_telegram() -> None:
    access = access_of(settings(telegram_bot_token=SecretStr("1:x")))
    assert (access.base_url, access.token) == ("https://api.telegram.org/bot", "1:x")


def test_another_server_may_be_named() -> None:
    access = access_of(settings(telegram_bot_token=SecretStr("1:x"), telegram_api_url="http://127.0.0.1:9000/"))
    assert (access.base_url, access.base_file_url) == ("http://127.0.0.1:9000/bot", "http://127.0.0.1:9000/file/bot")


def test_an_address_without_a_token_is_a_mistake() -> None:
    with pytest.raises(TokenMissing):
        access_of(settings(telegram_api_url="http://127.0.0.1:9000"))


def test_the_token_does_not_show() -> None:
    assert "1:x" not in repr(access_of(settings(telegram_bot_token=SecretStr("1:x"))))
