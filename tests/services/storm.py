"""A campaign in a storm: its sender is killed again and again, Telegram refuses and breaks off, the database restarts.

What arrived is counted at the sandbox, what was done in the ledger, and the two are held against each other.
"""

import logging
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess

import psycopg

from core.domain.messages import LEASE
from core.storage.addresses import libpq
from sandbox.chats import Person
from sandbox.faults import DROPPED, Fault
from tests.running_sandbox import RunningSandbox
from tests.services.doomed_bot_sender import CONCURRENCY, start

FIRST_PHONE = 820_000_000
_HOUR = 3600.0
_PATIENCE = 120.0

_CAMPAIGN = """
INSERT INTO units (code, name, short_name) VALUES ('BKD', 'Badan Kepegawaian Daerah', 'BKD') ON CONFLICT DO NOTHING;
INSERT INTO people (nip, name, unit_code, position, level, employment)
SELECT 'n' || i, 'Pegawai ' || i, 'BKD', 'Staf', 'pelaksana', 'PNS' FROM generate_series(1, {count}) AS i;
INSERT INTO telegram_accounts (telegram_id, person_id, linked_at) SELECT {phone} + id, id, now() FROM people;
INSERT INTO campaigns (text, audience, status, created_at, is_urgent)
VALUES ('Apel Senin, {{nama}}', 'all', 'running', now(), true);
INSERT INTO outbox (key, kind, facts, due_at, is_bulk, person_id, campaign_id, status)
SELECT 'campaign:' || c.id || ':' || p.id, 'campaign', jsonb_build_object('campaign_id', c.id), now(), true, p.id, c.id, 'queued'
FROM people p, campaigns c;
"""


@dataclass(frozen=True)
class Weather:
    """Shares of people whose first call fails so, and of those who blocked the bot."""

    server_errors: float = 0.0
    dropped: float = 0.0
    """Half of them after the message was shown: nobody can know, so it comes again."""
    blocked: float = 0.0
    per_second: int = 0
    """Telegram's limit; 0: none."""


CALM = Weather()
ROUGH = Weather(server_errors=0.05, dropped=0.02, blocked=0.03)


