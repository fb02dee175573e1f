"""A sender with the bot's messenger in a process of its own, to be killed.

It ends when nothing is due any more; a database that is away, or bulk told to rest, is waited for, as the scheduler's
ticks would.
"""

import asyncio
import multiprocessing
import uuid
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from multiprocessing.process import BaseProcess

from telegram import Bot
from telegram.request import HTTPXRequest

from bot.lean_request import LeanRequest
from bot.messenger import TelegramMessenger
from core.bootstrap import SystemClock
from core.ports import DatabaseBusy, DatabaseUnreachable
from core.services.attachments import Attachments
from core.services.delivery import Delivery
from core.storage.database import Database
from tests.running_sandbox import TOKEN

CONCURRENCY = 8
_TICK = 0.05
_SOON = timedelta(seconds=1.5)


# starts in milliseconds what takes seconds to import
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload([__name__])


def start(url: str, api: str, rate: float, ahead: float) -> BaseProcess:
    """`ahead`: seconds its clock is, so that a lease need not be waited for."""
    process = _processes.Process(target=_run, args=(url, api, rate, ahead), daemon=True)
    process.start()
    return process


def _run(url: str, api: str, rate: float, ahead: float) -> None:
    asyncio.run(_main(url, api, rate, ahead))


class ShiftedClock(SystemClock):
    def __init__(self, seconds: float) -> None:
        self._ahead = timedelta(seconds=seconds)

    def now(self) -> datetime:
        return super().now() + self._ahead


async def _main(url: str, api: str, rate: float, ahead: float) -> None:
    async with AsyncExitStack() as stack:
        database = Database(url)
        stack.push_async_callback(database.close)
        requests = HTTPXRequest(connection_pool_size=1), LeanRequest(CONCURRENCY + 2)
        for request in requests:
            stack.push_async_callback(request.shutdown)
        bot = Bot(TOKEN, base_url=f"{api}/bot", get_updates_request=requests[0], request=requests[1])
        clock = ShiftedClock(ahead)
        messenger = TelegramMessenger(bot, Attachments(database.unit_of_work, clock))
        delivery = Delivery(
            database.unit_of_work, clock, messenger, worker=uuid.uuid4().hex, rate_per_second=rate,
            concurrency=CONCURRENCY,
        )  # fmt: skip
        while await _has_more(delivery, clock):
            pass


async def _has_more(delivery: Delivery, clock: ShiftedClock) -> bool:
    try:
        if (await delivery.send_due()).any:
            return True
        due_at = await delivery.next_due_at()
    except (DatabaseUnreachable, DatabaseBusy):
        due_at = clock.now()
    if due_at is None or due_at > clock.now() + _SOON:
        return False
    await asyncio.sleep(_TICK)
    return True
