"""Long polling: order, redelivery until confirmed, waking up, conflicts."""

import asyncio
import time
from collections.abc import Callable

import pytest
from telegram import Bot
from telegram.error import Conflict

from tests.running_sandbox import RunningSandbox

SITI = 101


async def until(claim: Callable[[], bool]) -> None:
    """Waits for what another thread is about to do; the test's time limit is the patience."""

    def watch() -> None:
        while not claim():
            time.sleep(0.002)

    await asyncio.to_thread(watch)


async def test_an_update_comes_again_until_a_higher_offset_confirms_it(sandbox: RunningSandbox, bot: Bot) -> None:
    sandbox.write(SITI, "satu")
    sandbox.write(SITI, "dua")
    first = await bot.get_updates()
    again = await bot.get_updates()
    assert [u.message.text for u in first] == [u.message.text for u in again] == ["satu", "dua"]
    assert first[1].update_id == first[0].update_id + 1
    rest = await bot.get_updates(offset=first[0].update_id + 1)
    assert [u.message.text for u in rest] == ["dua"]
    assert await bot.get_updates(offset=first[1].update_id + 1) == ()
    assert await bot.get_updates() == ()


async def test_the_limit_cuts_and_a_negative_offset_keeps_the_last(sandbox: RunningSandbox, bot: Bot) -> None:
    for number in range(5):
        sandbox.write(SITI, f"pesan {number}")
    assert [u.message.text for u in await bot.get_updates(limit=2)] == ["pesan 0", "pesan 1"]
    assert [u.message.text for u in await bot.get_updates(offset=-1)] == ["pesan 4"]
    assert len(await bot.get_updates()) == 1


async def test_a_long_poll_wakes_as_soon_as_somebody_writes(sandbox: RunningSandbox, bot: Bot) -> None:
    async with asyncio.TaskGroup() as tasks:
        poll = tasks.create_task(bot.get_updates(timeout=20))
        await until(lambda: sandbox.world.updates.has_poller)
        began = time.monotonic()
        sandbox.write(SITI, "halo")
        updates = await poll
    assert time.monotonic() - began < 1
    assert updates[0].message.text == "halo"


async def test_a_long_poll_without_news_ends_empty_after_its_timeout(bot: Bot) -> None:
    began = time.monotonic()
    assert await bot.get_updates(timeout=1) == ()
    assert 0.9 < time.monotonic() - began < 3


async def test_a_second_poller_ends_the_first_ones_wait_with_a_conflict(sandbox: RunningSandbox, bot: Bot) -> None:
    async def first_poll() -> None:
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await bot.get_updates(timeout=20)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(first_poll())
        await until(lambda: sandbox.world.updates.has_poller)
        async with sandbox.bot() as other:
            assert await other.get_updates() == ()


async def test_a_bot_that_hangs_up_is_no_longer_connected(sandbox: RunningSandbox, bot: Bot) -> None:
    async with asyncio.TaskGroup() as tasks:
        poll = tasks.create_task(bot.get_updates(timeout=20))
        await until(lambda: sandbox.world.updates.has_poller)
        poll.cancel()
    await until(lambda: not sandbox.world.updates.has_poller)
    assert sandbox.get("bot")["connected"] is False


async def test_kinds_not_allowed_are_not_kept(sandbox: RunningSandbox, bot: Bot) -> None:
    await bot.get_updates(allowed_updates=["message"])
    sandbox.write(SITI, "halo")
    sandbox.post(f"users/{SITI}/block")
    assert [u.message.text for u in await bot.get_updates()] == ["halo"]
    await bot.get_updates(allowed_updates=[])
    sandbox.post(f"users/{SITI}/unblock")
    assert (await bot.get_updates())[1].my_chat_member.new_chat_member.status == "member"


async def test_a_replayed_update_is_the_same_update_once_more(sandbox: RunningSandbox, bot: Bot) -> None:
    update_id = sandbox.write(SITI, "halo")["update_id"]
    assert len(await bot.get_updates()) == 1
    assert await bot.get_updates(offset=update_id + 1) == ()
    sandbox.post("updates/replay", {"update_id": update_id})
    again = await bot.get_updates(offset=update_id + 1)
    assert [(u.update_id, u.message.text) for u in again] == [(update_id, "halo")]
    assert await bot.get_updates(offset=update_id + 1) == ()


async def test_polling_is_refused_while_a_webhook_is_set(bot: Bot) -> None:
    await bot.set_webhook("http://127.0.0.1:9/hook")
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_pending_updates_can_be_dropped(sandbox: RunningSandbox, bot: Bot) -> None:
    sandbox.write(SITI, "halo")
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()
