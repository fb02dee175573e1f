"""What can be learned: the list of open sessions, one training, and advice."""

import re

from rasa_sdk.events import EventType, SlotSet

from actions.base import UseCaseAction
from actions.choices import compact
from actions.policy import told_as_policy
from actions.replies import trainings as words
from actions.replies.status import AUDIENCE_WORDS
from actions.turn import NUMBER, WORDS, Turn
from actions.wishes import chosen_from_offers, remembered
from core.services.catalogue import CourseDetails


class ActionListTrainings(UseCaseAction):
    """Pages of open sessions. The wish travels in the page buttons, so that an old list still turns its own pages."""

    action_name = "action_list_trainings"
    needs_person = False

    async def act(self, turn: Turn) -> list[EventType]:
        number = int(turn.pressed("page", NUMBER) or 1)
        wish = turn.pressed("filter", WORDS) or compact(turn.plain_text)
        # the first page searches with the same words as the next ones unless they do not fit a button
        query = wish if turn.is_button or len(wish) < len(turn.text) <= 40 else turn.text
        found = await turn.services.catalogue.search(query)
        if found:
            turn.say(words.page(found, number, wish))
            course = words.only_course(found)
            return [SlotSet("course", course.code)] if course else []
        turn.say(words.NOTHING_FOUND if query else words.NOTHING_OPEN)
        return []


class ActionTrainingDetails(UseCaseAction):
    action_name = "action_training_details"
    needs_person = False

    async def act(self, turn: Turn) -> list[EventType]:
        reference = turn.pressed("course") or chosen_from_offers(turn)
        if reference is None and turn.text:
            matches = await turn.services.catalogue.find(turn.text)
            if len(matches) > 1:
                turn.say(words.which_training([match.course for match in matches]))
                return []
            reference = matches[0].course.code if matches else None
        if reference is None:
            courses = (await remembered(turn)).courses
            reference = courses[0].code if len(courses) == 1 else None
        if reference is None:
            if not await told_as_policy(turn):
                turn.say(words.unknown_training())
            return []
        return await tell_details(turn, reference)


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


class ActionRecommendTraining(UseCaseAction):
    action_name = "action_recommend_training"
    needs_person = False

    async def act(self, turn: Turn) -> list[EventType]:
        found = await turn.services.recommendations.of(turn.caller, turn.text)
        if not found:
            turn.say(words.NOTHING_TO_RECOMMEND)
            return []
        person = turn.caller.person
        turn.say(words.recommendations(found, AUDIENCE_WORDS[person.level] if person else None))
        return []
