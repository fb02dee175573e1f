"""An update is confirmed to Telegram when it is done, not when it arrived."""

import asyncio
from typing import Any

import pytest
from telegram import Update

from bot import intake as intake_module
from bot.intake import WINDOW, Intake, PollingBot
from tests.bot import offline


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake_module, "PATIENCE", 0)


class Poller:
    """PTB's updater in small: asks, hands out, and remembers the newest."""

    def __init__(self) -> None:
        self.request = offline.OfflineRequest()
        self.intake = Intake()
        self.bot = PollingBot(
            "123456:offline", request=self.request, get_updates_request=self.request, intake=self.intake
        )
        self.offset = 0

    async def poll(self, *ids: int, **broken: Any) -> list[int]:
        self.request.updates.append(
            [{"update_id": number, "message": offline.message(1, text="x")} for number in ids]
            + ([{"update_id": broken["broken"], "message": {"nonsense": True}}] if broken else [])
        )
        updates = await self.bot.get_updates(self.offset, timeout=20)
        if updates:
            self.offset = updates[-1].update_id + 1
        return [update.update_id for update in updates]

    @property
    def asked_from(self) -> int:
        return int(self.request.sent("getUpdates")[-1].data.get("offset", 0))


async def test_an_unfinished_update_is_asked_for_again_and_not_handed_out_twice() -> None:
    poller = Poller()
    assert await poller.poll(10, 11) == [10, 11]
    poller.intake.done(11)
    assert await poller.poll(10, 11, 12) == [12]
    assert poller.asked_from == 10
    poller.intake.done(10)
    poller.intake.done(12)
    assert await poller.poll() == []
    assert poller.asked_from == 13


async def test_asking_waits_for_what_is_about_to_be_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake_module, "PATIENCE", 30)
    poller = Poller()
    await poller.poll(10)
    async with asyncio.TaskGroup() as tasks:
        asking = tasks.create_task(poller.poll(11))
        await asyncio.sleep(0)
        poller.intake.done(10)
    assert asking.result() == [11]
    assert poller.asked_from == 11


async def test_one_update_that_never_ends_does_not_stop_everybody() -> None:
    poller = Poller()
    ids = list(range(10, 10 + WINDOW + 1))
    await poller.poll(*ids)
    for number in ids[1:]:
        poller.intake.done(number)
    assert await poller.poll(999) == [999]
    assert poller.asked_from == ids[-1] + 1


async def test_an_update_ptb_cannot_read_does_not_hold_up_the_others() -> None:
    poller = Poller()
    assert await poller.poll(10, broken=11) == [10, 11]
    poller.intake.done(10)
    poller.intake.done(11)
    await poller.poll()
    assert poller.asked_from == 12


async def test_a_webhook_is_answered_when_the_update_is_done() -> None:
    intake = Intake(confirms_by_answering=True)
    async with asyncio.TaskGroup() as tasks:
        answer = tasks.create_task(intake.queue.put(Update(5)))
        redelivery = tasks.create_task(intake.queue.put(Update(5)))
        await asyncio.sleep(0)
        assert intake.queue.qsize() == 2
        assert not answer.done()
        intake.done(5)
    assert answer.done()
    assert redelivery.done()
