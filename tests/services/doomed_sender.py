"""A sender in a process of its own, for test_killed_sender: `python -m tests.services.doomed_sender URL FILE`.

Its messenger writes each key into FILE, which is what Telegram would have shown.
"""

import asyncio
import sys
from pathlib import Path

from core.domain.messages import Message
from core.services.delivery import Delivery
from core.storage.database import Database
from tests.factories import NOW
from tests.fakes import FixedClock


class FileMessenger:
    def __init__(self, path: Path) -> None:
        self._path = path

    async def send(self, message: Message) -> int:
        with self._path.open("a") as file:
            file.write(f"{message.key}\n")
        await asyncio.sleep(0.02)
        return message.message_id


async def main(url: str, path: Path) -> None:
    database = Database(url, pool_size=10)
    delivery = Delivery(
        database.unit_of_work, FixedClock(NOW), FileMessenger(path), worker="doomed", rate_per_second=500
    )
    while (await delivery.send_due()).any:
        pass


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
