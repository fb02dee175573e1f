"""One call, one time-out, and typed refusals whatever the other side does."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from bot.rasa_client import RasaClient, RasaMessage, RasaRefused, RasaUnavailable


def client(handler: Callable[[httpx.Request], Any], timeout: float = 1.0) -> RasaClient:
    http = httpx.AsyncClient(transport=httpx.MockTransport(handler), base_url="http://rasa.invalid", timeout=None)
    return RasaClient(http, "channel-token", timeout)


async def test_text_and_buttons_travel_in_different_fields_with_the_token() -> None:
    asked: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json={"messages": [], "trace": {}})

    rasa = client(handler)
    await rasa.say("tg-1", '/choose_session{"session":"TIK-01-A"}')
    await rasa.press("tg-1", "choose_session", {"session": "TIK-01-A"})
    assert [json.loads(request.content) for request in asked] == [
        {"sender": "tg-1", "message": '/choose_session{"session":"TIK-01-A"}'},
        {"sender": "tg-1", "payload": {"intent": "choose_session", "entities": {"session": "TIK-01-A"}}},
    ]
    assert {request.headers["authorization"] for request in asked} == {"Bearer channel-token"}
    assert {request.url.path for request in asked} == {"/webhooks/rekan/webhook"}


async def test_messages_buttons_and_actions_are_read() -> None:
    body = {
        "messages": [
            {"text": "Pilih", "buttons": [{"title": "Ya", "payload": "/affirm"}], "custom": {"course": "TIK-02"}}
        ],
        "trace": {"intent": "enroll_training", "actions": ["action_enroll"]},
    }
    reply = await client(lambda _: httpx.Response(200, json=body)).say("tg-1", "halo")
    assert reply.messages == (RasaMessage("Pilih", (("Ya", "/affirm"),), {"course": "TIK-02"}),)
    assert reply.actions == ("action_enroll",)


@pytest.mark.parametrize(
    "response",
    [
        httpx.Response(500, json={"error": "the turn failed"}),
        httpx.Response(401, json={"error": "wrong token"}),
        httpx.Response(200, text="not JSON"),
        httpx.Response(200, json=[]),
        httpx.Response(200, json={"messages": ["x"]}),
        httpx.Response(200, json={"messages": [{"text": "x", "buttons": [{"title": "x"}]}]}),
    ],
    ids=lambda response: f"{response.status_code} {response.text[:20]}",
)
async def test_anything_but_the_agreed_answer_is_unavailable(response: httpx.Response) -> None:
    with pytest.raises(RasaUnavailable):
        await client(lambda _: response).say("tg-1", "halo")


async def test_input_the_channel_refuses_is_told_apart() -> None:
    with pytest.raises(RasaRefused):
        await client(lambda _: httpx.Response(400, json={"error": "message is empty"})).say("tg-1", "///")


async def test_a_server_that_is_down_is_unavailable() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    with pytest.raises(RasaUnavailable):
        await client(refuse).say("tg-1", "halo")


async def test_a_server_that_never_answers_is_unavailable_after_the_time_out() -> None:
    async def hang(_: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()
        raise AssertionError

    with pytest.raises(RasaUnavailable):
        await client(hang, timeout=0.01).say("tg-1", "halo")
