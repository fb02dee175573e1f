"""What was handed to Telegram and is not yet written down. Bounded, since all of it comes twice if the sender dies now."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from core.domain.messages import Message, Settlement

_GATHER_SECONDS = 0.04
"""How long an ended send waits for others to be written down with it."""


Ended = tuple[Message, Settlement]


class InFlight:
    """At most `limit` rows that are being sent or have ended and wait to be written down, counted together."""

    def __init__(self, limit: int, send: Callable[[Message], Awaitable[Settlement]]) -> None:
        """`send` must not raise; cancelled in the middle, its row is forgotten here and sent again after its lease."""
        self._limit = limit
        self._send = send
        self._flying: set[asyncio.Task[None]] = set()
        self._ended: list[Ended] = []
        self._enough = 1
        self._has_enough = asyncio.Event()

    @property
    def room(self) -> int:
        """How many may be started once what has ended is written down."""
        return self._limit - len(self._flying)

    @property
    def ended(self) -> Sequence[Ended]:
        """To be written down, oldest first."""
        return tuple(self._ended)

    @property
    def is_busy(self) -> bool:
        return bool(self._flying or self._ended)

    @property
    def is_full(self) -> bool:
        return len(self._flying) + len(self._ended) >= self._limit

    @property
    def is_worth_writing(self) -> bool:
        """A quarter of the room has ended."""
        return len(self._ended) * 4 >= self._limit

    def start(self, row: Message, group: asyncio.TaskGroup) -> None:
        task = group.create_task(self._follow(row))
        self._flying.add(task)
        task.add_done_callback(self._landed)

    def hand_back(self, row: Message, settlement: Settlement) -> None:
        """A claimed row that was never started."""
        self._ended.append((row, settlement))

    def written(self, ended: Sequence[Ended]) -> None:
        """These, the oldest of `ended`, are in the ledger now."""
        del self._ended[: len(ended)]

    async def gather(self) -> None:
        """Waits until half the room has ended: what ends together is written down together, while the others go on.

        Who ended first does not wait for somebody slow. Returns at once if nothing is being sent.
        """
        self._enough = max(1, self._limit // 2)
        while self._flying and len(self._ended) < self._enough:
            self._has_enough.clear()
            try:
                async with asyncio.timeout(_GATHER_SECONDS if self._ended else None):
                    await self._has_enough.wait()
            except TimeoutError:
                return

    async def empty(self) -> None:
        """Waits until nothing is being sent; what has ended stays to be written down."""
        if self._flying:
            await asyncio.wait(self._flying)

    async def _follow(self, row: Message) -> None:
        self._ended.append((row, await self._send(row)))

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._flying.discard(task)
        if len(self._ended) >= self._enough or len(self._ended) == 1 or not self._flying:
            self._has_enough.set()
