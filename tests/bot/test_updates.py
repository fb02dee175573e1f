"""Each update once, each person in order, and nobody waits for somebody else."""

import asyncio

import pytest
from telegram import Update

from bot.updates import AT_ONCE, OnePersonAtATime
from tests.bot import offline
from tests.bot.conftest import FakeRasa, Running
from tests.factories import NOW
from tests.fakes import FakeDatabase, FixedClock


def update(update_id: int, person: int) -> Update:
    made = Update.de_json({"update_id": update_id, "message": offline.message(person, text="x")}, None)
    assert made is not None
    return made


class Work:
    """Coroutines that note when they begin and wait until told to end."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.gates: dict[str, asyncio.Event] = {}

    async def do(self, name: str) -> None:
        self.begun.append(name)
        await self.gates.setdefault(name, asyncio.Event()).wait()

    def end(self, *names: str) -> None:
        for name in names:
            self.gates.setdefault(name, asyncio.Event()).set()


async def rest() -> None:
    """Lets everything that can go on go on."""
    for _ in range(50):
        await asyncio.sleep(0)


@pytest.fixture
def done() -> list[int]:
    return []


@pytest.fixture
def processor(done: list[int]) -> OnePersonAtATime:
    return OnePersonAtATime(FakeDatabase(), FixedClock(NOW), "this-run", on_done=done.append)


async def test_one_persons_updates_are_worked_on_in_order_and_others_meanwhile(
    processor: OnePersonAtATime, done: list[int]
) -> None:
    work = Work()
    async with asyncio.TaskGroup() as tasks:
        for number, (person, name) in enumerate([(1, "a1"), (1, "a2"), (2, "b1"), (1, "a3"), (2, "b2")], start=1):
            tasks.create_task(processor.process_update(update(number, person), work.do(name)))
        await rest()
        assert work.begun == ["a1", "b1"]
        work.end("b1")
        await rest()
        assert work.begun == ["a1", "b1", "b2"]
        work.end("b2", "a1", "a2", "a3")
    assert work.begun == ["a1", "b1", "b2", "a2", "a3"]
    assert sorted(done) == [1, 2, 3, 4, 5]
    assert processor._lines == {}


async def test_a_flood_of_one_person_leaves_room_for_others(processor: OnePersonAtATime) -> None:
    work = Work()
    async with asyncio.TaskGroup() as tasks:
        for number in range(1, 2 * AT_ONCE):
            tasks.create_task(processor.process_update(update(number, 1), work.do(f"flood{number}")))
        tasks.create_task(processor.process_update(update(999, 2), work.do("other")))
        await rest()
        assert work.begun == ["flood1", "other"]
        work.end("other", *(f"flood{number}" for number in range(1, 2 * AT_ONCE)))


async def test_a_second_delivery_does_nothing(running: Running, rasa: FakeRasa) -> None:
    for _ in range(2):
        await running.deliver(update_id=5, message=offline.message(700, text="halo"))
    assert len(rasa.asked) == 1
    assert len(running.request.sent()) == 1


async def test_what_a_dead_process_left_unfinished_is_taken_up(done: list[int]) -> None:
    database, clock, work = FakeDatabase(), FixedClock(NOW), Work()
    async with database() as unit:
        assert await unit.updates.begin(7, "a-run-that-died", NOW)
        await unit.commit()
    work.end("again")
    processor = OnePersonAtATime(database, clock, "this-run", on_done=done.append)
    await processor.process_update(update(7, 1), work.do("again"))
    await processor.process_update(update(7, 1), work.do("once more"))
    assert work.begun == ["again"]


async def test_an_error_does_not_block_the_persons_line(processor: OnePersonAtATime, done: list[int]) -> None:
    async def explode() -> None:
        raise RuntimeError

    work = Work()
    work.end("next")
    with pytest.raises(RuntimeError):
        await processor.process_update(update(1, 1), explode())
    await processor.process_update(update(2, 1), work.do("next"))
    assert work.begun == ["next"]
    assert done == [1, 2]
