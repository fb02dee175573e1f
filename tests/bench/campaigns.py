"""The sender by itself: opening a campaign for 100,000 people, keeping its pace under Telegram's limit, and its cost.

Needs no other process: an embedded database of its own, the sandbox in a thread, the sender in this process.
"""

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path

import psycopg
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.lean_request import LeanRequest
from bot.messenger import TelegramMessenger
from core.bootstrap import SystemClock
from core.domain.campaigns import Campaign, CampaignStatus
from core.services.campaigns import Campaigns
from core.services.delivery import Delivery
from core.storage import embedded, migrate
from core.storage.cluster import address
from core.storage.database import Database
from sandbox.chats import Person
from tests.bench.measure import Measure
from tests.running_sandbox import TOKEN, RunningSandbox, running_sandbox

PEOPLE = 100_000
PACED_MESSAGES = 3_000
RATE = 25.0
LIMIT = 30
FREE_MESSAGES = 1_000
FREE_TURNS = 3
"""The sender and the bare loop take turns, so that both see the same machine."""
CONCURRENCY = 8
FIRST_PHONE = 810_000_000

_PEOPLE = """
INSERT INTO units (code, name, short_name) VALUES ('BKD', 'Badan Kepegawaian Daerah', 'BKD') ON CONFLICT DO NOTHING;
INSERT INTO people (nip, name, unit_code, position, level, employment)
SELECT 'n' || i, 'Pegawai ' || i, 'BKD', 'Staf', 'pelaksana', 'PNS' FROM generate_series(1, {count}) AS i;
INSERT INTO telegram_accounts (telegram_id, person_id, linked_at) SELECT {phone} + id, id, now() FROM people;
"""
_BARE = """
CREATE TEMP TABLE bare (LIKE outbox INCLUDING ALL);
INSERT INTO bare (key, kind, facts, due_at, expires_at, is_bulk, person_id, campaign_id, status)
SELECT 'bare:' || id, 'campaign', '{"campaign_id": 1}', now(), now(), true, id, 1, 'queued' FROM people;
"""


def run(folder: Path, say: Callable[[str], None]) -> list[Measure]:
    with ExitStack() as stack:
        server = embedded.start(folder)
        stack.callback(server.stop)
        with psycopg.connect(address(server.cluster.path, "postgres"), autocommit=True) as admin:
            for name in ("big", "paced"):
                admin.execute(f"CREATE DATABASE {name}")
                migrate.upgrade(address(server.cluster.path, name))
        big, paced = (address(server.cluster.path, name) for name in ("big", "paced"))
        say(f"opening a campaign for {PEOPLE:,} people …")
        measures = asyncio.run(_opening(big))
        sandbox = stack.enter_context(running_sandbox())
        return measures + asyncio.run(_sending(paced, sandbox, say))


async def _opening(url: str) -> list[Measure]:
    with psycopg.connect(url) as connection:
        connection.execute(_PEOPLE.format(count=PEOPLE, phone=FIRST_PHONE))
        connection.commit()
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE")
        connection.autocommit = False
        began = time.perf_counter()
        connection.execute(_BARE)
        bare = time.perf_counter() - began
    database, clock = Database(url), SystemClock()
    try:
        before, began = _memory(), time.perf_counter()
        campaign = await Campaigns(database.unit_of_work, clock).send("Apel Senin, {nama}", "all", actor="bench")
        took, grown = time.perf_counter() - began, _memory() - before
        progress = await Campaigns(database.unit_of_work, clock).progress(campaign.campaign_id)
        assert progress is not None
        assert progress.recipients == PEOPLE
    finally:
        await database.close()
    return [
        Measure(f"opening a campaign for {PEOPLE:,} people, beside a bare INSERT", took, "s", bare, "≤ 3 s"),
        Measure("memory grown meanwhile", grown, "MB", None, "flat"),
    ]


