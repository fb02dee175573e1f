"""A sender killed for real (SIGKILL) in the middle of a campaign: nothing is lost, little comes twice."""

import asyncio
import sys
from collections import Counter
from pathlib import Path

from core.domain.messages import LEASE, Kind, NewMessage
from core.services.delivery import Delivery
from core.settings import ROOT
from core.storage.database import Database
from tests.factories import NOW, add_people
from tests.fakes import FixedClock
from tests.services.doomed_sender import FileMessenger

ROWS = 150
CONCURRENCY = 8


async def test_a_killed_sender_loses_nothing_and_repeats_at_most_what_was_in_flight(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    cast = await add_people(database.unit_of_work)
    async with database.unit_of_work() as uow:
        await uow.outbox.add(
            NewMessage(f"row:{n}", Kind.CAMPAIGN, {}, NOW, person_id=cast.sari.person_id, is_bulk=True)
            for n in range(ROWS)
        )
        await uow.commit()
    seen = tmp_path / "seen"
    seen.touch()

    sender = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.services.doomed_sender", database_url, str(seen), cwd=ROOT
    )
    try:
        async with asyncio.timeout(60):
            while len(seen.read_text().split()) < ROWS // 3:  # noqa: ASYNC110 - another process writes it
                await asyncio.sleep(0.01)
    finally:
        sender.kill()
        await sender.wait()
    already = len(seen.read_text().split())
    assert ROWS // 3 <= already < ROWS

    later = FixedClock(NOW + LEASE)
    survivor = Delivery(database.unit_of_work, later, FileMessenger(seen), worker="survivor", rate_per_second=500)
    while (await survivor.send_due()).any:
        pass

    times = Counter(seen.read_text().split())
    assert len(times) == ROWS
    assert set(times.values()) <= {1, 2}
    assert sum(times.values()) - ROWS <= CONCURRENCY
