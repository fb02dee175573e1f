"""The work of the scheduler: what is done when somebody asks for it, one round after the other, by the leader only.

Knows neither clocks that tick nor who asks; `scheduler.app` brings both.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from core.bootstrap import Services
from core.services.delivery import Delivery

UPDATES_KEPT = timedelta(days=7)
"""Telegram delivers an update again for at most a day; a week is plenty."""

log = structlog.get_logger(__name__)

Step = Callable[[], Awaitable[bool]]
"""One round; True: there may be more to do at once."""


class Job:
    """Rounds of one kind of work. Asked for while it runs, it runs again afterwards: nothing asked for is missed."""

    def __init__(self, name: str, step: Step, leads: Callable[[], Awaitable[bool]]) -> None:
        self.name = name
        self._step = step
        self._leads = leads
        self._asked = asyncio.Event()

    async def ask(self) -> None:
        """Returns at once; a coroutine because APScheduler runs plain functions in threads."""
        self._asked.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop`, which lets the current round finish; whoever sets it asks once more to wake us."""
        while not stop.is_set():
            await self._asked.wait()
            self._asked.clear()
            while not stop.is_set() and await self.round():
                pass

    async def round(self) -> bool:
        """One round if we lead. An error ends the round and nothing else: the next tick tries again."""
        if not await self._leads():
            return False
        try:
            return await self._step()
        except Exception as error:
            log.error("round failed", job=self.name, exc_info=error)
            return False


def sending(delivery: Delivery) -> Step:
    async def send_due() -> bool:
        done = await delivery.send_due()
        if done.any:
            log.info("round sent", sent=done.sent, failed=done.failed, unreachable=done.unreachable)
        return done.any

    return send_due


def lapsing(services: Services) -> Step:
    async def lapse_offers() -> bool:
        lapsed = await services.enrollments.lapse_offers()
        if lapsed:
            log.info("offers lapsed", count=lapsed)
        return False

    return lapse_offers


def chasing(services: Services) -> Step:
    async def chase_requests() -> bool:
        done = await services.approvals.chase()
        if done.nudged or done.escalated or done.lapsed:
            log.info("requests chased", nudged=done.nudged, escalated=done.escalated, lapsed=done.lapsed)
        return False

    return chase_requests


def tending(services: Services) -> Step:
    async def tend_campaigns() -> bool:
        new = await services.campaign_rounds.tend() + await services.overdue_staff.tell()
        if new:
            log.info("campaigns tended", new=new)
        return False

    return tend_campaigns


def reminding_of_tickets(services: Services) -> Step:
    async def remind_of_tickets() -> bool:
        reminded = await services.ticket_rounds.remind()
        if reminded:
            log.info("tickets called to mind", count=reminded)
        return False

    return remind_of_tickets


def reminding_of_hours(services: Services) -> Step:
    async def remind_of_hours() -> bool:
        new = await services.year_end.remind()
        if new:
            log.info("people reminded of their hours", count=new)
        return False

    return remind_of_hours


def reminding_of_checks(services: Services) -> Step:
    async def remind_of_checks() -> bool:
        new = await services.knowledge_checks.remind()
        if new:
            log.info("officers told of sections to check", count=new)
        return False

    return remind_of_checks


def housekeeping(services: Services) -> Step:
    async def forget() -> bool:
        async with services.unit_of_work() as work:
            forgotten = await work.updates.forget_before(services.clock.now() - UPDATES_KEPT)
            await work.commit()
        questions = await services.kept_questions.forget_old()
        files = await services.attachments.forget_unused()
        log.info("old updates, questions and files forgotten", updates=forgotten, questions=questions, files=files)
        return False

    return forget
