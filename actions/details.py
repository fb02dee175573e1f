"""Telling one training, which several actions do."""

import re

from rasa_sdk.events import EventType, SlotSet

from actions.follow_ups import asks_about_class
from actions.replies import trainings as words
from actions.turn import Turn
from actions.wishes import in_hand, remembered
from core.services.catalogue import CourseDetails

_WHEN = re.compile(r"\b(?:kapan|jadwal)(?:nya)?(?: saja)?\b")

_NOTHING_ELSE = 0.85
"""Score of words that are the name of a training and little beside; policy has its own questions of when."""


async def tell_details(turn: Turn, reference: str) -> list[EventType]:
    """Tells one training, by course or session code, and remembers it as talked about."""
    found = await turn.services.catalogue.details(reference)
    turn.say(words.details(found, turn.services.clock.now(), _session_named(f"{reference} {turn.text}", found)))
    return [SlotSet("course", found.course.code)]


def _session_named(text: str, found: CourseDetails) -> str | None:
    """The session code standing in the words, so that it is the one told in full."""
    squeezed = re.sub(r"[^A-Z0-9]", "", text.upper())
    codes = (item.session.code for item in found.sessions)
    return next((code for code in codes if re.sub(r"[^A-Z0-9]", "", code) in squeezed), None)


async def told_of_class(turn: Turn) -> list[EventType] | None:
    """Answers a short question about the training that was looked at ("pppk boleh ikut?"), or when one that is surely named is
    held; None if it is neither.
    """
    if turn.text and _WHEN.search(turn.plain_text):
        named = await turn.services.catalogue.find(_WHEN.sub(" ", turn.plain_text))
        if len(named) == 1 and named[0].score >= _NOTHING_ELSE:
            return await tell_details(turn, named[0].course.code)
    at_hand = turn.history.is_about_training() or turn.history.was_looking()
    if not at_hand or not asks_about_class(turn.plain_text):
        return None
    courses = (await remembered(turn)).courses
    return await tell_details(turn, await in_hand(turn, courses[0].code)) if len(courses) == 1 else None
