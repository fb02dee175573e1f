"""Sending what is due in the one ledger: claim, send outside the transaction, write down what became of it."""

import asyncio
import random
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from core.domain.messages import LEASE, DeliveryStatus, Message, Settlement
from core.domain.working_days import Holidays, next_office_time
from core.ports import Clock, DatabaseBusy, DatabaseUnreachable, Messenger, SendFailed, UnitOfWork, UnitOfWorkFactory
from core.services import outcomes
from core.services.campaign_rounds import finish_done, stop_failing
from core.services.in_flight import InFlight
from core.services.pacing import Pace

_ROUND_SECONDS = 10.0
"""After so long the caller is asked whether we are still the one sender. Between rounds nothing is being sent, which costs."""
_CLAIM_SECONDS = 1.0
_TEND_SECONDS = 1.0
_SEND_SECONDS = LEASE.total_seconds() / 3
"""A send that takes longer has failed. Well below the lease, so that a row is never sent twice by two living senders."""
_WORTH_WRITING = 0.02
"""Seconds we wait for our turn anyhow, in which what has ended is written down."""
_LOOK_AGAIN = timedelta(seconds=1)
_PAUSES = (0.5, 1.0, 2.0, 4.0)
"""Seconds between the tries to write down what was sent while the database was away; in all far below the lease."""

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
    """The one sender. A crash loses nothing and repeats at most `concurrency` messages.

    That many rows at most are claimed and not yet settled, whether being sent or sent and about to be written down: they
    are what a killed sender leaves behind, to be sent again after their lease. Outcomes are written in groups, together
    with the claim of the next rows, in one durable commit. While the database is away nothing new is sent, and what was
    sent is written down when it is back.
    """

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
        chance: Callable[[], float] = random.random,
    ) -> None:
        """`pace` replaces the even pace of `rate_per_second` in tests, `chance` what spreads the retries."""
        self._holidays = holidays
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._messenger = messenger
        self._worker = worker
        self._pace = pace or Pace(rate_per_second)
        self._chance = chance
        # no more rows than can be sent in a second: a claimed row must not wait until its lease runs out
        self._in_flight = InFlight(max(1, min(concurrency, int(rate_per_second * _CLAIM_SECONDS))), self._deliver)
        self._bulk_rests_until = self._pace.monotonic()
        self._is_stopping = False

    def stop(self) -> None:
        """The round that runs claims nothing more, finishes what it has in hand, and ends."""
        self._is_stopping = True

    async def send_due(self) -> Delivered:
        """One round: personal rows first, then bulk rows at the allowed rate, until nothing is due, or for ten seconds.

        429 stops bulk for the time Telegram asked; 403 and "chat not found" mark the account unreachable; other failures
        rest for `retry_delay` and are tried again until the row expires (after 8 attempts it expires too).
        Personal rows keep the pace as well, so that a hundred reminders at nine o'clock do not make Telegram refuse.
        Campaigns with nothing left to send are finished within a second, those that fail too often are paused.
        Raises DatabaseUnreachable or DatabaseBusy, but only when all that was being sent has ended.
        """
        counts: Counter[DeliveryStatus] = Counter()
        async with asyncio.TaskGroup() as group:
            trouble = await self._round(group, counts)
        if trouble is not None:
            raise trouble
        await self._tend(counts)
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

    async def _round(self, group: asyncio.TaskGroup, counts: Counter[DeliveryStatus]) -> Exception | None:
        """Returns what went wrong with the database, when nothing is being sent any more."""
        try:
            await self._claim_and_send(group, counts)
            await self._land(counts)
        except (DatabaseUnreachable, DatabaseBusy) as trouble:
            await self._save_what_was_sent(counts)
            return trouble
        return None

    async def _claim_and_send(self, group: asyncio.TaskGroup, counts: Counter[DeliveryStatus]) -> None:
        began = tended = self._pace.monotonic()
        while not self._is_stopping and self._pace.monotonic() < began + _ROUND_SECONDS:
            rows = await self._turn_page(counts, self._in_flight.room)
            if not rows:
                return
            await self._start(rows, group, counts)
            if self._in_flight.is_full:
                await self._in_flight.gather()
            if self._pace.monotonic() >= tended + _TEND_SECONDS:
                tended = self._pace.monotonic()
                await self._tend(counts)

    async def _start(self, rows: list[Message], group: asyncio.TaskGroup, counts: Counter[DeliveryStatus]) -> None:
        """Each at its turn. Rows whose turn does not come, as the database went away, are not left to their lease."""
        waiting = deque(rows)
        try:
            while waiting:
                if not self._must_rest(waiting[0]):
                    if self._in_flight.is_worth_writing and self._pace.wait >= _WORTH_WRITING:
                        await self._turn_page(counts, 0)
                    await self._pace.turn()
                self._in_flight.start(waiting.popleft(), group)
        finally:
            for row in waiting:
                self._in_flight.hand_back(row, outcomes.put_back(row, row.due_at))

    async def _land(self, counts: Counter[DeliveryStatus]) -> None:
        """Ends with nothing being sent and everything written down."""
        while self._in_flight.is_busy:
            await self._in_flight.gather()
            await self._turn_page(counts, 0)

    async def _save_what_was_sent(self, counts: Counter[DeliveryStatus]) -> None:
        """What cannot be written down now either is kept for the next round: it must not be sent again after its lease."""
        await self._in_flight.empty()
        for pause in _PAUSES:
            await self._pace.sleep(pause)
            try:
                await self._turn_page(counts, 0)
            except (DatabaseUnreachable, DatabaseBusy):
                continue
            return

    async def _turn_page(self, counts: Counter[DeliveryStatus], room: int) -> list[Message]:
        """One transaction: what has ended is written down, and as many new rows are claimed as there is room for."""
        ended = self._in_flight.ended
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            await uow.outbox.settle_all([each for _, each in ended], now, claimed_by=self._worker)
            for row, each in ended:
                if each.status is DeliveryStatus.UNREACHABLE:
                    await _remember_unreachable(uow, row, now)
            rows = await self._claim(uow, now, room) if room else []
            await uow.commit()
        self._in_flight.written(ended)
        counts.update(each.status for _, each in ended)
        return rows

    async def _claim(self, uow: UnitOfWork, now: datetime, room: int) -> list[Message]:
        opens_at = next_office_time(now, self._holidays)
        return await uow.outbox.claim(
            now,
            limit=room,
            bulk=False if self._rest() else None,
            claimed_by=self._worker,
            quiet_until=opens_at if opens_at > now else None,
        )

    async def _deliver(self, row: Message) -> Settlement:
        """Cancelled in the middle, the row stays `sending` and is sent again after its lease."""
        if self._must_rest(row):
            return outcomes.put_back(row, self._clock.now() + self._rest())
        try:
            async with asyncio.timeout(_SEND_SECONDS):
                return outcomes.sent(row, await self._messenger.send(row))
        except SendFailed as refusal:
            failure = refusal
        except TimeoutError:
            failure = SendFailed("timeout")
        except Exception as bug:  # one row that cannot be put into words must not stop all others
            _log.exception("message_broken", message_id=row.message_id, kind=row.kind)
            failure = SendFailed(type(bug).__name__)
        if failure.retry_after is not None:
            self._bulk_rests_until = max(self._bulk_rests_until, self._pace.monotonic() + failure.retry_after)
        return outcomes.failed(row, failure, self._clock.now(), self._chance())

    async def _tend(self, counts: Counter[DeliveryStatus]) -> None:
        now = self._clock.now()
        await finish_done(self._unit_of_work, now)
        if counts[DeliveryStatus.FAILED]:
            await stop_failing(self._unit_of_work, now)

    def _rest(self) -> timedelta:
        """What is left of the time Telegram asked bulk to wait."""
        return timedelta(seconds=max(0.0, self._bulk_rests_until - self._pace.monotonic()))

    def _must_rest(self, row: Message) -> bool:
        return row.is_bulk and bool(self._rest())


async def _remember_unreachable(uow: UnitOfWork, row: Message, now: datetime) -> None:
    account = None if row.telegram_id is None else await uow.accounts.get(row.telegram_id)
    if account is not None and account.unreachable_since is None:
        await uow.accounts.set_unreachable(account.telegram_id, now)
        await uow.audit.record("account_unreachable", now, actor="telegram", subject=f"person:{account.person_id}")
