"""The ticks, and who leads. APScheduler only asks: due work lives in our tables, so a tick missed loses nothing."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Protocol

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from core.domain.calendar import JAKARTA
from scheduler.jobs import Job

SEND_DUE = "send_due"
LAPSE_OFFERS = "lapse_offers"
CHASE_REQUESTS = "chase_requests"
TEND_CAMPAIGNS = "tend_campaigns"
REMIND_OF_TICKETS = "remind_of_tickets"
REMIND_OF_HOURS = "remind_of_hours"
REMIND_OF_CHECKS = "remind_of_checks"
HOUSEKEEPING = "housekeeping"

TICKS: dict[str, BaseTrigger] = {
    SEND_DUE: IntervalTrigger(seconds=2, timezone=JAKARTA),
    LAPSE_OFFERS: IntervalTrigger(seconds=30, timezone=JAKARTA),
    CHASE_REQUESTS: IntervalTrigger(seconds=60, timezone=JAKARTA),
    TEND_CAMPAIGNS: IntervalTrigger(seconds=15, timezone=JAKARTA),
    REMIND_OF_TICKETS: IntervalTrigger(seconds=60, timezone=JAKARTA),
    REMIND_OF_HOURS: CronTrigger(minute=20, timezone=JAKARTA),
    REMIND_OF_CHECKS: CronTrigger(minute=40, timezone=JAKARTA),
    HOUSEKEEPING: CronTrigger(hour=2, minute=30, timezone=JAKARTA),
}

log = structlog.get_logger(__name__)


class Lock(Protocol):
    """core.storage's Leadership."""

    async def hold(self) -> bool: ...
    async def release(self) -> None: ...


class Lead:
    """Whether this process is the active one; says so in the log when it changes."""

    def __init__(self, lock: Lock) -> None:
        self._lock = lock
        self._one_at_a_time = asyncio.Lock()
        self._was: bool | None = None

    async def __call__(self) -> bool:
        async with self._one_at_a_time:
            leads = await self._lock.hold()
        if leads != self._was:
            log.info("scheduler active" if leads else "scheduler passive")
            self._was = leads
        return leads


def ticking(jobs: Sequence[Job]) -> AsyncIOScheduler:
    """A scheduler, not started, with one tick for each job.

    A late tick still counts, several late ones count once, and ids are fixed so that a job can never be there twice.
    """
    scheduler = AsyncIOScheduler(timezone=JAKARTA)
    for job in jobs:
        scheduler.add_job(
            job.ask,
            TICKS[job.name],
            id=job.name,
            name=job.name,
            replace_existing=True,
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )
    return scheduler


async def serve(jobs: Sequence[Job], news: AsyncIterator[str], lock: Lock, stop: asyncio.Event) -> None:
    """Runs all jobs until `stop`, then lets their current rounds finish. `news` asks for sending at once."""
    scheduler = ticking(jobs)
    scheduler.start()
    try:
        async with asyncio.TaskGroup() as tasks:
            for job in jobs:
                tasks.create_task(job.run(stop), name=job.name)
                await job.ask()
            waking = tasks.create_task(_wake(jobs, news), name="news")
            await stop.wait()
            waking.cancel()
            for job in jobs:
                await job.ask()
    finally:
        scheduler.shutdown(wait=False)
        await lock.release()


async def _wake(jobs: Sequence[Job], news: AsyncIterator[str]) -> None:
    sending = next(job for job in jobs if job.name == SEND_DUE)
    async for _ in news:
        await sending.ask()
