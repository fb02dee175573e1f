"""What an answer means to the enroll form: a session, another session, a yes, a no, or something else altogether.

Rasa lets the form look at every message first, whatever intent it was taken for. The form takes what can only be meant for it
and rejects the rest, which Rasa then answers as an interruption and comes back.
"""

from rasa_sdk.events import ActionExecutionRejected, EventType, SlotSet

from actions.base import FormStep
from actions.confirmation import is_called_off, says_yes, settled
from actions.details import tell_details
from actions.enrollment import FORM_SLOTS
from actions.follow_ups import asks_about_class
from actions.leaning import asks, drops, puts_off, taken_back
from actions.replies import enrollment as words
from actions.replies.errors import refusal
from actions.turn import CODE, Turn, end_form
from actions.wishes import Wish, by_reference, remembered, wish_in_words, wish_of
from core.domain.enrollment import LIVE, Status
from core.domain.errors import EnrollmentRefused
from core.services.enrollment import EnrollmentView

_IN_IT = LIVE | {Status.ATTENDED, Status.COMPLETED}
_STOPS = frozenset({"deny", "cancel_dialogue", "cancel_enrollment"})
_ANSWERS = frozenset({"enroll_training", "nlu_fallback"})
_MAY_NAME = _ANSWERS | {
    "affirm",
    "training_details",
    "list_trainings",
    "recommend_training",
    "my_schedule",
    "out_of_scope",
}
"""Intents that a bare name of a training is taken for."""
_SHORT = 4
"""Words. A longer remark is answered as what it was taken for, not as a choice that was not found."""


class ValidateEnrollForm(FormStep):
    action_name = "validate_enroll_form"
    form_slots = FORM_SLOTS

    async def act(self, turn: Turn) -> list[EventType]:
        match turn.requested_slot:
            case None:
                # a yes from an earlier dialogue must never count for this one
                return [SlotSet("confirmed", None), *await _take(turn, await wish_of(turn))]
            case "session":
                return await self._answer(turn)
            case "confirmed":
                return await self._confirm_or_change(turn)
            case _:
                return []

    async def _answer(self, turn: Turn) -> list[EventType]:
        if turn.is_button:
            return await _take(turn, await wish_of(turn)) if turn.candidate("session") or turn.pressed("course") else []
        if kept := await _answered_beside(turn, None):
            return kept
        if wish := await _answered(turn, None):
            return await _take(turn, wish)
        if taken_back(turn.plain_text) == "":  # another training, then
            return [SlotSet("session", None), SlotSet("course", None)]
        if says_yes(turn.text, "daftar"):
            turn.say(words.CHOOSE_FIRST)
            return [SlotSet("session", None)]
        if is_called_off(turn.text, "daftar") and turn.intent in _ANSWERS:
            turn.say(words.stopped_enrolling(None))
            return end_form(*FORM_SLOTS)
        is_remark = turn.intent == "out_of_scope" and len(turn.text.split()) > _SHORT
        if turn.candidate("session") is None or asks(turn.plain_text) or is_remark:
            return _interrupted(turn, None)
        turn.say(words.NOT_FOUND)
        return [SlotSet("session", None)]

    async def _confirm_or_change(self, turn: Turn) -> list[EventType]:
        if turn.is_button and (turn.pressed("session") or turn.pressed("course")):
            return [SlotSet("confirmed", None), *await _take(turn, await wish_of(turn))]
        is_answer = turn.candidate("session") is not None
        asked = turn.slot_before("session", CODE) if is_answer else turn.slot("session", CODE)
        if kept := await _answered_beside(turn, asked):
            return kept
        elsewhere = await self._looked_elsewhere(turn, asked)
        if not turn.is_button:
            if wish := await _answered(turn, asked):
                return [SlotSet("confirmed", None), *await _take(turn, wish)]
            if taken_back(turn.plain_text) == "" and asked:
                return await self._another(turn, asked)
        if settles := settled(turn, "daftar", may_repeat=not elsewhere):
            return [SlotSet("session", asked), *settles]
        if turn.intent == "enroll_training":
            again = await _take(turn, await wish_of(turn)) if elsewhere else [SlotSet("session", asked)]
            return [SlotSet("confirmed", None), *again]
        return _interrupted(turn, asked)

    async def _looked_elsewhere(self, turn: Turn, asked: str | None) -> bool:
        """Another training, or another session of this one, was looked at since the question."""
        in_hand = turn.history.at_hand()
        talked_about = await remembered(turn)
        return (in_hand is not None and in_hand != asked) or all(
            item.session.code != asked for item in talked_about.sessions
        )

    async def _another(self, turn: Turn, asked: str) -> list[EventType]:
        """Not this one, and no word about which instead."""
        course = (await by_reference(turn, asked)).courses[0]
        if len((await by_reference(turn, course.code)).sessions) > 1:
            return [SlotSet("session", None), SlotSet("confirmed", None), SlotSet("course", course.code)]
        return [SlotSet("session", None), SlotSet("confirmed", None), SlotSet("course", None)]


