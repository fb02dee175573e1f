"""The terminal side of the channel: numbers press buttons, words stay words, trouble is one sentence."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from cli import chat
from cli.rasa_channel import Button, RasaChannel, conversation_id, read_turn
from cli.session import GivenUp

REPLY = {
    "messages": [
        {"text": "Cuti tahunan 12 hari kerja.", "custom": {"sources": ["C01"], "answered": True}},
        {
            "text": "Ada lagi?",
            "buttons": [{"title": "Sumber", "payload": '/show_source{"section": "C01"}'}],
            "custom": {},
        },
    ],
    "trace": {"intent": "ask_policy", "confidence": 0.91, "entities": [], "actions": ["action_answer_policy"]},
}


def channel(handler: Callable[[httpx.Request], httpx.Response]) -> RasaChannel:
    http = httpx.Client(base_url="http://rasa", transport=httpx.MockTransport(handler))
    return RasaChannel(http, "secret")


class Recorder:
    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        assert request.headers["authorization"] == "Bearer secret"
        self.bodies.append(json.loads(request.content))
        return httpx.Response(200, json=REPLY)


def test_the_json_of_a_turn_has_the_agreed_keys() -> None:
    turn = read_turn("cuti berapa hari", REPLY, 12.34)
    assert turn.as_json() == {
        "text": "cuti berapa hari",
        "intent": "ask_policy",
        "confidence": 0.91,
        "entities": [],
        "reply": "Cuti tahunan 12 hari kerja.\n\nAda lagi?",
        "sources": ["C01"],
        "actions": ["action_answer_policy"],
        "latency_ms": 12.3,
    }
    assert turn.answered is True


def test_a_number_presses_its_button_and_other_words_are_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["1", "cuti berapa hari", "1", "/keluar"])
    monkeypatch.setattr("builtins.input", lambda _: next(typed))
    recorder = Recorder()
    chat.talk(channel(recorder), "cli-0-a")
    assert recorder.bodies == [
        {"sender": "cli-0-a", "message": "1"},
        {"sender": "cli-0-a", "message": "cuti berapa hari"},
        {"sender": "cli-0-a", "payload": {"intent": "show_source", "entities": {"section": "C01"}}},
    ]


def test_a_button_without_entities_is_pressed_too() -> None:
    recorder = Recorder()
    channel(recorder).press("cli-0-a", Button("Ya", "/affirm"))
    assert recorder.bodies == [{"sender": "cli-0-a", "payload": {"intent": "affirm", "entities": {}}}]


@pytest.mark.parametrize(("status", "says"), [(400, "4096"), (401, "RASA_CHANNEL_TOKEN"), (500, r"rasa\.log")])
def test_each_refusal_of_the_channel_is_one_sentence(status: int, says: str) -> None:
    with pytest.raises(GivenUp, match=says):
        channel(lambda _: httpx.Response(status)).say("cli-0-a", "halo")


def test_without_a_running_system_the_person_is_told_to_start_it() -> None:
    def refuse(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    with pytest.raises(GivenUp, match="make run"):
        channel(refuse).say("cli-0-a", "halo")


def test_every_conversation_is_new_and_names_its_person() -> None:
    assert conversation_id(42).startswith("cli-42-")
    assert conversation_id(42) != conversation_id(42)
