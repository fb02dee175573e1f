"""Sending what is due in the one ledger: claim, send outside the transaction, mark."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from core.domain.messages import LEASE, MAX_ATTEMPTS, DeliveryStatus, Message, retry_delay
from core.domain.working_days import Holidays, next_office_time
from core.ports import Clock, Messenger, SendFailed, UnitOfWorkFactory
from core.services.campaign_rounds import stop_failing
from core.services.pacing import Pace

_ROUND_SECONDS = 1.0
_SEND_SECONDS = LEASE.total_seconds() / 3
"""A send that takes longer has failed. Well below the lease, so that a row is never sent twice by two living senders."""
_LOOK_AGAIN = timedelta(seconds=1)

_log = structlog.get_logger(__name__)


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
        pace: Pace | None = None,
        holidays: Holidays = frozenset(),
    ) -> None:
        """`pace` replaces the even pace of `rate_per_second` in tests."""
        self._holidays = holidays
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._messenger = messenger
        self._worker = worker
        self._pace = pace or Pace(rate_per_second)
        # no more rows than can be sent in a round: a claimed row must not wait until its lease runs out
        self._concurrency = max(1, min(concurrency, int(rate_per_second * _ROUND_SECONDS)))
        self._bulk_rests_until = self._pace.monotonic()

    async def send_due(self) -> Delivered:
        """One round: personal rows first, then bulk rows at the allowed rate. Returns soon (about a second of work at most).

        429 stops bulk for the time Telegram asked; 403 and "chat not found" mark the account unreachable; other failures
        rest for `retry_delay` and are tried again until the row expires (after 8 attempts it expires too).
        Personal rows keep the pace as well, so that a hundred reminders at nine o'clock do not make Telegram refuse.
        Campaigns with nothing left to send are finished at the end of the round, those that fail too often are paused.
        """
        counts: Counter[DeliveryStatus] = Counter()
        in_flight: set[asyncio.Task[None]] = set()
        ends_at = self._pace.monotonic() + _ROUND_SECONDS
        async with asyncio.TaskGroup() as group:
            while True:
                rows = await self._claim(self._concurrency - len(in_flight))
                if not rows:
                    break
                for row in rows:
                    if not self._must_rest(row):
                        await self._pace.turn()
                    task = group.create_task(self._deliver(row, counts))
                    in_flight.add(task)
                    task.add_done_callback(in_flight.discard)
                if self._pace.monotonic() >= ends_at:
                    break
                if len(in_flight) >= self._concurrency:
                    await asyncio.wait(in_flight, return_when=asyncio.FIRST_COMPLETED)
        await self._close_round(has_failures=bool(counts[DeliveryStatus.FAILED]))
        return Delivered(
            sent=counts[DeliveryStatus.SENT],
            failed=counts[DeliveryStatus.FAILED] + counts[DeliveryStatus.EXPIRED],
            unreachable=counts[DeliveryStatus.UNREACHABLE],
        )

    async def next_due_at(self) -> datetime | None:
        """When the next row falls due, so that a tick may sleep. While bulk rests, at most a second away, but never past."""
        async with self._unit_of_work() as uow:
            due_at = await uow.outbox.next_due_at()
        rest = self._rest()
        if due_at is None or not rest:
            return due_at
        return max(due_at, self._clock.now() + min(rest, _LOOK_AGAIN))

    async def _claim(self, free: int) -> list[Message]:
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            rows = await uow.outbox.claim(now, limit=free, bulk=False, claimed_by=self._worker)
            if len(rows) < free and not self._rest():
                opens_at = next_office_time(now, self._holidays)
                rows += await uow.outbox.claim(
                    now,
                    limit=free - len(rows),
                    bulk=True,
                    claimed_by=self._worker,
                    quiet_until=opens_at if opens_at > now else None,
                )
            await uow.commit()
        return rows

    async def _deliver(self, row: Message, counts: Counter[DeliveryStatus]) -> None:
        """Cancelled in the middle, the row stays `sending` and is sent again after its lease."""
        if self._must_rest(row):
            await self._settle(row, DeliveryStatus.QUEUED, rest=self._rest())
            return
        try:
            async with asyncio.timeout(_SEND_SECONDS):
                telegram_message_id = await self._messenger.send(row)
        except SendFailed as failure:
            status = await self._failed(row, failure)
        except TimeoutError:
            status = await self._failed(row, SendFailed("timeout"))
        except Exception as bug:  # one row that cannot be put into words must not stop all others
            _log.exception("message_broken", message_id=row.message_id, kind=row.kind)
            status = await self._failed(row, SendFailed(type(bug).__name__))
        else:
            status = DeliveryStatus.SENT
            await self._settle(row, status, telegram_message_id=telegram_message_id)
        counts[status] += 1

    async def _failed(self, row: Message, failure: SendFailed) -> DeliveryStatus:
        if failure.retry_after is not None:
            rest = timedelta(seconds=failure.retry_after)
            self._bulk_rests_until = max(self._bulk_rests_until, self._pace.monotonic() + rest.total_seconds())
            _log.warning("flood_wait", message_id=row.message_id, seconds=failure.retry_after)
            status = DeliveryStatus.QUEUED
            await self._settle(row, status, rest=rest, error=failure.reason)
        elif failure.permanent:
            status = DeliveryStatus.UNREACHABLE
            await self._settle(row, status, error=failure.reason)
        elif row.attempts >= MAX_ATTEMPTS:
            status = DeliveryStatus.EXPIRED
            _log.warning("message_given_up", message_id=row.message_id, kind=row.kind, reason=failure.reason)
            await self._settle(row, status, error=failure.reason)
        else:
            status = DeliveryStatus.FAILED
            await self._settle(row, status, rest=retry_delay(row.attempts), error=failure.reason)
        return status

    async def _settle(
        self,
        row: Message,
        status: DeliveryStatus,
        *,
        rest: timedelta | None = None,
        telegram_message_id: int | None = None,
        error: str | None = None,
    ) -> None:
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            await uow.outbox.settle(
                row.message_id,
                status,
                now,
                due_at=None if rest is None else now + rest,
                telegram_message_id=telegram_message_id,
                error=error,
                claimed_by=self._worker,
            )
            if status is DeliveryStatus.UNREACHABLE and row.telegram_id is not None:
                account = await uow.accounts.get(row.telegram_id)
                if account is not None and account.unreachable_since is None:
                    await uow.accounts.set_unreachable(row.telegram_id, now)
                    await uow.audit.record(
                        "account_unreachable", now, actor="telegram", subject=f"person:{account.person_id}"
                    )
            await uow.commit()

    async def _close_round(self, *, has_failures: bool) -> None:
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            for campaign_id in await uow.campaigns.finish_done(now):
                await uow.audit.record("campaign_finished", now, actor="scheduler", subject=f"campaign:{campaign_id}")
            await uow.commit()
        if has_failures:
            await stop_failing(self._unit_of_work, now)

    def _rest(self) -> timedelta:
        """What is left of the time Telegram asked bulk to wait."""
        return timedelta(seconds=max(0.0, self._bulk_rests_until - self._pace.monotonic()))

    def _must_rest(self, row: Message) -> bool:
        return row.is_bulk and bool(self._rest())
