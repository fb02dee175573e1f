"""A chat reply is worth a second try: waits when Telegram says so, tries again when the line breaks.

For the bot's own calls only. Bulk messages are paced by the scheduler, which must see every refusal itself.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import structlog
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut
from telegram.ext import BaseRateLimiter

TRIES = 3
LONGEST_WAIT = 30.0
_PAUSE = 0.3

log = structlog.get_logger(__name__)


class PatientRetries(BaseRateLimiter[None]):
    """Wired in as PTB's rate limiter, the one place all calls of the application pass through."""

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,
    ) -> Any:
        for attempt in range(1, TRIES + 1):
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                pause = seconds_to_wait(error)
                if attempt == TRIES or pause > LONGEST_WAIT:
                    raise
            except (BadRequest, TimedOut):
                # a refusal stays a refusal; after a time-out the message may well have arrived
                raise
            except NetworkError:
                if attempt == TRIES:
                    raise
                pause = _PAUSE * attempt
            log.warning("call tried again", endpoint=endpoint, attempt=attempt, pause=pause)
            await asyncio.sleep(pause)
        raise AssertionError("unreachable")


def seconds_to_wait(error: RetryAfter) -> float:
    """PTB gives seconds or a timedelta, by a setting of its own."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int | float) else wait.total_seconds()
