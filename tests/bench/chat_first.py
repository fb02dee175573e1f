"""Chat first: how long replies take while a campaign goes out at full pace, beside the same replies when nothing goes out.

Idle and busy turns alternate, so that both see the same machine. The campaign goes to one sample phone, which is all the
sender, the ledger and the sandbox have to do for as many different ones.
"""

import time
from collections import defaultdict
from collections.abc import Callable

import psycopg

from core.storage import embedded
from core.storage.addresses import libpq
from tests.bench.measure import Measure, percentile
from tests.bench.replies import QUESTIONS, WARM_UP, Stopwatch
from tests.e2e.system import Phone, System, wait_for

TURNS = 3
ROUNDS = 30
RATE = 25.0
ASKING, RECEIVING = 799_100_001, 799_100_002
_ENOUGH = 20_000

_CAMPAIGN = """
INSERT INTO campaigns (text, audience, status, created_at, is_urgent)
VALUES ('Apel Senin pukul 07.30', 'semua', 'running', now(), true) RETURNING id
"""
_ROWS = """
INSERT INTO outbox (key, kind, facts, due_at, is_bulk, telegram_id, campaign_id, status)
SELECT 'chat-first:' || %(campaign)s || ':' || i, 'campaign', jsonb_build_object('campaign_id', %(campaign)s::int), now(), true,
       %(phone)s, %(campaign)s, 'queued'
FROM generate_series(1, %(count)s) AS i
"""
_END = "UPDATE outbox SET status = 'withdrawn' WHERE campaign_id = %s AND status IN ('queued', 'failed')"


class Traffic:
    """A campaign that can be switched on and off."""

    def __init__(self, system: System) -> None:
        self._url = libpq(embedded.running_url(system.data_dir))
        self._phone = Phone(system, RECEIVING)
        self._phone.send({"start": ""})
        self.sent, self.seconds = 0, 0.0

    def during(self, work: Callable[[], None]) -> None:
        with psycopg.connect(self._url, autocommit=True) as connection:
            row = connection.execute(_CAMPAIGN).fetchone()
            assert row is not None
            values = {"campaign": row[0], "phone": RECEIVING, "count": _ENOUGH}
            connection.execute(_ROWS, values)
            connection.execute("SELECT pg_notify('outbox', '')")
            wait_for(lambda: self._count(connection, row[0]) > RATE, "the campaign to be under way")
            before, began = self._count(connection, row[0]), time.perf_counter()
            work()
            self.seconds += time.perf_counter() - began
            self.sent += self._count(connection, row[0]) - before
            connection.execute(_END, [row[0]])

    def _count(self, connection: psycopg.Connection, campaign: int) -> int:
        query = "SELECT count(*) FROM outbox WHERE campaign_id = %s AND status = 'sent'"
        row = connection.execute(query, [campaign]).fetchone()
        return int(row[0]) if row else 0


def run(system: System) -> list[Measure]:
    watch = Stopwatch(system, ASKING)
    watch.phone.send({"start": ""})
    traffic = Traffic(system)
    watch.phone.say("pelatihan apa saja yang dibuka")
    message, button = watch.phone.find_button("")
    press = {"message_id": message["message_id"], "data": button["data"]}
    questions = QUESTIONS["policy question"]
    times: defaultdict[tuple[str, str], list[float]] = defaultdict(list)

    def ask(state: str, rounds: int = ROUNDS) -> None:
        for number in range(rounds):
            text = questions[number % len(questions)]
            times["policy question", state].append(watch.time("messages", {"text": text}))
            times["button press", state].append(watch.time("clicks", press))

    ask("warming up", WARM_UP)
    for _ in range(TURNS):
        ask("idle")
        traffic.during(lambda: ask("busy"))
    measures = [Measure("pace of the campaign meanwhile", traffic.sent / traffic.seconds, "/s", RATE, "ratio ≥ 0.96")]
    for name in ("policy question", "button press"):
        for share in (0.5, 0.95):
            busy, idle = (percentile(times[name, state], share) for state in ("busy", "idle"))
            goal = "ratio ≤ 1.3" if share == 0.95 else ""
            measures.append(
                Measure(f"reply to a {name} during a campaign, beside idle, p{share * 100:.0f}", busy, "ms", idle, goal)
            )
    return measures