async def _answered(turn: Turn, asked: str | None) -> Wish | None:
    """The session or training that the words can only mean as an answer; None if they are none."""
    wish = await wish_in_words(turn, asked)
    if wish is None or not wish.courses:
        return None
    if wish.is_pointed or taken_back(turn.plain_text):
        return wish
    if turn.intent == "enroll_training":
        return None if asks(turn.plain_text) or says_yes(turn.text, "daftar") else wish
    if turn.intent not in _MAY_NAME or asks(turn.plain_text) or says_yes(turn.text, "daftar") or not wish.is_sure:
        return None
    is_remark = asked is not None and turn.intent not in _ANSWERS and len(turn.text.split()) > _SHORT
    is_the_same = asked is not None and wish.courses == (await remembered(turn)).courses
    return None if is_remark or is_the_same else wish


async def _take(turn: Turn, wish: Wish) -> list[EventType]:
    if not wish.courses:
        if wish.is_unknown:
            turn.say(words.UNKNOWN_COURSE)
        return [SlotSet("session", None), SlotSet("course", None)]
    course = ",".join(course.code for course in wish.courses)
    if len(wish.courses) == 1 and not wish.sessions:
        turn.say(words.no_open_session(wish.courses[0]))
        return [*end_form(*FORM_SLOTS), SlotSet("course", course)]
    if wish.misses_time:
        turn.say(words.no_session_then(wish.courses[0]))
    if wish.session is None:
        return [SlotSet("session", None), SlotSet("course", course)]
    if view := await _held(turn, wish.session.session.code):
        turn.say(words.already(view))
        return [*end_form(*FORM_SLOTS), SlotSet("course", course)]
    try:
        await turn.services.enrollments.prospect(turn.caller, wish.session.session.code)
    except EnrollmentRefused as refused:
        turn.say(refusal(refused).about(wish.courses[0]))
        return [*end_form(*FORM_SLOTS), SlotSet("course", course)]
    return [SlotSet("session", wish.session.session.code), SlotSet("course", course)]


async def _answered_beside(turn: Turn, asked: str | None) -> list[EventType]:
    """What only this form can answer: short questions about its training, and about calling off. "Later" leaves it."""
    if turn.is_button:
        return []
    if asks_about_class(turn.plain_text) and (asked or turn.slot("course", CODE)):
        told = await tell_details(turn, asked or turn.slot("course", CODE) or "")
        return [SlotSet("session", asked), SlotSet("confirmed", None), *told]
    if turn.intent in _STOPS and asks(turn.plain_text):
        turn.say(words.CAN_BE_CANCELLED)
        return [SlotSet("session", asked), SlotSet("confirmed", None)]
    is_dropped = drops(turn.plain_text) and taken_back(turn.plain_text) is None
    if is_dropped or (puts_off(turn.plain_text) and turn.intent != "ask_policy"):
        turn.say(words.stopped_enrolling(asked))
        return end_form(*FORM_SLOTS)
    return []


def _interrupted(turn: Turn, asked: str | None) -> list[EventType]:
    """The words are no answer, also where Rasa took them for one, and are answered as what they are."""
    if turn.candidate("session") is None and turn.candidate("confirmed") is None:
        return []
    return [SlotSet("session", asked), SlotSet("confirmed", None), ActionExecutionRejected("enroll_form")]


async def _held(turn: Turn, session_code: str) -> EnrollmentView | None:
    """The person's enrollment in this session, if it still counts."""
    views = await turn.services.enrollments.mine(turn.caller)
    return next((v for v in views if v.enrollment.session.code == session_code and v.enrollment.status in _IN_IT), None)
