"""An even pace for messages: one slot after the other, no burst at the start. Knows nothing of what is sent."""

import asyncio
import time
from collections.abc import Awaitable, Callable

CREDIT_SLOTS = 2
"""Slots that may be caught up after a stall (reading the next rows), so that the average keeps up and a burst stays small."""


class Pace:
    """Slots at `per_second`. `monotonic` and `sleep` are asyncio's and the system's unless a test brings its own."""

    def __init__(
        self,
        per_second: float,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.monotonic = monotonic
        self.sleep = sleep
        self._interval = 1 / per_second
        self._next = monotonic()

    @property
    def wait(self) -> float:
        """Seconds until the next slot; 0 if it has come."""
        return max(0.0, self._next - self.monotonic())

    async def turn(self) -> None:
        """Returns when the next slot has come."""
        now = self.monotonic()
        slot = max(self._next, now - CREDIT_SLOTS * self._interval)
        self._next = slot + self._interval
        if slot > now:
            await self.sleep(slot - now)
