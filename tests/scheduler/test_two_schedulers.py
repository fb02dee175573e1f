"""Two schedulers for real: one sends, the other stands by and takes over; told to end, one finishes what it has in hand."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from core.settings import ROOT
from core.storage.addresses import libpq
from tests.running_sandbox import TOKEN, RunningSandbox, running_sandbox
from tests.services.storm import Storm, Weather

PEOPLE = 75
CONCURRENCY = 8
_PATIENCE = 60.0


@pytest.fixture
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox() as running:
        yield running


@dataclass(frozen=True)
class Scheduler:
    process: subprocess.Popen[bytes]
    log: Path

    def says(self, words: bytes) -> bool:
        return words in self.log.read_bytes()


@contextmanager
def scheduler(url: str, sandbox: RunningSandbox, folder: Path) -> Iterator[Scheduler]:
    settings = {
        "DATA_DIR": str(folder),
        "DATABASE_URL": url,
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": sandbox.url,
        "SEND_RATE_PER_SECOND": "25",
        "SEND_CONCURRENCY": str(CONCURRENCY),
    }
    environment = os.environ | settings  # noqa: TID251 - handed on to the process
    path = folder / f"scheduler-{time.monotonic_ns()}.log"
    with path.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "scheduler"], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
    try:
        yield Scheduler(process, path)
    finally:
        process.kill()
        process.wait()


def wait_until(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.01)


def statuses(url: str) -> dict[str, int]:
    with psycopg.connect(libpq(url)) as connection:
        return dict(connection.execute("SELECT status, count(*) FROM outbox GROUP BY status").fetchall())


def held_by(url: str) -> set[str]:
    with psycopg.connect(libpq(url)) as connection:
        return {
            who for (who,) in connection.execute("SELECT DISTINCT claimed_by FROM outbox WHERE claimed_by IS NOT NULL")
        }


def unsent_of_others(url: str, dead: str) -> int:
    query = "SELECT count(*) FROM outbox WHERE status = 'queued' OR status = 'sending' AND claimed_by <> %s"
    with psycopg.connect(libpq(url)) as connection:
        row = connection.execute(query, [dead]).fetchone()
        return int(row[0]) if row else 0


def test_one_sends_and_the_other_takes_over_when_it_is_killed(
    database_url: str, sandbox: RunningSandbox, tmp_path: Path
) -> None:
    storm = Storm(database_url, sandbox, PEOPLE, Weather())
    with scheduler(database_url, sandbox, tmp_path) as one, scheduler(database_url, sandbox, tmp_path) as other:
        both = (one, other)
        wait_until(lambda: any(each.says(b"scheduler active") for each in both), "one to be active")
        wait_until(lambda: any(each.says(b"scheduler passive") for each in both), "the other to stand by")
        storm.brew()
        wait_until(lambda: storm.calls > PEOPLE // 5, "a part of the campaign")
        (only,) = held_by(database_url)
        next(each for each in both if each.says(b"scheduler active")).process.kill()
        wait_until(lambda: not unsent_of_others(database_url, only), "the other to send the rest")
    assert len(held_by(database_url) - {only}) == 1
    left = statuses(database_url).get("sending", 0)
    assert left <= CONCURRENCY  # in the hands of the dead one until their lease is over
    shown = sum(chat.last_message_id for chat in sandbox.world.chats.values())
    assert PEOPLE - left <= shown <= PEOPLE


def test_told_to_end_it_finishes_what_it_has_in_hand_and_the_next_one_sends_the_rest_once(
    database_url: str, sandbox: RunningSandbox, tmp_path: Path
) -> None:
    storm = Storm(database_url, sandbox, PEOPLE, Weather())
    storm.brew()
    with scheduler(database_url, sandbox, tmp_path) as first:
        wait_until(lambda: storm.calls > PEOPLE // 5, "a part of the campaign")
        first.process.send_signal(signal.SIGTERM)
        assert first.process.wait(_PATIENCE) == 0
    found = statuses(database_url)
    assert found.keys() == {"sent", "queued"}
    with scheduler(database_url, sandbox, tmp_path):
        wait_until(lambda: statuses(database_url).keys() == {"sent"}, "the rest")
    assert {chat.last_message_id for chat in sandbox.world.chats.values()} == {1}
    assert len(sandbox.world.chats) == PEOPLE
