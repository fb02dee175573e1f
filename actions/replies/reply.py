"""What an action says in one message: text, buttons, and the facts beside it. The markup is `*bold*` and nothing else."""

import json
from dataclasses import dataclass, field, replace
from typing import Any

from core.domain.courses import Course

TITLE_LIMIT = 38
"""A button on a phone of 360 pixels shows about this much on one line."""


@dataclass(frozen=True)
class Button:
    title: str
    payload: str


@dataclass(frozen=True)
class Reply:
    """`custom` travels beside the text: sources, suggestions, answered, course, session."""

    text: str
    buttons: tuple[Button, ...] = ()
    custom: dict[str, Any] = field(default_factory=dict)

    def then(self, *buttons: Button) -> "Reply":
        return replace(self, buttons=(*self.buttons, *buttons))

    def about(self, course: Course | None) -> "Reply":
        """The same reply, saying beside it which one training it is about."""
        return self if course is None else replace(self, custom={**self.custom, "course": course.code})


def button(title: str, intent: str, **entities: str) -> Button:
    """A button whose payload Rasa reads: `/choose_session{"session": "TIK-01-A"}`."""
    return Button(shorten(title, TITLE_LIMIT), f"/{intent}{json.dumps(entities) if entities else ''}")


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, cut between words."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,.;:-") + "…"


def plain(text: str) -> str:
    """Words of others inside our markup: an asterisk of theirs must not become bold."""
    return text.replace("*", "∗")


ASK_HR = button("Tanya HR", "talk_to_hr")
TRAININGS = button("Daftar pelatihan", "list_trainings")
RECOMMEND = button("Pelatihan untuk saya", "recommend_training")
CAPABILITIES = button("Yang bisa saya bantu", "capabilities")
MY_STATUS = button("Status pendaftaran", "enrollment_status")
MY_SCHEDULE = button("Jadwal saya", "my_schedule")
MY_HOURS = button("JP saya", "learning_hours")
STOP = button("Batal", "cancel_dialogue")
