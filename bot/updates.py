"""In what order updates are worked on, and that each is worked on once.

People do not wait for each other; one person's updates are taken one at a time, in the order they came. It knows the
ledger of updates and must not know what an update asks for.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import structlog
from telegram import Update
from telegram.ext import BaseUpdateProcessor

from core.ports import Clock, UnitOfWorkFactory

log = structlog.get_logger(__name__)

AT_ONCE = 32
"""Updates being worked on; the others wait without holding anything."""
_ACCEPTED = 4096
"""Far above AT_ONCE, so that somebody who sends a hundred messages fills only their own line."""


class OnePersonAtATime(BaseUpdateProcessor):
    """Works an update off when it is its person's turn, and remembers in the database that it did.

    A second delivery of the same update does nothing. If this process dies on the way, Telegram delivers the update
    again (see `bot.intake`), and the process that follows takes it up: what was in flight may be answered twice,
    never not at all.
    """

    def __init__(
        self, unit_of_work: UnitOfWorkFactory, clock: Clock, worker: str, on_done: Callable[[int], None]
    ) -> None:
        super().__init__(_ACCEPTED)
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._worker = worker
        self._on_done = on_done
        self._working = asyncio.Semaphore(AT_ONCE)
        self._lines: dict[int, _Line] = {}

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        try:
            if isinstance(update, Update):
                person = update.effective_user.id if update.effective_user else 0
                async with self._turn_of(person), self._working:
                    await self._once(update, coroutine)
            else:
                await coroutine
        finally:
            # an update that is not worked on leaves its coroutine unawaited, which Python would complain about
            close = getattr(coroutine, "close", None)
            if close:
                close()
            if isinstance(update, Update):
                self._on_done(update.update_id)

    async def _once(self, update: Update, coroutine: Awaitable[Any]) -> None:
        async with self._unit_of_work() as work:
            is_ours = await work.updates.begin(update.update_id, self._worker, self._clock.now())
            await work.commit()
        if not is_ours:
            log.info("update seen before", update_id=update.update_id)
            return
        await coroutine
        async with self._unit_of_work() as work:
            await work.updates.finish(update.update_id, self._clock.now())
            await work.commit()

    @asynccontextmanager
    async def _turn_of(self, person: int) -> AsyncIterator[None]:
        line = self._lines.setdefault(person, _Line())
        line.waiting += 1
        try:
            # asyncio's lock is handed over in the order it was asked for
            async with line.lock:
                yield
        finally:
            line.waiting -= 1
            if not line.waiting:
                del self._lines[person]


class _Line:
    """One person's queue."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.waiting = 0
