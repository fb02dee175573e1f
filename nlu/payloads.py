"""Which buttons may be pressed: the allow list of intents a payload can name, and the form of their values.

Plain data and checks; it must not know Rasa, HTTP or what the intents do.
"""

import json
import re
from typing import Any, Dict

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,35}")
NUMBER = re.compile(r"[0-9]{1,4}")
WORDS = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _.:-]{0,39}")

# intent -> entity -> form of its value. Identity and rights are never in here: the services ask the database.
ALLOWED = {
    "choose_session": {"session": CODE},
    "choose_enrollment": {"enrollment": CODE},
    "choose_reason": {"reason": CODE},
    "show_source": {"section": CODE},
    "show_section": {"section": CODE},
    "show_course": {"course": CODE},
    "more_trainings": {"page": NUMBER, "filter": WORDS},
    "enroll_training": {"course": CODE, "session": CODE},
    "training_details": {"course": CODE},
    "cancel_enrollment": {"enrollment": CODE},
    "affirm": {},
    "deny": {},
    "cancel_dialogue": {},
    "capabilities": {},
    "ask_policy": {},
    "list_trainings": {},
    "recommend_training": {},
    "enrollment_status": {},
    "my_schedule": {},
    "learning_hours": {},
    "certificate": {},
    "pending_approvals": {},
    "talk_to_hr": {},
    "ticket_status": {},
    "my_profile": {},
    "verify_bot": {},
    "opt_out": {},
    "opt_in": {},
    "delete_my_data": {},
    "feedback": {},
}


class PayloadRefused(Exception):
    """The payload names an intent, entity or value that no button carries."""


def parse_data_for(payload: Any) -> Dict[str, Any]:
    """Rasa's parse result for a pressed button, made without the text parser; raises PayloadRefused."""
    if not isinstance(payload, dict) or not set(payload) <= {"intent", "entities"}:
        raise PayloadRefused("payload is malformed")
    intent = payload.get("intent")
    if not isinstance(intent, str) or intent not in ALLOWED:
        raise PayloadRefused("payload intent is not allowed")
    entities = payload.get("entities", {})
    if not isinstance(entities, dict):
        raise PayloadRefused("payload entities are malformed")
    for name, value in entities.items():
        form = ALLOWED[intent].get(name)
        if form is None or not isinstance(value, str) or not form.fullmatch(value):
            raise PayloadRefused("payload entity is not allowed")
    certain = {"name": intent, "confidence": 1.0}
    return {
        "text": f"/{intent}{json.dumps(entities) if entities else ''}",
        "intent": certain,
        "intent_ranking": [certain],
        "entities": [{"entity": name, "value": value} for name, value in entities.items()],
    }
