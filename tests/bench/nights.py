"""62,000 recipients end to end in simulated time on a database of its own: drafted, approved, sent over two nights."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

from core.storage import embedded, migrate
from core.storage.database import Database
from tests.bench.measure import Measure
from tests.services.simulated_nights import Campaign, over_two_nights

PEOPLE = 62_000


def run(folder: Path, say: Callable[[str], None]) -> list[Measure]:
    server = embedded.start(folder, durable=False)
    try:
        migrate.upgrade(server.url)
        began = time.perf_counter()
        campaign = asyncio.run(_campaign(server.url, say))
        took = time.perf_counter() - began
    finally:
        server.stop()
    campaign.require(PEOPLE)
    planned = campaign.impact.duration.total_seconds()
    late = (campaign.ended_at - campaign.impact.ends_at).total_seconds()
    return [
        Measure(f"{PEOPLE:,} people over two nights, sending time beside the impact line", planned + late, "s", planned,
                "ratio 0.98 to 1.02"),
        Measure("people reached, beside those the impact line named", campaign.chats, "", campaign.impact.reached, "1"),
        Measure("real time that took", took, "s"),
    ]  # fmt: skip


async def _campaign(url: str, say: Callable[[str], None]) -> Campaign:
    database = Database(url)
    try:
        return await over_two_nights(database, url, PEOPLE, say)
    finally:
        await database.close()
