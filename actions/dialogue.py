"""The frame of a conversation: greeting, asking back, stopping, taking feedback."""

import re
from random import choice

from rasa_sdk.events import ActiveLoop, EventType, FollowupAction

from actions.base import UseCaseAction
from actions.details import tell_details, told_of_class
from actions.leaning import calls_off, means_enrollment
from actions.policy import told_as_follow_up, told_as_policy, told_by_officers
from actions.replies import dialogue as words
from actions.replies.enrollment import stopped_enrolling
from actions.replies.policy import section_button
from actions.replies.trainings import course_button
from actions.turn import CODE, REQUESTED_SLOT, Turn, forget
from actions.wishes import SURELY_NAMED, chosen_from_list, course_named

MAX_CHOICES = 3
_WANTS_TO_JOIN = re.compile(r"\b(?:daftar\w*|mendaftar|ikut\w*)\b")
_WANTS_TRAINING = re.compile(rf"{_WANTS_TO_JOIN.pattern}|\b(?:kelas|pelatihan|diklat|kursus|bimtek)(?:nya)?\b")
LIKELY = 0.05
"""An intent below this share of the ranking is noise, not a guess worth offering."""


class ActionGreet(UseCaseAction):
    action_name = "action_greet"
    needs_person = False

    async def act(self, turn: Turn) -> list[EventType]:
        person = turn.caller.person
        turn.say(words.greet(person.first_name) if person else words.GREET_VISITOR)
        return []


class ActionCancelDialogue(UseCaseAction):
    """Leaves whatever form is running; nothing has been written before its last yes. With none running, "batalin yang barusan"
    is about an enrollment.
    """

    action_name = "action_cancel_dialogue"
    needs_person = False
    leans = True
    forgets = ("session", "enrollment", "cancel_reason", "question", "confirmed", REQUESTED_SLOT)

    async def act(self, turn: Turn) -> list[EventType]:
        if await _means_enrollment(turn):
            return [FollowupAction("cancel_enrollment_form")]
        if turn.tracker.active_loop_name == "enroll_form":
            turn.say(stopped_enrolling(turn.slot("session", CODE)))
        else:
            turn.say(words.stopped(turn.tracker.active_loop_name, turn.caller.is_linked))
        return [ActiveLoop(None)]

    def after_failure(self) -> list[EventType]:
        return [ActiveLoop(None), *forget(*self.forgets)]


async def _means_enrollment(turn: Turn) -> bool:
    if turn.tracker.active_loop_name or not turn.caller.is_linked:
        return False
    if means_enrollment(turn.plain_text):
        return True
    if not calls_off(turn.plain_text):
        return False
    held = {one.session.course.code for one in await turn.services.enrollments.find_mine(turn.caller, "")}
    course = await course_named(turn, held)
    return course is not None and course.code in held


class ActionClarify(UseCaseAction):
    """Up to three "Maksud Anda …?" from the trainings, intents and facts that come near the words; never a guess.

    A fact that answers the words beyond doubt is told when they may have been a policy question.

    "Yang kedua" after a list is no guess: it is told at once.
    """

    action_name = "action_clarify"
    needs_person = False
    leans = True

    async def act(self, turn: Turn) -> list[EventType]:
        if reference := chosen_from_list(turn):
            return await tell_details(turn, reference)
        if await _means_enrollment(turn):
            return [FollowupAction("cancel_enrollment_form")]
        if (events := await told_of_class(turn)) is not None:
            return events
        if await told_as_follow_up(turn) or ("ask_policy" in _likely(turn) and await told_as_policy(turn)):
            return []
        if await told_by_officers(turn):
            return []
        likely = _likely(turn)
        await turn.services.questions.keep_unclear(turn.caller, turn.text, likely[0] if likely else "")
        matches = await turn.services.catalogue.find(turn.text) if turn.text else []
        found = await turn.services.questions.suggestions(turn.text, MAX_CHOICES) if turn.text else []
        sections = [item.section for item in found]
        choices = [course_button(match.course) for match in matches[:2]]
        for name in likely:
            if name == "ask_policy":
                choices += map(section_button, sections)
            elif name in words.INTENT_CHOICES:
                choices.append(words.INTENT_CHOICES[name])
        choices = list(dict.fromkeys([*choices, *map(section_button, sections)]))[:MAX_CHOICES]
        suggested = [section.section_id for section in sections if section_button(section) in choices]
        course = matches[0].course if len(matches) == 1 else None
        turn.say(words.did_you_mean(choices, suggested).about(course))
        return []


def _likely(turn: Turn) -> list[str]:
    return [name for name, confidence in turn.intent_ranking if confidence >= LIKELY and name != "nlu_fallback"]


class ActionNothingToConfirm(UseCaseAction):
    """A yes or a no that no form waits for."""

    action_name = "action_nothing_to_confirm"
    needs_person = False
    leans = True

    async def act(self, turn: Turn) -> list[EventType]:
        if reference := chosen_from_list(turn):
            return await tell_details(turn, reference)
        turn.say(choice(words.NOTHING_TO_CONFIRM))
        return []


class ActionOutOfScope(UseCaseAction):
    """What is not our business, unless it names a training (one imported today may be about anything) or HR answered it."""

    action_name = "action_out_of_scope"
    needs_person = False
    leans = True

    async def act(self, turn: Turn) -> list[EventType]:
        if await _means_enrollment(turn):
            return [FollowupAction("cancel_enrollment_form")]
        if (events := await told_of_class(turn)) is not None:
            return events
        matches = await turn.services.catalogue.find(turn.text) if _WANTS_TRAINING.search(turn.plain_text) else []
        if len(matches) == 1 and matches[0].score >= SURELY_NAMED:
            if _WANTS_TO_JOIN.search(turn.plain_text) and not turn.tracker.active_loop_name:
                return [FollowupAction("enroll_form")]
            return await tell_details(turn, matches[0].course.code)
        if not await told_by_officers(turn):
            turn.say(choice(words.OUT_OF_SCOPE))
        return []


class ActionRecordFeedback(UseCaseAction):
    """Thanks, and the way to HR: what was written is offered for sending there."""

    action_name = "action_record_feedback"
    needs_person = False
    leans = True

    async def act(self, turn: Turn) -> list[EventType]:
        turn.say(words.feedback(await course_named(turn)))
        return []
