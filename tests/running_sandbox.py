"""A sandbox on a free loopback port inside the test process, and a person's hands on it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from telegram import Bot

from sandbox.app import create_world
from sandbox.server import create_server
from sandbox.state import World

TOKEN = "424242:token-of-a-test"


@dataclass(frozen=True)
class RunningSandbox:
    world: World
    url: str
    client: httpx.Client

    def bot(self, token: str = TOKEN) -> Bot:
        return Bot(token, base_url=f"{self.url}/bot", base_file_url=f"{self.url}/file/bot")

    def post(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        answer = self.client.post(f"/sandbox/{path}", json=body or {})
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def get(self, path: str, **query: Any) -> Any:
        answer = self.client.get(f"/sandbox/{path}", params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def write(self, user_id: int, text: str) -> dict[str, Any]:
        return self.post(f"users/{user_id}/messages", {"text": text})

    def phone(self, user_id: int, after: int = 0) -> list[dict[str, Any]]:
        return list(self.get(f"users/{user_id}/messages", after=after))


@contextmanager
def running_sandbox(
    people_file: Path | None = None, state_file: Path | None = None, port: int = 0
) -> Iterator[RunningSandbox]:
    """Runs until the block is left; the server has then stopped and its port (a free one for 0) is free."""
    world = create_world(TOKEN, people_file=people_file, state_file=state_file)
    listening = socket.create_server(("127.0.0.1", port))
    port = listening.getsockname()[1]
    server = create_server(world, port, webhook_pause_seconds=0.01)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, name="sandbox")
    thread.start()
    url = f"http://127.0.0.1:{port}"
    try:
        # The socket listens already, so the first request simply waits until the server is up.
        with httpx.Client(base_url=url, timeout=10) as client:
            client.get("/sandbox/bot")
            yield RunningSandbox(world, url, client)
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listening.close()
        assert not thread.is_alive(), "the sandbox did not stop"