async def _sending(url: str, sandbox: RunningSandbox, say: Callable[[str], None]) -> list[Measure]:
    with psycopg.connect(url) as connection:
        connection.execute(_PEOPLE.format(count=PACED_MESSAGES, phone=FIRST_PHONE))
        phones = [row[0] for row in connection.execute("SELECT telegram_id FROM telegram_accounts").fetchall()]
    sandbox.world.people.update({phone: Person(phone, "Pegawai", started=True) for phone in phones})
    async with AsyncExitStack() as stack:
        database = Database(url)
        stack.push_async_callback(database.close)
        bots = []
        for request in LeanRequest(CONCURRENCY + 2), HTTPXRequest(connection_pool_size=CONCURRENCY + 2):
            polling = HTTPXRequest(connection_pool_size=1)
            bots.append(Bot(TOKEN, base_url=f"{sandbox.url}/bot", get_updates_request=polling, request=request))
            stack.push_async_callback(polling.shutdown)
            stack.push_async_callback(request.shutdown)
        say(f"the sender beside a bare loop, {FREE_TURNS} turns of {FREE_MESSAGES:,} messages each …")
        free, bare = await _free(database, *bots, phones)
        say(
            f"{PACED_MESSAGES:,} messages at {RATE:g}/s under a limit of {LIMIT}/s: {PACED_MESSAGES / RATE:.0f} seconds …"
        )
        paced = await _paced(database, bots[0], sandbox)
    return [
        *paced,
        Measure(
            f"messages of the sender without limit, beside a bare loop ({CONCURRENCY} at once, sandbox in this process)",
            free, "/s", bare, "ratio ≥ 0.8",
        ),
    ]  # fmt: skip


async def _paced(database: Database, bot: Bot, sandbox: RunningSandbox) -> list[Measure]:
    sandbox.post("limits", {"per_second": LIMIT})
    refused = _refusals(sandbox)
    seconds = await _drain(database, bot, RATE, PACED_MESSAGES)
    refused = _refusals(sandbox) - refused
    sandbox.post("limits", {"per_second": 0})
    return [
        Measure(
            f"pace over {PACED_MESSAGES:,} messages at {RATE:g}/s under a limit of {LIMIT}/s",
            PACED_MESSAGES / seconds, "/s", RATE, "ratio 0.96 to 1.04",
        ),
        Measure("refusals (429) meanwhile", refused, "", None, "0"),
    ]  # fmt: skip


async def _free(database: Database, lean: Bot, bare: Bot, phones: list[int]) -> tuple[float, float]:
    """Messages a second: the sender's, and those of a bare loop of python-telegram-bot with as many at once."""
    chats = itertools.cycle(phones)

    async def worker(left: Iterator[int]) -> None:
        for chat_id in left:
            await bare.send_message(chat_id, "Pengumuman dari tim SDM\n\nApel Senin, Pegawai")

    ours = loop = 0.0
    for _ in range(FREE_TURNS):
        left = itertools.islice(chats, FREE_MESSAGES)
        loop += await _timed(lambda left=left: _all(worker(left) for _ in range(CONCURRENCY)))  # type: ignore[misc]
        ours += await _drain(database, lean, 5_000.0, FREE_MESSAGES)
    return FREE_TURNS * FREE_MESSAGES / ours, FREE_TURNS * FREE_MESSAGES / loop


async def _drain(database: Database, bot: Bot, rate: float, messages: int) -> float:
    """Seconds a sender takes for a new campaign to so many."""
    now = SystemClock().now()
    async with database.unit_of_work() as uow:
        await uow.campaigns.create(
            Campaign(0, "Apel Senin, {nama}", "all", CampaignStatus.RUNNING, now, is_urgent=True)
        )
        campaign = (await uow.campaigns.recent(1))[0]
        await uow.campaigns.open_deliveries(campaign, now, campaign.created_at.replace(year=now.year + 1))
        await uow.commit()
    delivery = Delivery(
        database.unit_of_work, SystemClock(), TelegramMessenger(bot), worker="bench", rate_per_second=rate,
        concurrency=CONCURRENCY,
    )  # fmt: skip
    sent = 0

    async def rounds() -> None:
        nonlocal sent
        while sent < messages:
            done = await delivery.send_due()
            sent += done.sent
            if not done.any:
                raise AssertionError(f"the sender stopped after {sent} of {messages}")

    seconds = await _timed(rounds)
    async with database.unit_of_work() as uow:
        await uow.outbox.withdraw_campaign(campaign.campaign_id, now)
        await uow.commit()
    return seconds * messages / sent


async def _timed(work: Callable[[], Awaitable[None]]) -> float:
    began = time.perf_counter()
    await work()
    return time.perf_counter() - began


async def _all(workers) -> None:  # type: ignore[no-untyped-def]
    async with asyncio.TaskGroup() as group:
        for worker in workers:
            group.create_task(worker)


def _refusals(sandbox: RunningSandbox) -> int:
    return int(sandbox.get("stats")["errors"].get("429", 0))


def _memory() -> float:
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1000
