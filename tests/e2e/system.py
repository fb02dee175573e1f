"""Starts the whole system for real on free ports and a data folder of its own, and stops it without leaving anything."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx
import psutil
import psycopg

from core.storage.cluster import Cluster, address

ROOT = Path(__file__).resolve().parents[2]
START_DEADLINE = 280.0
"""Below the time limit of a test, so that we say what was not up."""
T = TypeVar("T")


def wait_for(claim: Callable[[], T | None], what: str, *, seconds: float = 15.0) -> T:
    """Polls until `claim` returns something; fails naming `what` was awaited. For real processes only, never unit tests."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = claim()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"waited {seconds:.0f} s in vain for {what}")


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [int(each.getsockname()[1]) for each in sockets]
    for each in sockets:
        each.close()
    return ports


@dataclass
class System:
    """A running system. `env` lets the `rekan` command speak to it."""

    process: subprocess.Popen[bytes]
    env: dict[str, str]
    data_dir: Path
    sandbox_url: str
    rasa_url: str
    log: Path
    http: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=15))

    @classmethod
    def start(cls, data_dir: Path, **settings: str) -> "System":
        """Runs `rekan run` and returns once the phones page answers and every component is up."""
        rasa, actions, sandbox = free_ports(3)
        env = {
            "PATH": os.environ["PATH"],  # noqa: TID251 - a child process needs it
            "HOME": os.environ.get("HOME", str(data_dir)),  # noqa: TID251
            "DATA_DIR": str(data_dir),
            "RASA_PORT": str(rasa),
            "ACTIONS_PORT": str(actions),
            "SANDBOX_PORT": str(sandbox),
            "NO_COLOR": "1",
            "COLUMNS": "200",
            **settings,
        }
        log = data_dir / "rekan-run.txt"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "cli", "run"], cwd=ROOT, env=env, stdout=out, stderr=subprocess.STDOUT
            )
        system = cls(process, env, data_dir, f"http://127.0.0.1:{sandbox}", f"http://127.0.0.1:{rasa}", log)
        try:
            wait_for(system._is_up, "every component to be up", seconds=START_DEADLINE)
        except AssertionError:
            system.stop()
            raise AssertionError(f"the system did not start:\n{log.read_text(errors='replace')[-4000:]}") from None
        except BaseException:  # a time limit or Ctrl-C: nothing must go on running behind the tests
            system.stop()
            raise
        return system

    def _is_up(self) -> bool:
        if self.process.poll() is not None:
            raise AssertionError(f"`rekan run` ended with {self.process.returncode}:\n{self.log.read_text()[-4000:]}")
        return self.sandbox_url in self.log.read_text(errors="replace")

    def sandbox_answers(self) -> bool:
        try:
            return self.http.get(f"{self.sandbox_url}/sandbox/bot").is_success
        except httpx.TransportError:
            return False

    def rekan(self, *arguments: str, input: str | None = None) -> subprocess.CompletedProcess[str]:
        """Runs the `rekan` command against this system; the caller looks at the exit code."""
        return subprocess.run(
            [sys.executable, "-m", "cli", *arguments],
            cwd=ROOT,
            env=self.env,
            input=input,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def pid_of(self, module: str) -> int:
        """The process id of a component by its module (`bot`, `actions`, `scheduler`, `sandbox`, `rasa`)."""

        def find() -> int | None:
            for child in psutil.Process(self.process.pid).children(recursive=True):
                try:
                    command = " ".join(child.cmdline())
                except (psutil.NoSuchProcess, psutil.ZombieProcess):
                    continue
                if re.search(rf"-m {module}\b", command):
                    return child.pid
            return None

        return wait_for(find, f"the process of {module}", seconds=60)

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database holds, for what no phone shows."""
        server = Cluster.under(self.data_dir).running()
        assert server is not None
        with psycopg.connect(address(server.socket_dir)) as connection:
            return connection.execute(sql.encode(), values).fetchall()

    def processes(self) -> list[psutil.Process]:
        return [psutil.Process(self.process.pid), *psutil.Process(self.process.pid).children(recursive=True)]

    def stop(self) -> list[psutil.Process]:
        """Ctrl-C. Returns the processes that were left behind, which is what a caller asserts to be none."""
        self.http.close()
        family = []
        if self.process.poll() is None:
            family = self.processes()
            self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.process.kill()
        _, left = psutil.wait_procs(family, timeout=5)
        for process in left:
            process.kill()
        return left


class Phone:
    """One person's Telegram, through the sandbox."""

    def __init__(self, system: System, user_id: int) -> None:
        self.user_id = user_id
        self._http = system.http
        self._url = f"{system.sandbox_url}/sandbox/users/{user_id}"

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = self._http.post(f"{self._url}/{path}", json=body)
        answer.raise_for_status()
        return dict(answer.json())

    def all_messages(self) -> list[dict[str, Any]]:
        return list(self._http.get(f"{self._url}/messages", params={"after": 0}).json())

    def from_bot(self) -> list[dict[str, Any]]:
        return [m for m in self.all_messages() if m["from"] == "bot"]

    def post(self, body: dict[str, Any]) -> dict[str, Any]:
        """The person does something without waiting for what comes of it."""
        return self._post("messages", body)

    def say(self, text: str) -> dict[str, Any]:
        """The person types; returns the bot's answer to it (the last of the messages that follow)."""
        return self.send({"text": text})

    def send(self, body: dict[str, Any]) -> dict[str, Any]:
        before = self._newest()
        self._post("messages", body)
        return self._next_after(before, json.dumps(body)[:80])

    def press(self, title: str) -> dict[str, Any]:
        """Presses the newest button whose title begins so; returns what the bot does then (a new or an edited message)."""
        message, button = self.find_button(title)
        before, edits = self._newest(), self._edited()
        self._post("clicks", {"message_id": message["message_id"], "data": button["data"]})

        def change() -> dict[str, Any] | None:
            fresh = [m for m in self.from_bot() if m["message_id"] > before]
            if fresh:
                return fresh[-1]
            edited = self._edited()
            return next((edited[i] for i in edited if edited[i] != edits.get(i)), None)

        return wait_for(change, f"an answer to the button {title!r}")

    def wait_for_change(self, texts: dict[int, str]) -> dict[str, Any]:
        """The newest message from the bot that is not among these texts by message id: a new or an edited one."""

        def change() -> dict[str, Any] | None:
            return next((m for m in reversed(self.from_bot()) if texts.get(m["message_id"]) != m["text"]), None)

        return wait_for(change, f"something new on the phone of {self.user_id}")

    def press_raw(self, message_id: int, data: str) -> None:
        self._post("clicks", {"message_id": message_id, "data": data, "force": True})

    def find_button(self, title: str) -> tuple[dict[str, Any], dict[str, Any]]:
        def find() -> tuple[dict[str, Any], dict[str, Any]] | None:
            for message in reversed(self.from_bot()):
                for row in message.get("buttons") or []:
                    for button in row:
                        if button["text"].startswith(title) and "data" in button:
                            return message, button
            return None

        return wait_for(find, f"a button {title!r} on the phone of {self.user_id}")

    def wait_for_text(self, *parts: str, after: int = 0, seconds: float = 15.0) -> dict[str, Any]:
        """The first message from the bot, newer than `after`, in which all the parts stand (case does not matter)."""

        def find() -> dict[str, Any] | None:
            for message in self.from_bot():
                text = message.get("text") or ""
                if message["message_id"] > after and all(part.lower() in text.lower() for part in parts):
                    return message
            return None

        return wait_for(find, f"a message with {parts} on the phone of {self.user_id}", seconds=seconds)

    def newest_id(self) -> int:
        return self._newest()

    def _newest(self) -> int:
        return max((m["message_id"] for m in self.all_messages()), default=0)

    def _edited(self) -> dict[int, dict[str, Any]]:
        return {m["message_id"]: m for m in self.from_bot()}

    def _next_after(self, before: int, what: str) -> dict[str, Any]:
        def answer() -> dict[str, Any] | None:
            fresh = [m for m in self.from_bot() if m["message_id"] > before]
            return fresh[-1] if fresh else None

        return wait_for(answer, f"an answer to {what}")
