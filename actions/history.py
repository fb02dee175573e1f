"""What was said earlier in a conversation, read from the tracker's events: offers shown, questions typed, slots before.

The events hold what people typed, so whatever is not of the expected form counts as absent.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

TEXT_LIMIT = 4096
LATELY = 8
"""Turns, this one among them, in which a list shown is still meant by "the second"."""

_PAYLOAD = re.compile(r"/(?P<intent>[a-z_]+)(?P<entities>\{.*\})?", re.DOTALL)
_VALUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,35}")
_ENROLLING = frozenset({"choose_session", "enroll_training"})
_LOOKING = frozenset({"show_section", "show_source"})


@dataclass(frozen=True)
class Offer:
    """A button the person saw: the intent behind it and its entities."""

    intent: str
    entities: dict[str, str]


@dataclass(frozen=True)
class Choices:
    """A numbered list the person saw: course and session codes, the first of them under the number `first`."""

    codes: tuple[str, ...]
    first: int = 1


@dataclass(frozen=True)
class Stopped:
    """A form the person left, the session it was about, if that was settled, and whether a list was shown since."""

    form: str
    session: str | None
    is_before_list: bool


@dataclass(frozen=True)
class History:
    events: list[dict[str, Any]]

    def slot_before(self, name: str, candidate: Any) -> str | None:
        """The latest text the slot held that is not this candidate."""
        for event in reversed(self.events):
            if event.get("event") == "slot" and event.get("name") == name and event.get("value") != candidate:
                value = event.get("value")
                return value if isinstance(value, str) else None
        return None

    def last_offers(self) -> list[Offer]:
        """The buttons of the latest message that had any, in the order they were shown."""
        for event in reversed(self.events):
            if buttons := _said(event).get("buttons"):
                return [offer for item in buttons if (offer := _offer(item))]
        return []

    def last_choices(self) -> Choices | None:
        """The newest numbered list of trainings or sessions that is not long past."""
        for custom in self._lately_beside():
            codes = custom.get("choices")
            if isinstance(codes, list) and all(map(_code, codes)):
                first = custom.get("first")
                return Choices(tuple(codes), first if isinstance(first, int) else 1)
        return None

    def at_hand(self) -> str | None:
        """The session told last, unless a list to choose from came after it."""
        for custom in self._lately_beside():
            if "choices" in custom:
                return None
            if code := _code(custom.get("at_hand")):
                return code
        return None

    def last_stopped(self) -> Stopped | None:
        """The form the person has left, unless something was enrolled in or asked for confirmation since."""
        is_before_list = False
        for custom in self._lately_beside():
            if isinstance(form := custom.get("stopped"), str):
                return Stopped(form, _code(custom.get("at_hand")), is_before_list)
            is_before_list |= "choices" in custom
            if "status" in custom or "becomes" in custom or "cancels" in custom:
                return None
        return None

    def is_about_training(self) -> bool:
        """The latest message was about one training, rather than a list of several."""
        custom = self._latest().get("custom")
        return isinstance(custom, dict) and "choices" not in custom and _code(custom.get("course")) is not None

    def was_looking(self) -> bool:
        """One session was told lately, and neither a list nor an enrollment came after it."""
        for custom in self._lately_beside():
            if "choices" in custom or "status" in custom:
                return False
            if _code(custom.get("at_hand")):
                return True
        return False

    def offered_enrolling(self) -> bool:
        """That message had a button which enrolls in it."""
        offers = (_offer(item) for item in self._latest().get("buttons") or [])
        return self.is_about_training() and any(offer is not None and offer.intent in _ENROLLING for offer in offers)

    def _latest(self) -> dict[str, Any]:
        return next((_said(event) for event in reversed(self.events) if event.get("event") == "bot"), {})

    def _lately_beside(self) -> Iterator[dict[str, Any]]:
        """The facts beside what the assistant said in the latest turns, newest first."""
        turns = 0
        for event in reversed(self.events):
            turns += event.get("event") == "user"
            if turns > LATELY:
                return
            if isinstance(custom := _said(event).get("custom"), dict):
                yield custom

    def last_sources(self) -> list[str]:
        """The facts told in the latest message, best first; empty if it told none."""
        return _sources(self._latest().get("custom"))

    def told_lately(self) -> list[str]:
        """The facts told last, whatever was talked about since; empty if that is long past."""
        return next((found for custom in self._lately_beside() if (found := _sources(custom))), [])

    def was_asked(self, **facts: str) -> bool:
        """The question with these facts beside it has been asked since the form began: we come back from an interruption."""
        for event in reversed(self.events):
            if event.get("event") == "active_loop":
                return False
            custom = _said(event).get("custom")
            if isinstance(custom, dict) and facts.items() <= custom.items():
                return True
        return False

    def earlier_questions(self) -> Iterator[tuple[str, str]]:
        """(intent, text) of what was typed before this turn, newest first; looking at a suggestion does not end it."""
        events = [event for event in self.events if event.get("event") == "user"]
        for event in reversed(events[:-1] if events else []):
            text = event.get("text")
            message = event.get("parse_data")
            intent = intent_of(message if isinstance(message, dict) else {})
            if not isinstance(text, str):
                return
            if text.startswith("/"):
                if intent not in _LOOKING:
                    return
                continue
            yield intent, text.strip()[:TEXT_LIMIT]


def intent_of(message: dict[str, Any]) -> str:
    intent = message.get("intent")
    name = intent.get("name") if isinstance(intent, dict) else None
    return name if isinstance(name, str) else ""


def _code(value: Any) -> str | None:
    return value if isinstance(value, str) and _VALUE.fullmatch(value) else None


def _sources(custom: Any) -> list[str]:
    sources = custom.get("sources") if isinstance(custom, dict) else None
    return [one for one in sources if _code(one)] if isinstance(sources, list) else []


def _said(event: dict[str, Any]) -> dict[str, Any]:
    data = event.get("data") if event.get("event") == "bot" else None
    return data if isinstance(data, dict) else {}


def _offer(item: Any) -> Offer | None:
    payload = item.get("payload") if isinstance(item, dict) else None
    match = _PAYLOAD.fullmatch(payload) if isinstance(payload, str) else None
    if not match:
        return None
    try:
        entities = json.loads(match["entities"] or "{}")
    except (ValueError, RecursionError):
        return None
    return Offer(match["intent"], {k: v for k, v in entities.items() if isinstance(v, str) and _VALUE.fullmatch(v)})
