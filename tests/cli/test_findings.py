"""What keeps the system from starting is named in one sentence, with its setting and its remedy, and never with a secret."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from cli.findings import Finding, check_port, check_token, read_settings
from core.settings import Settings, load_settings

TOKEN = "123456789:" + "A" * 35


@pytest.fixture(autouse=True)
def _fresh_settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(Settings.model_config, "env_file", None)
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()


def complaints(monkeypatch: pytest.MonkeyPatch, **environ: str) -> list[Finding]:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    return read_settings()[1]


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("RASA_PORT", "70000", "port adalah bilangan 1 sampai 65535"),
        ("ACTIONS_PORT", "many", "port adalah bilangan 1 sampai 65535"),
        ("SEND_RATE_PER_SECOND", "31", "paling banyak 30"),
        ("SEND_CONCURRENCY", "0", "paling sedikit 1"),
        ("RASA_TIMEOUT_SECONDS", "0", "harus lebih dari 0"),
        ("SEND_CONCURRENCY", "two", "harus bilangan bulat"),
        ("LOG_LEVEL", "LOUD", "LOG_LEVEL tidak dikenal"),
        ("DATABASE_URL", "mysql://user:hunter2@host/rekan", "bukan alamat PostgreSQL"),
        ("RASA_WORKERS", "2", "RASA_WORKERS"),
        ("WEBHOOK_URL", "http://example.org", "https://"),
        ("SANDBOX_PORT", "5005", "nomor yang sama"),
        ("RASA_CHANNEL_TOKEN_FILE", "/nowhere/token", "tidak dapat dibaca"),
    ],
)
def test_an_odd_value_is_named_with_its_setting(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    [finding] = complaints(monkeypatch, **{name: value})
    assert name in finding.sentence
    assert says in finding.sentence
    assert finding.is_fatal
    assert "hunter2" not in finding.sentence


def test_ordinary_values_raise_no_complaint(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (
        complaints(monkeypatch, RASA_PORT="5006", LOG_LEVEL="debug", DATABASE_URL="postgresql://rekan@db/rekan") == []
    )


def test_a_port_in_use_is_named_with_its_holder() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        finding = check_port("RASA_PORT", port)
    assert not finding.is_ok
    assert str(port) in finding.sentence
    assert "RASA_PORT" in finding.sentence
    assert "pid" in finding.sentence


def test_a_free_port_is_well() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert check_port("RASA_PORT", port).is_ok


class Telegram(BaseHTTPRequestHandler):
    """getMe as Telegram answers it: 401 for every token but ours."""

    def do_GET(self) -> None:
        is_known = self.path == f"/bot{TOKEN}/getMe"
        body = b'{"ok":true,"result":{"username":"RekanASNBot"}}' if is_known else b'{"ok":false}'
        self.send_response(200 if is_known else 401)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def telegram() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Telegram)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def token_check(token: str | None, api: str | None = None) -> Finding:
    return check_token(Settings(_env_file=None, telegram_bot_token=token, telegram_api_url=api), timeout=2)


def test_a_token_that_telegram_knows_is_well(telegram: str) -> None:
    finding = token_check(TOKEN, telegram)
    assert finding.is_ok
    assert "@RekanASNBot" in finding.detail


def test_a_refused_token_is_fatal_and_not_shown(telegram: str) -> None:
    finding = token_check("987654321:" + "B" * 35, telegram)
    assert finding.is_fatal
    assert "TELEGRAM_BOT_TOKEN" in finding.sentence
    assert "987654321" not in finding.sentence


def test_a_token_of_the_wrong_shape_is_refused_without_asking() -> None:
    assert "TELEGRAM_BOT_TOKEN" in token_check("hello").sentence


def test_an_unreachable_telegram_is_only_a_hint() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    finding = token_check(TOKEN, f"http://127.0.0.1:{port}")
    assert not finding.is_ok
    assert not finding.is_fatal


def test_no_token_means_the_sandbox() -> None:
    assert token_check(None).is_ok
