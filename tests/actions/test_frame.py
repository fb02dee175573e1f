"""The frame around the actions: failures, the endpoint, and the agreement with domain.yml."""

import inspect
import json
from pathlib import Path

import httpx
import pytest
import structlog
import yaml
from rasa_sdk.executor import ActionExecutor

from actions import services as holder
from actions.base import FormStep, UseCaseAction
from actions.endpoint import create_app

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
async def server(executor):
    transport = httpx.ASGITransport(app=create_app(executor))
    async with httpx.AsyncClient(transport=transport, base_url="http://actions") as client:
        yield client


def call(action: str, text: str = "halo", sender: str = "tg-42") -> dict:
    tracker = {"sender_id": sender, "slots": {}, "latest_message": {"text": text}, "events": []}
    return {
        "next_action": action,
        "sender_id": sender,
        "tracker": tracker,
        "domain": {"slots": {}},
        "version": "3.6.21",
    }


def test_the_frames_are_abstract_and_not_registered():
    assert inspect.isabstract(UseCaseAction)
    assert inspect.isabstract(FormStep)


def test_every_action_of_the_domain_is_registered_and_the_reverse(executor):
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    named = {name for name in domain["actions"] if name.startswith(("action_", "validate_"))}
    assert set(executor.actions) == named


async def test_a_call_runs_the_action_and_answers_in_rasas_form(server, services, cast):
    answer = await server.post("/webhook", json=call("action_greet", sender="tg-900000003"))
    assert answer.status_code == 200
    assert answer.json()["events"] == []
    [response] = answer.json()["responses"]
    assert "Sari" in response["text"]
    assert response["buttons"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"next_action": 3}', b"[" * 100_000])
async def test_a_body_that_is_no_call_is_refused_without_repeating_it(server, services, body):
    answer = await server.post("/webhook", content=body)
    assert answer.status_code == 422
    assert len(answer.content) < 100


async def test_an_unknown_action_is_named_in_a_404(server, services):
    answer = await server.post("/webhook", json=call("action_of_nobody"))
    assert (answer.status_code, answer.json()["action_name"]) == (404, "action_of_nobody")


async def test_a_broken_tracker_does_not_come_back_in_the_error(server, services):
    answer = await server.post("/webhook", json={"next_action": "action_greet", "tracker": {"secret": "rahasia"}})
    assert answer.status_code == 500
    assert "rahasia" not in answer.text


async def test_health_tells_how_many_actions_there_are(server, executor):
    answer = await server.get("/health")
    assert answer.json() == {"status": "ok", "actions": len(executor.actions)}


async def test_no_origin_is_invited(server, services):
    answer = await server.post("/webhook", json=call("action_greet"), headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in answer.headers


async def test_every_action_survives_a_broken_database_with_a_calm_text(
    executor: ActionExecutor, services, monkeypatch
):
    async def broken(*_: object) -> None:
        raise ConnectionError("password=hunter2")

    monkeypatch.setattr(services.identity, "caller", broken)
    with structlog.testing.capture_logs() as logged:
        for name in executor.actions:
            result = await executor.run(call(name, text="rahasia saya"))
            [response] = result.responses
            assert "gangguan" in response["text"]
            assert "hunter2" not in response["text"]
    assert len(logged) == len(executor.actions)
    assert {entry["event"] for entry in logged} == {"action failed"}
    assert "rahasia" not in json.dumps([{k: str(v) for k, v in e.items() if k != "exc_info"} for e in logged])


def test_without_installed_services_an_action_says_so():
    holder._installed = None
    with pytest.raises(RuntimeError):
        holder.services()
