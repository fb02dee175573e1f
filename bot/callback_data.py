"""What a button carries: at most 64 bytes, versioned, and nothing that is not on the allow list.

Data coming back from Telegram is hostile: `decode` answers None for anything this module would not have written.
It knows the payloads of the dialogue and the bot's own verbs, and must not know what either of them does.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bot import audience_presses, campaign_presses, entry_presses, report_presses, ticket_presses
from bot.audience_presses import AudiencePress
from bot.campaign_presses import CampaignPress
from bot.entry_presses import EntryPress
from bot.report_presses import ReportPress
from bot.ticket_presses import TicketPress
from bot.verbs import HAS_CHOICE, HAS_COURSE, HAS_DAY, HAS_PERSON, HAS_ROW, HAS_SESSION, Verb

__all__ = [
    "HAS_CHOICE",
    "HAS_COURSE",
    "HAS_DAY",
    "HAS_PERSON",
    "HAS_ROW",
    "HAS_SESSION",
    "INTENTS",
    "LIMIT",
    "DialoguePress",
    "NotEncodable",
    "Press",
    "Verb",
    "VerbPress",
    "decode",
    "encode",
    "parse_payload",
]

LIMIT = 64
"""Telegram's, in bytes of UTF-8."""

_VERSION = "1"
_SEPARATOR = "|"

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,35}")
_NUMBER = re.compile(r"[0-9]{1,4}")
_WORDS = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _.:-]{0,39}")
_CHOICE = re.compile(r"[1-9]")
_DAY = re.compile(r"20[0-9]{6}")
_ROW_ID = re.compile(r"[1-9][0-9]{0,17}")
_PAYLOAD = re.compile(r"/(?P<intent>[a-z_]+)(?P<entities>\{.*\})?", re.DOTALL)

# intent -> (short code, the entities in the order they are written). nlu/payloads.py is the same list on the other side.
INTENTS: dict[str, tuple[str, dict[str, re.Pattern[str]]]] = {
    "choose_session": ("cs", {"session": _CODE}),
    "choose_enrollment": ("ce", {"enrollment": _CODE}),
    "choose_reason": ("cr", {"reason": _CODE}),
    "show_source": ("so", {"section": _CODE}),
    "show_section": ("se", {"section": _CODE}),
    "show_course": ("co", {"course": _CODE}),
    "more_trainings": ("mt", {"page": _NUMBER, "filter": _WORDS}),
    "enroll_training": ("et", {"course": _CODE, "session": _CODE}),
    "training_details": ("td", {"course": _CODE}),
    "cancel_enrollment": ("xe", {"enrollment": _CODE}),
    "affirm": ("ya", {}),
    "deny": ("no", {}),
    "cancel_dialogue": ("xd", {}),
    "capabilities": ("ca", {}),
    "ask_policy": ("po", {}),
    "list_trainings": ("lt", {}),
    "recommend_training": ("rt", {}),
    "enrollment_status": ("st", {}),
    "my_schedule": ("sc", {}),
    "learning_hours": ("lh", {}),
    "certificate": ("ct", {}),
    "pending_approvals": ("pp", {}),
    "talk_to_hr": ("hr", {}),
    "ticket_status": ("ts", {}),
    "my_profile": ("me", {}),
    "verify_bot": ("vb", {}),
    "opt_out": ("oo", {}),
    "opt_in": ("oi", {}),
    "delete_my_data": ("dd", {}),
    "feedback": ("fb", {}),
}
_INTENT_OF_CODE = {code: intent for intent, (code, _) in INTENTS.items()}


_VERB_OF_CODE = {verb.value: verb for verb in Verb}

VERBS_OF_DIALOGUE = {
    "certificate_file": (Verb.CERTIFICATE, "enrollment"),
    "calendar_file": (Verb.SESSION_CALENDAR, "session"),
}
"""Buttons the dialogue shows and the bot carries out: payload name -> verb, and the one entity that says about what."""


@dataclass(frozen=True)
class DialoguePress:
    """A button of the dialogue: goes to Rasa as intent and entities."""

    intent: str
    entities: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class VerbPress:
    """A button of the bot's own; what a verb does not carry is 0, empty or None."""

    verb: Verb
    enrollment_id: int = 0
    choice: int = 0
    session_code: str = ""
    person_id: int = 0
    course_code: str = ""
    day: date | None = None


Press = DialoguePress | VerbPress | CampaignPress | AudiencePress | ReportPress | TicketPress | EntryPress


class NotEncodable(ValueError):
    """The button names something off the allow list, or does not fit."""


