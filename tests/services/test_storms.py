"""A campaign whose sender is killed, whose database restarts, and whom Telegram refuses: nobody is left out.

At small size; `make bench ONLY=storms` does it with 20,000.
"""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.storage import embedded, migrate
from core.storage.embedded import EmbeddedServer
from tests.running_sandbox import RunningSandbox, running_sandbox
from tests.services.storm import ROUGH, Storm, Weather

PEOPLE = 300
KILLS = 10


@pytest.fixture
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox() as running:
        yield running


def test_ten_kills_amid_failures_leave_nobody_out_and_repeat_at_most_what_was_in_hand(
    database_url: str, sandbox: RunningSandbox
) -> None:
    storm = Storm(database_url, sandbox, PEOPLE, ROUGH)
    storm.brew()
    storm.kill_at_random(KILLS)
    storm.survive()
    verdict = storm.judge()
    verdict.require()
    assert verdict.allowed == KILLS * 8


def test_a_storm_of_429_leaves_nobody_out(database_url: str, sandbox: RunningSandbox) -> None:
    storm = Storm(database_url, sandbox, 60, Weather(blocked=0.03, per_second=30))
    storm.brew()
    storm.kill_at_random(1)
    storm.survive()
    verdict = storm.judge()
    verdict.require()
    assert verdict.refused_429 > 0


def test_a_restarted_database_leaves_nobody_out_and_repeats_nothing(
    own_server: EmbeddedServer, sandbox: RunningSandbox
) -> None:
    migrate.upgrade(own_server.url)
    storm = Storm(own_server.url, sandbox, PEOPLE, ROUGH)
    storm.brew()
    restarts = 0

    def restart() -> None:
        nonlocal restarts
        own_server.stop()
        embedded.start(own_server.cluster.path.parent, durable=False)
        restarts += 1

    storm.live_through(restart)
    storm.survive()
    verdict = storm.judge()
    verdict.require()
    assert restarts == 1
    assert verdict.repeated == 0


@pytest.fixture
def own_server() -> Iterator[EmbeddedServer]:
    """One that may be restarted, without disturbing the other tests."""
    directory = Path(tempfile.mkdtemp(prefix="rekan-storm-"))
    server = embedded.start(directory, durable=False)
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(directory)
