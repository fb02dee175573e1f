"""Webhook delivery: the secret header, retries, order."""

import json
import queue
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from telegram import Bot
from telegram.error import BadRequest

from tests.running_sandbox import RunningSandbox

SITI = 101


@dataclass
class Receiver:
    """A bot's webhook: answers with the prepared statuses, then with 200."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    received: "queue.Queue[tuple[str | None, dict[str, Any]]]" = field(default_factory=queue.Queue)

    def next_update(self) -> tuple[str | None, dict[str, Any]]:
        return self.received.get(timeout=5)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            receiver.received.put((self.headers.get("X-Telegram-Bot-Api-Secret-Token"), body))
            self.send_response(receiver.statuses.pop(0) if receiver.statuses else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        receiver.url = f"http://127.0.0.1:{server.server_port}/hook"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield receiver
        server.shutdown()
        thread.join()


async def test_the_webhook_gets_updates_in_order_with_the_secret(
    sandbox: RunningSandbox, bot: Bot, receiver: Receiver
) -> None:
    sandbox.write(SITI, "sebelum")
    await bot.set_webhook(receiver.url, secret_token="s3cret_-")
    sandbox.write(SITI, "sesudah")
    secrets_and_texts = [(secret, u["message"]["text"]) for secret, u in (receiver.next_update() for _ in "12")]
    assert secrets_and_texts == [("s3cret_-", "sebelum"), ("s3cret_-", "sesudah")]


async def test_an_update_is_delivered_again_until_it_is_taken(
    sandbox: RunningSandbox, bot: Bot, receiver: Receiver
) -> None:
    receiver.statuses = [500, 403]
    await bot.set_webhook(receiver.url)
    sandbox.write(SITI, "satu")
    sandbox.write(SITI, "dua")
    texts = [receiver.next_update()[1]["message"]["text"] for _ in range(4)]
    assert texts == ["satu", "satu", "satu", "dua"]
    info = await bot.get_webhook_info()
    assert info.url == receiver.url
    assert info.last_error_message == "Wrong response from the webhook: 403 Forbidden"


async def test_the_sandbox_never_delivers_beyond_this_machine(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Bad webhook"):
        await bot.set_webhook("https://bot.example/hook")


async def test_a_secret_with_other_characters_is_refused(bot: Bot, receiver: Receiver) -> None:
    with pytest.raises(BadRequest, match="Secret token contains unallowed characters"):
        await bot.set_webhook(receiver.url, secret_token="rahasia!")
