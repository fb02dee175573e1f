"""An assistant in miniature: the real executor and services on the fake database, and Rasa's part of a form played."""

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

from actions import services as holder
from core.bootstrap import Services, wire
from core.domain.people import Person
from tests.factories import NOW, Cast, add_people, telegram_id
from tests.fakes import FakeDatabase, FakeEmbedder, FixedClock

FORMS = {
    "enroll_form": (("session", "confirmed"), "action_enroll"),
    "cancel_enrollment_form": (("enrollment", "cancel_reason", "confirmed"), "action_cancel_enrollment"),
    "ticket_form": (("question", "confirmed"), "action_create_ticket"),
    "delete_data_form": (("confirmed",), "action_delete_my_data"),
}
SLOTS = ("session", "enrollment", "cancel_reason", "question", "confirmed", "course", "requested_slot")


@dataclass
class Said:
    """One message as the channel would pass it on."""

    text: str
    buttons: list[dict[str, str]]
    custom: dict[str, Any]

    @property
    def payloads(self) -> list[str]:
        return [button["payload"] for button in self.buttons]

    @property
    def titles(self) -> list[str]:
        return [button["title"] for button in self.buttons]


@dataclass
class Conversation:
    """The tracker's side of a dialogue. `run` runs one action; `start`, `answer` play what Rasa does around a form."""

    executor: ActionExecutor
    sender: str
    slots: dict[str, Any] = field(default_factory=lambda: dict.fromkeys(SLOTS))
    events: list[dict[str, Any]] = field(default_factory=list)
    latest: dict[str, Any] = field(default_factory=dict)
    form: str | None = None
    followup: str | None = None

    def hear(self, text: str, intent: str = "", **entities: Any) -> None:
        self.latest = {
            "text": text,
            "intent": {"name": intent, "confidence": 0.9},
            "intent_ranking": [{"name": intent, "confidence": 0.9}],
            "entities": [{"entity": name, "value": value} for name, value in entities.items()],
        }
        self.events.append({"event": "user", "text": text, "parse_data": self.latest})

    def press(self, payload: str) -> None:
        intent, _, entities = payload.removeprefix("/").partition("{")
        self.hear(payload, intent, **(json.loads("{" + entities) if entities else {}))

    async def run(self, action: str, candidates: dict[str, Any] | None = None) -> list[Said]:
        """Runs the action; applies its events to the tracker, as Rasa does."""
        candidates = candidates or {}
        extracted = [{"event": "slot", "name": name, "value": value} for name, value in candidates.items()]
        tracker = Tracker(
            self.sender,
            self.slots | candidates,
            self.latest,
            [*self.events, {"event": "action", "name": self.form or action}, *extracted],
            False,
            None,
            {"name": self.form} if self.form else {},
            "action_listen",
        )
        dispatcher = CollectingDispatcher()
        events = await self.executor.actions[action](dispatcher, tracker, {})
        said = [Said(m["text"], m["buttons"] or [], m["custom"] or {}) for m in dispatcher.messages]
        self.events += extracted
        for message in said:
            self.events.append(
                {"event": "bot", "text": message.text, "data": {"buttons": message.buttons, "custom": message.custom}}
            )
        for event in events:
            self.events.append(event)
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
            elif event["event"] == "active_loop":
                self.form = event["name"]
            elif event["event"] == "followup":
                self.followup = event["name"]
        return said

    async def start(self, form: str, **prefilled: Any) -> list[Said]:
        self.form, self.followup = form, None
        self.events.append({"event": "active_loop", "name": form})
        return await self._step(prefilled)

    async def answer(self, **candidates: Any) -> list[Said]:
        return await self._step(candidates)

    async def yes(self) -> list[Said]:
        self.press("/affirm")
        return await self._step({"confirmed": True})

    async def no(self) -> list[Said]:
        self.press("/deny")
        return await self._step({"confirmed": False})

    async def _step(self, candidates: dict[str, Any]) -> list[Said]:
        assert self.form is not None
        slots, final = FORMS[self.form]
        self.slots |= candidates
        said = []
        if f"validate_{self.form}" in self.executor.actions:
            said += await self.run(f"validate_{self.form}", candidates)
        if self.form is None:
            return said
        missing = next((slot for slot in slots if self.slots[slot] is None), None)
        self.slots["requested_slot"] = missing
        if missing:
            return said + await self.run(f"action_ask_{self.form}_{missing}")
        self.form = None
        return said + await self.run(final)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def database() -> FakeDatabase:
    return FakeDatabase()


@pytest.fixture
def services(database: FakeDatabase, clock: FixedClock):
    wired = wire(database, clock, FakeEmbedder())
    holder.install(wired)
    yield wired
    holder._installed = None


@pytest.fixture
async def cast(database: FakeDatabase) -> Cast:
    return await add_people(database)


@pytest.fixture(scope="session")
def executor() -> ActionExecutor:
    executor = ActionExecutor()
    executor.register_package("actions")
    return executor


@pytest.fixture
def talk(executor: ActionExecutor, services: Services):
    """`talk(cast.sari)` or `talk(None)` for a visitor."""

    def with_person(person: Person | None) -> Conversation:
        return Conversation(executor, f"tg-{telegram_id(person) if person else 42}")

    return with_person
