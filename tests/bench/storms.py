"""A campaign for 20,000 in a storm: ten SIGKILLs, restarts of the database, failures, people who blocked the bot, and 429.

The database is a durable one of its own, the sandbox runs in this process, the senders in processes of their own. Without
a limit all 20,000 go out; under Telegram's 30 a second that would take 13 minutes, so that storm has 1,000.
"""

import os
import signal
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psycopg

from core.storage import embedded, migrate
from core.storage.cluster import address
from core.storage.embedded import EmbeddedServer
from tests.bench.measure import Measure
from tests.running_sandbox import running_sandbox
from tests.services.storm import ROUGH, Storm, Verdict, Weather

PEOPLE = 20_000
KILLS = 10
LIMITED_PEOPLE = 1_000
LIMIT = 30
EAGER_RATE = 40.0
"""Above the limit, so that Telegram refuses again and again."""


def run(folder: Path, say: Callable[[str], None]) -> list[Measure]:
    server = embedded.start(folder)
    try:
        say(f"{PEOPLE:,} people, {KILLS} kills, failures …")
        killed = _storm(server, "killed", ROUGH, PEOPLE, KILLS)
        say(f"{PEOPLE:,} people, the database restarted, then crashed …")
        restarted = _storm(server, "restarted", ROUGH, PEOPLE, 0, (lambda: _restart(server), lambda: _crash(server)))
        say(f"{LIMITED_PEOPLE:,} people under {LIMIT}/s at {EAGER_RATE:g}/s, {KILLS} kills …")
        limited_weather = Weather(ROUGH.server_errors, ROUGH.dropped, ROUGH.blocked, LIMIT)
        limited = _storm(server, "limited", limited_weather, LIMITED_PEOPLE, KILLS, rate=EAGER_RATE)
    finally:
        server.stop()
    return [
        *_measures(f"{PEOPLE:,} people, {KILLS} kills, 5% 5xx, 2% dropped, 3% blocked", killed),
        *_measures(f"{PEOPLE:,} people, database restarted and crashed, the same failures", restarted),
        *_measures(f"{LIMITED_PEOPLE:,} people, {limited.refused_429} refusals (429), {KILLS} kills, the same failures", limited),
    ]  # fmt: skip


def _storm(
    server: EmbeddedServer,
    name: str,
    weather: Weather,
    people: int,
    kills: int,
    happenings: Sequence[Callable[[], None]] = (),
    rate: float = 5000.0,
) -> Verdict:
    url = address(server.cluster.path, name)
    with psycopg.connect(address(server.cluster.path, "postgres"), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}".encode())
    migrate.upgrade(url)
    with running_sandbox() as sandbox:
        storm = Storm(url, sandbox, people, weather, rate)
        storm.brew()
        storm.kill_at_random(kills)
        if happenings:
            storm.live_through(*happenings)
        storm.survive()
        return storm.judge()


def _restart(server: EmbeddedServer) -> None:
    server.stop()
    embedded.start(server.cluster.path.parent)


def _crash(server: EmbeddedServer) -> None:
    """As by a power cut: no checkpoint, connections torn."""
    running = server.cluster.running()
    assert running is not None
    os.kill(running.pid, signal.SIGQUIT)
    while server.cluster.running() is not None:
        time.sleep(0.05)
    embedded.start(server.cluster.path.parent)


def _measures(name: str, verdict: Verdict) -> list[Measure]:
    return [
        Measure(f"{name}: left out", verdict.left_out, "", None, "0"),
        Measure(f"{name}: repeated at the sandbox, beside in hand by the ledger", verdict.repeated, "",
                verdict.repeated_by_ledger, f"≤ {verdict.allowed}"),
        Measure(f"{name}: sandbox and ledger agree on who got it", float(verdict.both_agree), "", None, "1"),
    ]  # fmt: skip
