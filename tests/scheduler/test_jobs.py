"""The work itself: by the leader only, again when asked meanwhile, and an error costs one round."""

import asyncio
from datetime import timedelta

import pytest

from core.bootstrap import Services, wire
from core.services.delivery import Delivery
from scheduler.jobs import UPDATES_KEPT, Job, chasing, housekeeping, lapsing, sending
from tests.factories import NOW, add_people, add_sessions, caller, session, telegram_id
from tests.fakes import FakeDatabase, FakeEmbedder, FixedClock, RecordingMessenger


async def leads() -> bool:
    return True


async def follows() -> bool:
    return False


@pytest.fixture
def database() -> FakeDatabase:
    return FakeDatabase()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def services(database: FakeDatabase, clock: FixedClock) -> Services:
    return wire(database, clock, FakeEmbedder())


class Steps:
    """Rounds that answer one after the other what they are told, and note that they ran."""

    def __init__(self, *answers: bool | Exception) -> None:
        self.answers = list(answers)
        self.runs = 0
        self.during: asyncio.Event | None = None

    async def __call__(self) -> bool:
        self.runs += 1
        if self.during is not None:
            await self.during.wait()
        answer = self.answers.pop(0) if self.answers else False
        if isinstance(answer, Exception):
            raise answer
        return answer


async def rest() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def finish(job: Job, stop: asyncio.Event) -> None:
    stop.set()
    await job.ask()


async def test_rounds_go_on_while_there_is_more_to_do() -> None:
    steps, stop = Steps(True, True, False), asyncio.Event()
    job = Job("send_due", steps, leads)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(job.run(stop))
        await job.ask()
        await rest()
        assert steps.runs == 3
        await finish(job, stop)


async def test_asking_during_a_round_brings_another_one() -> None:
    steps, stop = Steps(), asyncio.Event()
    steps.during = asyncio.Event()
    job = Job("send_due", steps, leads)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(job.run(stop))
        await job.ask()
        await rest()
        await job.ask()
        await job.ask()
        steps.during.set()
        await rest()
        assert steps.runs == 2
        await finish(job, stop)


async def test_stopping_finishes_the_current_round_and_begins_no_other() -> None:
    steps, stop = Steps(True, True, True), asyncio.Event()
    steps.during = asyncio.Event()
    job = Job("send_due", steps, leads)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(job.run(stop))
        await job.ask()
        await rest()
        await finish(job, stop)
        await rest()
        assert not running.done()
        steps.during.set()
    assert steps.runs == 1


async def test_a_passive_scheduler_does_nothing() -> None:
    steps = Steps(True)
    assert await Job("send_due", steps, follows).round() is False
    assert steps.runs == 0


async def test_a_round_that_fails_does_not_end_the_job() -> None:
    steps = Steps(RuntimeError("the database is away"), True)
    job = Job("send_due", steps, leads)
    assert await job.round() is False
    assert await job.round() is True


async def test_an_approval_request_is_sent_to_the_supervisor(
    services: Services, database: FakeDatabase, clock: FixedClock
) -> None:
    cast = await add_people(database)
    asked = session(needs_approval=True)
    await add_sessions(database, asked)
    await services.enrollments.enroll(caller(cast.sari), asked.code)
    messenger = RecordingMessenger()
    step = sending(Delivery(database, clock, messenger, worker="w"))
    assert await step() is True
    assert [message.kind for message in messenger.to(telegram_id(cast.bambang))] == ["approval_request"]
    assert await step() is False


async def test_offers_past_their_deadline_lapse(services: Services, database: FakeDatabase, clock: FixedClock) -> None:
    cast = await add_people(database)
    one_seat = session(seats=1)
    await add_sessions(database, one_seat)
    first = await services.enrollments.enroll(caller(cast.sari), one_seat.code)
    waiting = await services.enrollments.enroll(caller(cast.joko), one_seat.code)
    await services.enrollments.cancel(caller(cast.sari), first.enrollment.enrollment_id)
    clock.pass_by(hours=25)
    assert await lapsing(services)() is False
    async with database() as work:
        row = await work.enrollments.get(waiting.enrollment.enrollment_id)
    assert row is not None
    assert row.status == "lapsed"


async def test_requests_nobody_decides_are_chased(
    services: Services, database: FakeDatabase, clock: FixedClock
) -> None:
    cast = await add_people(database)
    asked = session(needs_approval=True, in_days=30)
    await add_sessions(database, asked)
    await services.enrollments.enroll(caller(cast.sari), asked.code)
    clock.pass_by(days=2)
    assert await chasing(services)() is False
    assert [m.kind for m in database.records.messages.values()] == ["approval_request", "approval_nudge"]


async def test_updates_older_than_a_week_are_forgotten(services: Services, database: FakeDatabase) -> None:
    async with database() as work:
        await work.updates.begin(1, "w", NOW - UPDATES_KEPT - timedelta(seconds=1))
        await work.updates.begin(2, "w", NOW - UPDATES_KEPT + timedelta(seconds=1))
        await work.commit()
    assert await housekeeping(services)() is False
    async with database() as work:
        assert await work.updates.begin(1, "w", NOW) is True
        assert await work.updates.begin(2, "w", NOW) is False
