"""How the ticks are wired, who leads, and that news wakes the sender at once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from core.domain.calendar import JAKARTA
from scheduler.app import (
    CHASE_REQUESTS,
    HOUSEKEEPING,
    LAPSE_OFFERS,
    REMIND_OF_CHECKS,
    REMIND_OF_HOURS,
    REMIND_OF_TICKETS,
    SEND_DUE,
    TEND_CAMPAIGNS,
    TICKS,
    Lead,
    serve,
    ticking,
)
from scheduler.jobs import Job


async def leads() -> bool:
    return True


class CountingStep:
    def __init__(self) -> None:
        self.runs = 0

    async def __call__(self) -> bool:
        self.runs += 1
        return False


class FakeLock:
    def __init__(self, *answers: bool) -> None:
        self.answers = list(answers)
        self.released = False

    async def hold(self) -> bool:
        return self.answers.pop(0) if self.answers else True

    async def release(self) -> None:
        self.released = True


@pytest.fixture
def steps() -> dict[str, CountingStep]:
    return {name: CountingStep() for name in TICKS}


@pytest.fixture
def jobs(steps: dict[str, CountingStep]) -> list[Job]:
    return [Job(name, step, leads) for name, step in steps.items()]


async def test_every_tick_has_a_fixed_id_and_is_never_dropped_or_doubled(jobs: list[Job]) -> None:
    scheduler = ticking(jobs)
    scheduler.start(paused=True)
    try:
        ticks = {job.id: job for job in scheduler.get_jobs()}
        assert ticks.keys() == {
            SEND_DUE,
            LAPSE_OFFERS,
            CHASE_REQUESTS,
            TEND_CAMPAIGNS,
            REMIND_OF_HOURS,
            REMIND_OF_CHECKS,
            REMIND_OF_TICKETS,
            HOUSEKEEPING,
        }
        for tick in ticks.values():
            assert (tick.misfire_grace_time, tick.coalesce, tick.max_instances) == (None, True, 1)
        assert ticks[SEND_DUE].trigger.interval.total_seconds() == 2
        assert ticks[LAPSE_OFFERS].trigger.interval.total_seconds() == 30
    finally:
        scheduler.shutdown(wait=False)


def test_housekeeping_is_at_half_past_two_in_jakarta() -> None:
    noon = datetime(2026, 11, 24, 12, 0, tzinfo=JAKARTA)
    assert TICKS[HOUSEKEEPING].get_next_fire_time(None, noon) == datetime(2026, 11, 25, 2, 30, tzinfo=JAKARTA)


async def test_news_wakes_the_sender_and_nobody_else(jobs: list[Job], steps: dict[str, CountingStep]) -> None:
    spoken: asyncio.Queue[str] = asyncio.Queue()

    async def news() -> AsyncIterator[str]:
        while True:
            yield await spoken.get()

    lock, stop = FakeLock(), asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(serve(jobs, news(), lock, stop))
        await _rest()
        assert [steps[name].runs for name in (SEND_DUE, LAPSE_OFFERS)] == [1, 1]
        spoken.put_nowait("")
        await _rest()
        assert [steps[name].runs for name in (SEND_DUE, LAPSE_OFFERS)] == [2, 1]
        stop.set()
    assert lock.released


async def test_the_lead_is_asked_for_again_and_again() -> None:
    lead = Lead(FakeLock(False, True, False))
    assert [await lead() for _ in range(3)] == [False, True, False]


async def _rest() -> None:
    for _ in range(30):
        await asyncio.sleep(0)
