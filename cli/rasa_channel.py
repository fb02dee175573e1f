"""Talks to the assistant through the same guarded channel as the bot, for `rekan ask`, `rekan chat` and `rekan eval`."""

import json
import re
import secrets
import time
from dataclasses import dataclass, field
from typing import Any, Self

import httpx

from cli.keys import read_keys
from cli.session import GivenUp, with_services
from cli.texts import NOT_RUNNING
from core.domain.errors import UnknownPerson
from core.settings import Settings

_PATH = "/webhooks/rekan/webhook"
_PAYLOAD = re.compile(r"/(\w+)\s*(\{.*\})?", re.DOTALL)


class NotAnswered(GivenUp):
    """The assistant runs but did not answer this text in its time, or failed on it."""


@dataclass(frozen=True)
class Button:
    title: str
    payload: str


@dataclass(frozen=True)
class Turn:
    """One exchange. `sources`, `suggestions`, `answered` and `course` are what the action said about its reply."""

    text: str
    intent: str
    confidence: float
    entities: list[dict[str, Any]]
    texts: list[str]
    buttons: list[Button]
    actions: list[str]
    latency_ms: float
    sources: list[str] = field(default_factory=list)
    suggestions: list[str] = field(default_factory=list)
    answered: bool | None = None
    course: str | None = None

    @property
    def reply(self) -> str:
        return "\n\n".join(self.texts)

    def as_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "intent": self.intent,
            "confidence": round(self.confidence, 4),
            "entities": self.entities,
            "reply": self.reply,
            "sources": self.sources,
            "actions": self.actions,
            "latency_ms": round(self.latency_ms, 1),
        }


def conversation_id(person_id: int, purpose: str = "") -> str:
    """A new conversation of this person; 0 is a visitor. The services read the person from it."""
    return f"cli-{person_id}-{purpose}{secrets.token_hex(6)}"


def person_id_of(nip: str | None) -> int:
    """0 for a visitor. Raises UnknownPerson."""
    if nip is None:
        return 0

    async def look_up(services: Any) -> int:
        async with services.unit_of_work() as unit:
            person = await unit.people.by_nip(nip)
        if person is None:
            raise UnknownPerson(nip)
        return int(person.person_id)

    return with_services(look_up)


class RasaChannel:
    """Raises GivenUp with a sentence when the assistant cannot be reached or does not take the input."""

    def __init__(self, http: httpx.Client, token: str) -> None:
        self._http = http
        self._headers = {"Authorization": f"Bearer {token}"}

    @classmethod
    def open(cls, settings: Settings) -> Self:
        keys = read_keys(settings)
        if keys is None:
            raise GivenUp(NOT_RUNNING)
        # loopback only: a proxy of the environment must not see the conversation
        http = httpx.Client(
            base_url=settings.rasa_url, timeout=max(30.0, settings.rasa_timeout_seconds), trust_env=False
        )
        return cls(http, keys.rasa_channel_token)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def say(self, conversation: str, text: str) -> Turn:
        return self._turn(text, {"sender": conversation, "message": text})

    def press(self, conversation: str, button: Button) -> Turn:
        found = _PAYLOAD.fullmatch(button.payload.strip())
        if found is None:
            return self.say(conversation, button.payload)
        payload = {"intent": found[1], "entities": json.loads(found[2] or "{}")}
        return self._turn(button.title, {"sender": conversation, "payload": payload})

    def _turn(self, text: str, body: dict[str, Any]) -> Turn:
        began = time.perf_counter()
        try:
            response = self._http.post(_PATH, json=body, headers=self._headers)
        except httpx.ConnectError as error:
            raise GivenUp(NOT_RUNNING) from error
        except httpx.HTTPError as error:
            raise NotAnswered(
                "Asisten tidak menjawab dalam waktunya. Lihat catatan .data/logs/rasa.log lalu coba lagi."
            ) from error
        latency_ms = (time.perf_counter() - began) * 1000
        if response.status_code == httpx.codes.BAD_REQUEST:
            raise GivenUp("Teks ini tidak dapat dikirim: kosong, lebih dari 4096 huruf, atau tombolnya tidak dikenal.")
        if response.status_code == httpx.codes.UNAUTHORIZED:
            raise GivenUp(
                "RASA_CHANNEL_TOKEN tidak sama dengan yang dipakai server Rasa. Samakan lalu mulai ulang `make run`."
            )
        if response.status_code != httpx.codes.OK:
            raise NotAnswered(
                f"Asisten gagal menjawab (HTTP {response.status_code}). Lihat catatan .data/logs/rasa.log."
            )
        return read_turn(text, response.json(), latency_ms)


def read_turn(text: str, body: dict[str, Any], latency_ms: float) -> Turn:
    """The channel's answer as one turn; facts of several messages are put together in order."""
    messages, trace = body.get("messages") or [], body.get("trace") or {}
    facts = [message.get("custom") or {} for message in messages]

    def gathered(name: str) -> list[str]:
        return list(dict.fromkeys(str(item) for fact in facts for item in fact.get(name) or ()))

    def last(name: str) -> Any:
        return next((fact[name] for fact in reversed(facts) if fact.get(name) is not None), None)

    return Turn(
        text=text,
        intent=str(trace.get("intent") or ""),
        confidence=float(trace.get("confidence") or 0.0),
        entities=list(trace.get("entities") or []),
        texts=[str(message["text"]) for message in messages if message.get("text")],
        buttons=[Button(str(b["title"]), str(b["payload"])) for m in messages for b in m.get("buttons") or ()],
        actions=[str(action) for action in trace.get("actions") or ()],
        latency_ms=latency_ms,
        sources=gathered("sources"),
        suggestions=gathered("suggestions"),
        answered=last("answered"),
        course=last("course"),
    )
