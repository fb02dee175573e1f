"""Telegram is told that an update is done when it is done, not when it has arrived; so a crash loses none.

Long polling confirms by asking for the next update, a webhook by answering 200. PTB does either on arrival; here both wait.
It must not know what an update asks for.
"""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

import structlog
from telegram import Update
from telegram.ext import ExtBot

PATIENCE = 0.1
"""Seconds an update may stay unfinished before the next ones are asked for regardless."""
WINDOW = 64
"""Telegram hands out at most 100 updates from the oldest unconfirmed one on; beyond this many, waiting for a slow one
would stop everybody, so they are confirmed unfinished and only those could be lost in a crash."""

_READ_SECONDS = 5.0

log = structlog.get_logger(__name__)


class Intake:
    """The updates that arrived and are not finished."""

    def __init__(self, *, confirms_by_answering: bool = False) -> None:
        self.queue: asyncio.Queue[object] = _AnsweredQueue(self) if confirms_by_answering else asyncio.Queue()
        self._unfinished: dict[int, asyncio.Event] = {}
        self._seen: set[int] = set()

    def accept(self, updates: Iterable[Update]) -> tuple[Update, ...]:
        """The updates that did not arrive before; they are unfinished from now on."""
        fresh = tuple(
            update
            for update in sorted(updates, key=lambda update: update.update_id)
            if update.update_id not in self._seen
        )
        for update in fresh:
            self._seen.add(update.update_id)
            self.expect(update.update_id)
        return fresh

    def done(self, update_id: int) -> None:
        """Called once an update needs nothing more of this process."""
        finished = self._unfinished.pop(update_id, None)
        if finished is not None:
            finished.set()

    def confirmed_up_to(self, newest: int | None) -> int | None:
        """The offset to ask from: the oldest unfinished update, which Telegram keeps, or what comes after the newest."""
        oldest = min(self._unfinished, default=None)
        if oldest is None or len(self._seen) > WINDOW:
            self._seen.intersection_update(self._unfinished)
            return newest
        self._seen = {update_id for update_id in self._seen if update_id >= oldest}
        return oldest

    async def settle(self, seconds: float) -> None:
        """Waits until everything is finished, at most so long."""
        waiting = [asyncio.ensure_future(event.wait()) for event in self._unfinished.values()]
        if waiting:
            _, late = await asyncio.wait(waiting, timeout=seconds)
            for waiter in late:
                waiter.cancel()

    def expect(self, update_id: int) -> asyncio.Event:
        """Set once this update is done; a second delivery waits for the first."""
        return self._unfinished.setdefault(update_id, asyncio.Event())


class PollingBot(ExtBot[None]):
    """Asks for updates from the oldest unfinished one on, and passes on those that are new."""

    def __init__(self, *args: Any, intake: Intake, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._intake = intake

    async def get_updates(  # type: ignore[override]
        self,
        offset: int | None = None,
        *,
        timeout: float | timedelta = 0,  # noqa: ASYNC109 - the name is PTB's
        allowed_updates: Sequence[str] | None = None,
    ) -> tuple[Update, ...]:
        """As PTB's updater calls it. PTB would drop a whole batch for one update it cannot read, and ask for it forever."""
        seconds = timeout.total_seconds() if isinstance(timeout, timedelta) else timeout
        await self._intake.settle(PATIENCE)
        raw = await self._post(
            "getUpdates",
            {
                "offset": self._intake.confirmed_up_to(offset),
                "timeout": int(seconds),
                "allowed_updates": allowed_updates,
            },
            read_timeout=seconds + _READ_SECONDS,
        )
        readable, unreadable = [], []
        for data in raw if isinstance(raw, list) else []:
            try:
                readable.append(Update.de_json(data, self))
            except Exception as error:  # whatever PTB raises for a form it does not know
                log.error("update not readable", update_id=data.get("update_id"), error=type(error).__name__)
                unreadable.append(Update(int(data["update_id"])))
        return self._intake.accept([*readable, *unreadable])


class _AnsweredQueue(asyncio.Queue[object]):
    """PTB's webhook answers 200 when `put` returns."""

    def __init__(self, intake: Intake) -> None:
        super().__init__()
        self._intake = intake

    async def put(self, item: object) -> None:
        if not isinstance(item, Update):
            await super().put(item)
            return
        finished = self._intake.expect(item.update_id)
        await super().put(item)
        await finished.wait()
