"""Ten SIGKILLs at random moments of one campaign: everybody gets it, and the receiver's count agrees with the ledger's."""

import asyncio
import random
import sys
from collections import Counter
from pathlib import Path

import psycopg

from core.domain.campaigns import CampaignStatus
from core.domain.messages import LEASE
from core.services.campaigns import Campaigns
from core.services.delivery import Delivery
from core.settings import ROOT
from core.storage.database import Database
from tests.factories import NOW, add_people
from tests.fakes import FixedClock
from tests.services.doomed_sender import FileMessenger

PEOPLE = 600
KILLS = 10
CONCURRENCY = 8


async def test_ten_kills_leave_nobody_out_and_repeat_at_most_what_was_in_flight(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    await add_people(database.unit_of_work)
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "INSERT INTO people (nip, name, unit_code, position, level, employment) "
            "SELECT 'n' || i, 'Pegawai', 'BKD', 'Staf', 'pelaksana', 'PNS' FROM generate_series(1, %s) AS i",
            [PEOPLE - 10],
        )
        connection.execute(
            "INSERT INTO telegram_accounts (telegram_id, person_id, linked_at) "
            "SELECT id, id, %s FROM people WHERE nip LIKE 'n%%'",
            [NOW],
        )
    campaigns = Campaigns(database.unit_of_work, FixedClock(NOW))
    campaign = await campaigns.send("Apel Senin", "all", actor="cli")
    seen = tmp_path / "seen"
    seen.touch()

    moments = random.Random(20261124)
    kills = 0
    for _ in range(KILLS):
        kills += await killed_in_the_middle(database_url, seen, after=moments.randint(5, 50))
    assert kills == KILLS

    survivor = Delivery(
        database.unit_of_work,
        FixedClock(NOW + (KILLS + 1) * LEASE),
        FileMessenger(seen),
        worker="survivor",
        rate_per_second=5000,
    )
    while (await survivor.send_due()).any:
        pass

    received = Counter(seen.read_text().split())
    progress = await campaigns.progress(campaign.campaign_id)
    assert progress is not None
    assert progress.campaign.status is CampaignStatus.FINISHED
    assert len(received) == progress.sent == progress.recipients == PEOPLE
    with psycopg.connect(database_url) as connection:
        ledger = {key for (key,) in connection.execute("SELECT key FROM outbox WHERE status = 'sent'").fetchall()}
        claims = connection.execute("SELECT sum(attempts) FROM outbox").fetchone()
    assert ledger == set(received)
    assert claims is not None
    repeated = sum(received.values()) - PEOPLE
    assert repeated <= claims[0] - PEOPLE <= KILLS * CONCURRENCY


async def killed_in_the_middle(url: str, seen: Path, *, after: int) -> bool:
    """Starts a sender and kills it when it has sent so many more; True if it was still at it."""
    goal = lines_in(seen) + after
    sender = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.services.doomed_sender", url, str(seen), cwd=ROOT
    )
    try:
        async with asyncio.timeout(60):
            while lines_in(seen) < goal and sender.returncode is None:  # noqa: ASYNC110
                await asyncio.sleep(0.005)
    finally:
        was_alive = sender.returncode is None
        if was_alive:
            sender.kill()
        await sender.wait()
    return was_alive


def lines_in(file: Path) -> int:
    return file.read_bytes().count(b"\n")
