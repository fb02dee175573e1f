"""Trouble on demand, and the log and counts a test reads afterwards."""

import pytest
from telegram import Bot
from telegram.error import Forbidden, NetworkError, RetryAfter

from tests.running_sandbox import RunningSandbox

SITI, BUDI = 101, 102


@pytest.fixture(autouse=True)
def started(sandbox: RunningSandbox) -> None:
    sandbox.write(SITI, "halo")
    sandbox.write(BUDI, "halo")


async def test_a_fault_hits_the_named_method_and_chat_as_often_as_told(sandbox: RunningSandbox, bot: Bot) -> None:
    sandbox.post(
        "faults",
        {
            "method": "sendMessage",
            "chat_id": BUDI,
            "error_code": 403,
            "description": "Forbidden: user is deactivated",
            "times": 2,
        },
    )
    await bot.send_message(SITI, "satu")
    await bot.send_chat_action(BUDI, "typing")
    for _ in range(2):
        with pytest.raises(Forbidden, match="user is deactivated"):
            await bot.send_message(BUDI, "dua")
    await bot.send_message(BUDI, "tiga")
    assert [m["text"] for m in sandbox.phone(BUDI, after=1)] == ["tiga"]
    assert sandbox.get("faults") == []


async def test_a_429_says_how_long_to_wait(sandbox: RunningSandbox, bot: Bot) -> None:
    sandbox.post("faults", {"method": "sendMessage", "error_code": 429, "retry_after": 7})
    with pytest.raises(RetryAfter, match="Retry in 0:00:07"):
        await bot.send_message(SITI, "halo")


async def test_a_server_error_and_a_dropped_connection_change_nothing(sandbox: RunningSandbox, bot: Bot) -> None:
    sandbox.post("faults", {"method": "sendMessage", "error_code": 502, "description": "Bad Gateway"})
    sandbox.post("faults", {"method": "sendMessage", "error_code": 0})
    for _ in range(2):
        with pytest.raises(NetworkError):
            await bot.send_message(SITI, "halo")
    assert sandbox.phone(SITI, after=1) == []
    assert await bot.send_message(SITI, "halo")


async def test_an_answer_lost_on_the_way_leaves_the_message_sent(sandbox: RunningSandbox, bot: Bot) -> None:
    sandbox.post("faults", {"method": "sendMessage", "error_code": 0, "applied": True})
    with pytest.raises(NetworkError):
        await bot.send_message(SITI, "halo")
    assert [m["text"] for m in sandbox.phone(SITI, after=1)] == ["halo"]


async def test_faults_can_be_cleared(sandbox: RunningSandbox, bot: Bot) -> None:
    sandbox.post("faults", {"error_code": 500, "times": 100})
    assert sandbox.client.delete("/sandbox/faults").json() == {"ok": True}
    assert await bot.send_message(SITI, "halo")


async def test_past_the_rate_the_bot_must_wait_and_then_may_go_on(sandbox: RunningSandbox, bot: Bot) -> None:
    clock = [1_800_000_000.0]
    sandbox.world.now = lambda: clock[0]
    sandbox.post("limits", {"per_second": 3, "retry_after": 2})
    for number in range(3):
        await bot.send_message(SITI, f"pesan {number}")
    with pytest.raises(RetryAfter):
        await bot.send_message(BUDI, "keempat")
    await bot.send_chat_action(BUDI, "typing")
    clock[0] += 1.5
    with pytest.raises(RetryAfter):
        await bot.send_message(BUDI, "terlalu cepat")
    clock[0] += 0.6
    await bot.send_message(BUDI, "sekarang")
    sandbox.post("limits", {"per_second": 0})
    for number in range(10):
        await bot.send_message(SITI, f"bebas {number}")


async def test_the_log_tells_what_the_bot_called_and_what_came_of_it(sandbox: RunningSandbox, bot: Bot) -> None:
    await bot.send_message(SITI, "satu")
    sandbox.post("users", {"id": 303, "first_name": "Agus"})
    with pytest.raises(Forbidden):
        await bot.send_message(303, "dua")
    calls = sandbox.get("calls", method="sendMessage")
    assert [(call["body"]["text"], call["ok"], call["error_code"]) for call in calls] == [
        ("satu", True, None),
        ("dua", False, 403),
    ]
    assert sandbox.get("calls", after=calls[0]["call_id"], method="sendmessage") == calls[1:]
    stats = sandbox.get("stats")
    assert stats["by_method"]["sendMessage"] == 2
    assert stats["errors"] == {"403": 1}
    assert sum(count for _, count in stats["messages_by_second"]) == 1