def encode(press: Press) -> str:
    """The callback data of a button. Raises NotEncodable."""
    if isinstance(press, VerbPress):
        fields = [press.verb.value, *(_written(getattr(press, name)) for name in _carried(press.verb))]
    elif isinstance(press, CampaignPress):
        fields = campaign_presses.written(press)
    elif isinstance(press, EntryPress):
        fields = entry_presses.written(press)
    elif isinstance(press, TicketPress):
        fields = ticket_presses.written(press)
    elif isinstance(press, AudiencePress):
        fields = audience_presses.written(press)
    elif isinstance(press, ReportPress):
        fields = report_presses.written(press)
    else:
        if press.intent not in INTENTS:
            raise NotEncodable("intent")
        code, forms = INTENTS[press.intent]
        if not press.entities.keys() <= forms.keys():
            raise NotEncodable("entity")
        fields = [code, *(press.entities.get(name, "") for name in forms)]
        while fields[-1] == "":
            fields.pop()
    data = _VERSION + _SEPARATOR.join(fields)
    if len(data.encode()) > LIMIT or decode(data) != press:
        raise NotEncodable("value")
    return data


def decode(data: object) -> Press | None:
    """The button behind the data, or None if `encode` did not write it. Never raises."""
    if not isinstance(data, str) or not data.startswith(_VERSION) or len(data) > LIMIT:
        return None
    code, *values = data.removeprefix(_VERSION).split(_SEPARATOR)
    if code in _INTENT_OF_CODE:
        return _decode_dialogue(_INTENT_OF_CODE[code], values)
    if code in _VERB_OF_CODE:
        return _decode_verb(_VERB_OF_CODE[code], values)
    if code in campaign_presses.VERB_OF_CODE:
        return campaign_presses.read(code, values)
    if code in entry_presses.VERB_OF_CODE:
        return entry_presses.read(code, values)
    if code in ticket_presses.VERB_OF_CODE:
        return ticket_presses.read(code, values)
    if code in audience_presses.VERB_OF_CODE:
        return audience_presses.read(code, values)
    if code in report_presses.VERB_OF_CODE:
        return report_presses.read(code, values)
    return None


def parse_payload(payload: str) -> Press | None:
    """A Rasa payload such as `/choose_session{"session": "TIK-01-A"}`; None if it is not on the allow list."""
    match = _PAYLOAD.fullmatch(payload.strip())
    if not match:
        return None
    try:
        entities = json.loads(match["entities"] or "{}")
    except (ValueError, RecursionError):
        return None
    # the actions may write a number where the list wants its digits
    values = {name: str(value) if isinstance(value, int) else value for name, value in entities.items()}
    if match["intent"] in VERBS_OF_DIALOGUE:
        return _own(*VERBS_OF_DIALOGUE[match["intent"]], values)
    if match["intent"] not in INTENTS or not all(isinstance(value, str) for value in values.values()):
        return None
    return DialoguePress(match["intent"], values)


def _own(verb: Verb, entity: str, values: Mapping[str, object]) -> VerbPress | None:
    value = values.get(entity)
    if len(values) != 1 or not isinstance(value, str):
        return None
    return _decode_verb(verb, [value])


def _decode_dialogue(intent: str, values: list[str]) -> DialoguePress | None:
    forms = INTENTS[intent][1]
    if len(values) > len(forms) or (values and not values[-1]):
        return None
    entities = {name: value for name, value in zip(forms, values, strict=False) if value}
    if not all(forms[name].fullmatch(value) for name, value in entities.items()):
        return None
    return DialoguePress(intent, entities)


def _decode_verb(verb: Verb, values: list[str]) -> VerbPress | None:
    forms = _carried(verb)
    if len(values) != len(forms) or not all(f.fullmatch(v) for f, v in zip(forms.values(), values, strict=True)):
        return None
    try:
        return VerbPress(verb, **{name: _READ[name](value) for name, value in zip(forms, values, strict=True)})
    except ValueError:  # the 31st of February
        return None


_READ: dict[str, Callable[[str], Any]] = {
    "enrollment_id": int,
    "person_id": int,
    "session_code": str,
    "course_code": str,
    "choice": int,
    "day": lambda value: datetime.strptime(value, "%Y%m%d").date(),  # noqa: DTZ007 - a day, no moment
}


def _carried(verb: Verb) -> dict[str, re.Pattern[str]]:
    """The fields this verb carries and their forms, in the order they are written."""
    forms = {
        "enrollment_id": (HAS_ROW, _ROW_ID),
        "person_id": (HAS_PERSON, _ROW_ID),
        "session_code": (HAS_SESSION, _CODE),
        "course_code": (HAS_COURSE, _CODE),
        "choice": (HAS_CHOICE, _CHOICE),
        "day": (HAS_DAY, _DAY),
    }
    return {name: form for name, (verbs, form) in forms.items() if verb in verbs}


def _written(value: int | str | date | None) -> str:
    return value.strftime("%Y%m%d") if isinstance(value, date) else str(value)
