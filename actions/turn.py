"""One turn of a conversation as an action sees it: who asks, what was typed or pressed, what was offered before.

Everything read here comes from the network and is hostile: whatever is not of the agreed form counts as absent,
and a button that cannot be read raises UnreadableButton. Identity is never read from here.
"""

import re
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.history import TEXT_LIMIT, History, intent_of
from actions.replies.reply import Reply
from core.bootstrap import Services
from core.domain.people import Caller, Person

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,35}")
NUMBER = re.compile(r"[1-9][0-9]{0,3}")
ROW_ID = re.compile(r"[1-9][0-9]{0,17}")
WORDS = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _.:-]{0,39}")

REQUESTED_SLOT = "requested_slot"


class UnreadableButton(Exception):
    """A payload whose values this version would not have written."""


@dataclass(frozen=True)
class Turn:
    services: Services
    caller: Caller
    tracker: Tracker
    dispatcher: CollectingDispatcher

    def say(self, reply: Reply) -> None:
        """One message: rasa_sdk keeps text, buttons and custom of one call together."""
        self.dispatcher.utter_message(
            text=reply.text,
            buttons=[{"title": b.title, "payload": b.payload} for b in reply.buttons],
            json_message=reply.custom,
        )

    @property
    def person(self) -> Person:
        """The linked member of staff; only for actions that need one (`UseCaseAction.needs_person`)."""
        assert self.caller.person is not None
        return self.caller.person

    @property
    def is_button(self) -> bool:
        """The channel strips slashes from typed text, so a leading one means a pressed button."""
        return self._raw_text.startswith("/")

    @property
    def text(self) -> str:
        """What was typed; empty for a button."""
        return "" if self.is_button else self._raw_text.strip()[:TEXT_LIMIT]

    @property
    def plain_text(self) -> str:
        """What was typed in plain words, as the normalizer of the Rasa pipeline left it."""
        plain = self.tracker.latest_message.get("plain_text")
        return plain[:TEXT_LIMIT] if isinstance(plain, str) and self.text else self.text

    def hand_over_vector(self) -> None:
        """Gives the search the vector that Rasa made of these words; without one it makes its own."""
        if self.text:
            self.services.embedder.hand_over(self.plain_text, self.tracker.latest_message.get("vector"))

    @property
    def _raw_text(self) -> str:
        text = self.tracker.latest_message.get("text")
        return text if isinstance(text, str) else ""

    @property
    def intent(self) -> str:
        return intent_of(self.tracker.latest_message)

    @property
    def intent_ranking(self) -> list[tuple[str, float]]:
        ranking = self.tracker.latest_message.get("intent_ranking")
        found = []
        for item in ranking if isinstance(ranking, list) else []:
            if isinstance(item, dict) and isinstance(item.get("name"), str):
                confidence = item.get("confidence")
                found.append((item["name"], float(confidence) if isinstance(confidence, int | float) else 0.0))
        return found

    def pressed(self, entity: str, form: re.Pattern[str] = CODE) -> str | None:
        """The value a button carried; None if it carried none. Raises UnreadableButton for one of another form."""
        if not self.is_button:
            return None
        entities = self.tracker.latest_message.get("entities")
        for item in entities if isinstance(entities, list) else []:
            if isinstance(item, dict) and item.get("entity") == entity:
                value = item.get("value")
                if not isinstance(value, str) or not form.fullmatch(value):
                    raise UnreadableButton(entity)
                return value
        return None

    def slot(self, name: str, form: re.Pattern[str] | None = None) -> str | None:
        """A text slot; None if empty or not of the form."""
        value = self.tracker.slots.get(name)
        if not isinstance(value, str) or not value.strip() or (form and not form.fullmatch(value)):
            return None
        return value

    @property
    def confirmed(self) -> bool:
        return self.tracker.slots.get("confirmed") is True

    @property
    def requested_slot(self) -> str | None:
        """The slot the form has asked for; None while it is being started."""
        value = self.tracker.slots.get(REQUESTED_SLOT)
        return value if isinstance(value, str) else None

    def candidate(self, slot: str) -> Any:
        """What Rasa extracted for the slot in this turn, not yet validated; None if nothing."""
        return self.tracker.slots_to_validate().get(slot)

    @property
    def history(self) -> History:
        return History(self.tracker.events)

    def slot_before(self, name: str, form: re.Pattern[str]) -> str | None:
        """The value the slot had before this turn's candidate overwrote it."""
        value = self.history.slot_before(name, self.candidate(name))
        return value if value is not None and form.fullmatch(value) else None


def forget(*slots: str) -> list[EventType]:
    return [SlotSet(slot, None) for slot in slots]


def end_form(*slots: str) -> list[EventType]:
    """Ends the running form without its final action: what had to be said has been said.

    The follow-up is needed because no rule describes a form that ends in the turn that starts it; without it Rasa
    would fall back and ask what was meant.
    """
    return [*forget(*slots, REQUESTED_SLOT), ActiveLoop(None), FollowupAction("action_listen")]
