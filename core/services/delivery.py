"""Sending what is due in the one ledger: claim, send outside the transaction, mark."""

from dataclasses import dataclass
from datetime import datetime

from core.ports import Clock, Messenger, UnitOfWorkFactory


@dataclass(frozen=True)
class Delivered:
    """Counts of one round."""

    sent: int = 0
    failed: int = 0
    unreachable: int = 0

    @property
    def any(self) -> bool:
        return bool(self.sent or self.failed or self.unreachable)


class Delivery:
    """The one sender. A crash loses nothing; what was in flight (at most `concurrency`) is sent again."""

    def __init__(
        self,
        unit_of_work: UnitOfWorkFactory,
        clock: Clock,
        messenger: Messenger,
        *,
        worker: str,
        rate_per_second: float = 25.0,
        concurrency: int = 8,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._messenger = messenger
        self._worker = worker
        self._rate = rate_per_second
        self._concurrency = concurrency

    async def send_due(self) -> Delivered:
        """One round: personal rows first, then bulk rows at the allowed rate. Returns soon (about a second of work at most).

        429 stops bulk for the time Telegram asked; 403 and "chat not found" mark the account unreachable; other failures
        rest for `retry_delay` and are tried again until the row expires (after 8 attempts it expires too).
        """
        raise NotImplementedError

    async def next_due_at(self) -> datetime | None:
        """When the next row falls due, so that a tick may sleep."""
        raise NotImplementedError
