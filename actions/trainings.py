"""What can be learned: the list of open sessions, one training, and advice."""

from rasa_sdk.events import EventType, SlotSet

from actions.base import UseCaseAction
from actions.choices import compact
from actions.details import tell_details
from actions.policy import told_as_policy
from actions.replies import trainings as words
from actions.replies.status import AUDIENCE_WORDS
from actions.turn import NUMBER, WORDS, Turn
from actions.wishes import in_hand, remembered, wish_in_words


class ActionListTrainings(UseCaseAction):
    """Pages of open sessions. The wish travels in the page buttons, so that an old list still turns its own pages."""

    action_name = "action_list_trainings"
    needs_person = False
    leans = True

    async def act(self, turn: Turn) -> list[EventType]:
        if turn.history.is_about_training() and (reference := await _pointed_at(turn)):
            return await tell_details(turn, reference)  # "yang januari" of the training just told
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
    leans = True

    async def act(self, turn: Turn) -> list[EventType]:
        reference = turn.pressed("course") or await _pointed_at(turn)
        if reference is None and turn.text:
            matches = await turn.services.catalogue.find(turn.text)
            if len(matches) > 1:
                turn.say(words.which_training([match.course for match in matches]))
                return []
            reference = matches[0].course.code if matches else None
        if reference is None:
            courses = (await remembered(turn)).courses
            reference = await in_hand(turn, courses[0].code) if len(courses) == 1 else None
        if reference is None:
            if not await told_as_policy(turn):
                turn.say(words.unknown_training())
            return []
        return await tell_details(turn, reference)


async def _pointed_at(turn: Turn) -> str | None:
    """The session meant by "yang kedua" or "yang januari" of what was shown before."""
    wish = await wish_in_words(turn) if turn.text else None
    if wish is None or not wish.is_pointed:
        return None
    return wish.session.session.code if wish.session else wish.courses[0].code


class ActionRecommendTraining(UseCaseAction):
    action_name = "action_recommend_training"
    needs_person = False
    leans = True

    async def act(self, turn: Turn) -> list[EventType]:
        found = await turn.services.recommendations.of(turn.caller, turn.text)
        if not found:
            turn.say(words.NOTHING_TO_RECOMMEND)
            return []
        person = turn.caller.person
        turn.say(words.recommendations(found, AUDIENCE_WORDS[person.level] if person else None))
        return []