@dataclass
class Storm:
    url: str
    sandbox: RunningSandbox
    people: int
    weather: Weather = CALM
    rate: float = 5000.0
    chance: random.Random = field(default_factory=lambda: random.Random(20261125))
    kills: int = 0
    blocked: set[int] = field(default_factory=set)
    lost_answers: set[int] = field(default_factory=set)

    def brew(self) -> None:
        # the sandbox complains of each client that hangs up, which here is the point
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        with psycopg.connect(libpq(self.url)) as connection:
            connection.execute(_CAMPAIGN.format(count=self.people, phone=FIRST_PHONE))
            phones = [row[0] for row in connection.execute("SELECT telegram_id FROM telegram_accounts").fetchall()]
        world = self.sandbox.world
        for phone in phones:
            world.people[phone] = Person(phone, "Pegawai", started=True)
        self.chance.shuffle(phones)
        for share, code in ((self.weather.server_errors, 502), (self.weather.dropped, DROPPED)):
            struck = [phones.pop() for _ in range(int(share * self.people))]
            for number, phone in enumerate(struck):
                is_lost = code == DROPPED and number % 2 == 1
                world.faults.add(Fault("sendmessage", str(phone), code, "Bad Gateway", None, 1, is_lost))
                if is_lost:
                    self.lost_answers.add(phone)
        for _ in range(int(self.weather.blocked * self.people)):
            phone = phones.pop()
            world.people[phone].blocked = True
            self.blocked.add(phone)
        world.limit.set(self.weather.per_second)

    def kill_at_random(self, kills: int) -> None:
        """Senders killed one after the other, each at a random moment of its share of the work."""
        share = self.people // (kills + 1)
        for _ in range(kills):
            goal = self.calls + self.chance.randint(share // 4, share)
            with self._sender() as sender:
                self._wait(lambda: self.calls >= goal or not sender.is_alive())  # noqa: B023 - waits within the loop
                assert sender.is_alive(), "the sender ended by itself"
                sender.kill()
            self.kills += 1

    def live_through(self, *happenings: Callable[[], None]) -> None:
        """One sender that lives on while these happen, evenly over the campaign."""
        with self._sender() as sender:
            for number, happens in enumerate(happenings, 1):
                self._wait(lambda number=number: self.calls >= number * self.people // (len(happenings) + 1))
                happens()
            self._wait(lambda: not sender.is_alive())
            assert sender.exitcode == 0

    def survive(self) -> None:
        """Senders nobody kills: what the killed ones left, then what failed and rests."""
        for shift in (0.0, _HOUR, 2 * _HOUR):
            with self._sender(shift) as sender:
                self._wait(lambda: not sender.is_alive())
                assert sender.exitcode == 0

    @property
    def calls(self) -> int:
        """Calls so far, refused ones too: cheap to ask for again and again."""
        return self.sandbox.world.calls.count

    @contextmanager
    def _sender(self, shift: float = 0.0) -> Iterator[BaseProcess]:
        ahead = (self.kills + 1) * LEASE.total_seconds() + shift
        process = start(self.url, self.sandbox.url, self.rate, ahead)
        try:
            yield process
        finally:
            process.kill()
            process.join()

    def _wait(self, condition: Callable[[], bool]) -> None:
        """Until it is so; a campaign in which nothing moves has failed."""
        seen, moved = -1, time.monotonic()
        while not condition():
            if self.calls != seen:
                seen, moved = self.calls, time.monotonic()
            assert time.monotonic() - moved < _PATIENCE, f"nothing moves after {seen} calls"
            time.sleep(0.002)

    def judge(self) -> "Verdict":
        chats = self.sandbox.world.chats
        got = Counter({phone: chat.last_message_id for phone, chat in chats.items() if chat.last_message_id})
        refused = self.sandbox.world.calls.stats(0.0)["errors"]
        with psycopg.connect(libpq(self.url)) as connection:
            rows = connection.execute(
                "SELECT a.telegram_id, o.status, o.attempts FROM outbox o JOIN telegram_accounts a USING (person_id)"
            ).fetchall()
            (status,) = connection.execute("SELECT status FROM campaigns").fetchone() or ("",)
        sent = {phone for phone, word, _ in rows if word == "sent"}
        failures = sum(count for code, count in refused.items() if code != "429")
        answers_lost = len(self.lost_answers)
        return Verdict(
            left_out=len([word for _, word, _ in rows if word not in ("sent", "unreachable")]),
            both_agree=sent == set(got) and {phone for phone, word, _ in rows if word == "unreachable"} == self.blocked,
            repeated=sum(got.values()) - len(got) - answers_lost,
            repeated_by_ledger=sum(attempts for _, _, attempts in rows) - len(rows) - failures + len(self.blocked),
            allowed=self.kills * CONCURRENCY,
            refused_429=int(refused.get("429", 0)),
            campaign=str(status),
        )


@dataclass(frozen=True)
class Verdict:
    left_out: int
    """Rows neither sent nor unreachable."""
    both_agree: bool
    """Who got it at the sandbox are those who are `sent` in the ledger, and who blocked the bot are `unreachable`."""
    repeated: int
    """Messages shown more than once, without those whose answer was lost on the way."""
    repeated_by_ledger: int
    """Claims beyond one a row and beyond those that failed: what the killed senders had in hand."""
    allowed: int
    """Kills times the stated concurrency."""
    refused_429: int
    campaign: str

    def require(self) -> None:
        assert self.left_out == 0, self
        assert self.both_agree, self
        assert 0 <= self.repeated <= self.repeated_by_ledger <= self.allowed, self
        assert self.campaign == "finished", self
