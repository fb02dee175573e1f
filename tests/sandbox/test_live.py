"""News for open pages, and waiting for the bot's answer without asking again and again."""

import json
import threading
from collections.abc import Iterator

import httpx
from telegram import Bot, BotCommandScopeChat

from tests.running_sandbox import RunningSandbox

SITI, BUDI = 101, 102


def news(response: httpx.Response) -> Iterator[dict[str, object]]:
    for line in response.iter_lines():
        if line.startswith("data: "):
            yield json.loads(line.removeprefix("data: "))


async def test_a_page_hears_of_its_people_and_of_nobody_else(sandbox: RunningSandbox, bot: Bot) -> None:
    with sandbox.client.stream("GET", "/sandbox/events", params={"users": str(SITI)}) as response:
        events = news(response)
        assert next(events)["type"] == "hello"
        sandbox.write(BUDI, "halo")
        sandbox.write(SITI, "halo")
        await bot.send_chat_action(SITI, "typing")
        sent = await bot.send_message(SITI, "Selamat pagi.")
        await bot.edit_message_text("Selamat siang.", SITI, sent.message_id)
        await bot.set_my_commands([("status", "Status")], scope=BotCommandScopeChat(SITI))
        sandbox.post(f"users/{SITI}/block")
        heard = [next(events) for _ in range(6)]
    assert [(one["type"], one.get("user_id")) for one in heard] == [
        ("message", SITI),
        ("action", SITI),
        ("message", SITI),
        ("edit", SITI),
        ("profile", None),
        ("state", SITI),
    ]
    assert heard[3]["message"]["text"] == "Selamat siang."


async def test_calls_are_news_only_for_who_asks(sandbox: RunningSandbox, bot: Bot) -> None:
    with sandbox.client.stream("GET", "/sandbox/events", params={"users": "", "calls": "1"}) as response:
        events = news(response)
        next(events)
        await bot.get_me()
        assert next(events)["call"]["method"] == "getMe"


async def test_waiting_ends_when_the_bot_has_answered(sandbox: RunningSandbox, bot: Bot) -> None:
    sent = sandbox.write(SITI, "halo")
    seen: list[dict[str, object]] = []

    def wait() -> None:
        with httpx.Client(base_url=sandbox.url, timeout=30) as client:
            query = {"after": sent["message_id"], "wait": 20}
            seen.extend(client.get(f"/sandbox/users/{SITI}/messages", params=query).json())

    waiting = threading.Thread(target=wait)
    waiting.start()
    await bot.send_message(SITI, "Selamat pagi.")
    waiting.join(timeout=5)
    assert [message["text"] for message in seen] == ["Selamat pagi."]


def test_open_streams_and_polls_do_not_hold_up_the_end(sandbox: RunningSandbox) -> None:
    """The fixture fails if the server has not stopped soon after the page was left open."""
    response = sandbox.client.send(sandbox.client.build_request("GET", "/sandbox/events"), stream=True)
    assert next(news(response))["type"] == "hello"
