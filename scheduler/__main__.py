"""Runs the scheduler: `python -m scheduler`. SIGTERM and Ctrl-C finish what is in hand, then stop."""

import asyncio
import signal
import sys
import uuid
from collections.abc import Callable

import structlog

from bot.messenger import TokenMissing, open_messenger
from core import bootstrap
from core import logging as core_logging
from core.ports import DatabaseOutdated, DatabaseUnreachable
from core.services.delivery import Delivery
from core.settings import Settings, load_settings
from scheduler.app import (
    CHASE_REQUESTS,
    HOUSEKEEPING,
    LAPSE_OFFERS,
    REMIND_OF_CHECKS,
    REMIND_OF_HOURS,
    REMIND_OF_TICKETS,
    SEND_DUE,
    TEND_CAMPAIGNS,
    Lead,
    serve,
)
from scheduler.jobs import (
    Job,
    chasing,
    housekeeping,
    lapsing,
    reminding_of_checks,
    reminding_of_hours,
    reminding_of_tickets,
    sending,
    tending,
)

log = structlog.get_logger("scheduler")

BAD_SETTING = 2
"""Exit code: starting again cannot help before somebody changes a setting."""


def main() -> int:
    settings = load_settings()
    core_logging.configure("scheduler", settings.log_level)
    try:
        asyncio.run(run(settings))
    except TokenMissing:
        print("TELEGRAM_BOT_TOKEN: an API address is set, but no token for it.", file=sys.stderr)
        return BAD_SETTING
    except (DatabaseUnreachable, DatabaseOutdated) as error:
        print(f"DATABASE_URL: the database cannot be used: {error}", file=sys.stderr)
        return 1
    return 0


async def run(settings: Settings) -> None:
    """Serves until a signal. Raises TokenMissing."""
    stop = asyncio.Event()
    _on_signal(stop.set)
    lock = bootstrap.leadership(settings, "scheduler")
    lead = Lead(lock)
    async with (
        bootstrap.build(settings) as services,
        open_messenger(settings, services.attachments, services.certificates.issued) as messenger,
    ):
        delivery = Delivery(
            services.unit_of_work,
            services.clock,
            messenger,
            worker=uuid.uuid4().hex,
            rate_per_second=settings.send_rate_per_second,
            concurrency=settings.send_concurrency,
            holidays=services.holidays,
        )

        def finish() -> None:
            stop.set()
            delivery.stop()

        _on_signal(finish)
        jobs = [
            Job(SEND_DUE, sending(delivery), lead),
            Job(LAPSE_OFFERS, lapsing(services), lead),
            Job(CHASE_REQUESTS, chasing(services), lead),
            Job(TEND_CAMPAIGNS, tending(services), lead),
            Job(REMIND_OF_TICKETS, reminding_of_tickets(services), lead),
            Job(REMIND_OF_HOURS, reminding_of_hours(services), lead),
            Job(REMIND_OF_CHECKS, reminding_of_checks(services), lead),
            Job(HOUSEKEEPING, housekeeping(services), lead),
        ]
        log.info("scheduler ready")
        await serve(jobs, bootstrap.outbox_news(settings), lock, stop)
        log.info("stopped")


def _on_signal(call: Callable[[], None]) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, call)


if __name__ == "__main__":
    sys.exit(main())
