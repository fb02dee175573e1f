"""Enrolling: the form that settles which session and gets a yes, and the enrollment itself."""

from abc import ABC

from rasa_sdk.events import EventType, SlotSet

from actions.base import FormStep, UseCaseAction
from actions.choices import ordinal, points_at
from actions.confirmation import settled
from actions.replies import enrollment as words
from actions.replies import trainings as catalogue_words
from actions.replies.errors import refusal
from actions.turn import CODE, Turn, end_form
from actions.wishes import Wish, by_reference, remembered, wish_of
from core.domain.enrollment import LIVE, Status
from core.domain.errors import EnrollmentRefused, UnknownSession
from core.services.enrollment import EnrollmentView

_IN_IT = LIVE | {Status.ATTENDED, Status.COMPLETED}


class EnrollFormStep(FormStep, ABC):
    form_slots = ("session", "confirmed")


class ValidateEnrollForm(EnrollFormStep):
    action_name = "validate_enroll_form"

    async def act(self, turn: Turn) -> list[EventType]:
        match turn.requested_slot:
            case None:
                # a yes from an earlier dialogue must never count for this one
                return [SlotSet("confirmed", None), *await self._take(turn, await wish_of(turn))]
            case "session":
                return await self._answer(turn)
            case "confirmed":
                return await self._confirm_or_change(turn)
            case _:
                return []

    async def _take(self, turn: Turn, wish: Wish) -> list[EventType]:
        if not wish.courses:
            if wish.is_unknown:
                turn.say(words.UNKNOWN_COURSE)
            return [SlotSet("session", None), SlotSet("course", None)]
        course = ",".join(course.code for course in wish.courses)
        if len(wish.courses) == 1 and not wish.sessions:
            turn.say(words.no_open_session(wish.courses[0]))
            return [*end_form(*self.form_slots), SlotSet("course", course)]
        if wish.session is None:
            return [SlotSet("session", None), SlotSet("course", course)]
        if view := await _held(turn, wish.session.session.code):
            turn.say(words.already(view))
            return [*end_form(*self.form_slots), SlotSet("course", course)]
        try:
            await turn.services.enrollments.prospect(turn.caller, wish.session.session.code)
        except EnrollmentRefused as refused:
            turn.say(refusal(refused).about(wish.courses[0]))
            return [*end_form(*self.form_slots), SlotSet("course", course)]
        return [SlotSet("session", wish.session.session.code), SlotSet("course", course)]

    async def _answer(self, turn: Turn) -> list[EventType]:
        """Only what Rasa took for an answer, or what can be nothing else; the rest is an interruption."""
        if turn.candidate("session") is None and not await self._is_choice(turn):
            return []
        wish = await wish_of(turn)
        if not wish.courses or (wish.is_remembered and wish.session is None):
            turn.say(words.NOT_FOUND)
            return [SlotSet("session", None)]
        return await self._take(turn, wish)

    async def _is_choice(self, turn: Turn) -> bool:
        if ordinal(turn.text, len(turn.history.last_offers())) is not None:
            return True
        return points_at(turn.text) and not (await remembered(turn)).is_remembered

    async def _confirm_or_change(self, turn: Turn) -> list[EventType]:
        is_answer = turn.candidate("session") is not None
        asked = turn.slot_before("session", CODE) if is_answer else turn.slot("session", CODE)
        talked_about = await remembered(turn)
        elsewhere = all(item.session.code != asked for item in talked_about.sessions)
        points = points_at(turn.text) and not talked_about.is_remembered
        if (settles := settled(turn, "daftar", may_repeat=not elsewhere)) and not points:
            return [SlotSet("session", asked), *settles]
        if not is_answer and not points:
            return []
        wish = await wish_of(turn)
        if not wish.courses or (wish.is_remembered and not elsewhere):
            return [SlotSet("session", asked), SlotSet("confirmed", None)]
        return [SlotSet("confirmed", None), *await self._take(turn, wish)]


class ActionAskEnrollFormSession(EnrollFormStep):
    action_name = "action_ask_enroll_form_session"

    async def act(self, turn: Turn) -> list[EventType]:
        wish = await remembered(turn)
        if len(wish.courses) > 1:
            turn.say(words.choose_course(wish.courses))
        elif wish.sessions:
            turn.say(words.choose_session(wish.courses[0], wish.sessions))
        elif found := await turn.services.catalogue.search(""):
            turn.say(words.ask_course(found))
        else:
            turn.say(catalogue_words.NOTHING_OPEN)
            return end_form(*self.form_slots)
        return []


class ActionAskEnrollFormConfirmed(EnrollFormStep):
    action_name = "action_ask_enroll_form_confirmed"

    async def act(self, turn: Turn) -> list[EventType]:
        code = turn.slot("session", CODE)
        wish = await by_reference(turn, code) if code else Wish()
        if code is None or wish.session is None:
            raise UnknownSession(code or "")
        becomes = await turn.services.enrollments.prospect(turn.caller, wish.session.session.code)
        if turn.history.was_asked(session=code, becomes=becomes):
            turn.say(words.confirm_again(wish.session.session))
            return []
        others = await by_reference(turn, wish.courses[0].code)
        has_supervisor = turn.person.supervisor_id is not None
        turn.say(words.confirm(wish.session, becomes, has_supervisor, len(others.sessions) > 1))
        return []


class ActionEnroll(UseCaseAction):
    action_name = "action_enroll"
    forgets = ("session", "confirmed")

    async def act(self, turn: Turn) -> list[EventType]:
        code = turn.slot("session", CODE)
        if not turn.confirmed or code is None:
            turn.say(words.NOT_ENROLLED_AFTER_ALL)
            return []
        result = await turn.services.enrollments.enroll(turn.caller, code)
        turn.say(words.enrolled(result, turn.person.supervisor_id is not None))
        return [SlotSet("course", result.enrollment.session.course.code)]


async def _held(turn: Turn, session_code: str) -> EnrollmentView | None:
    """The person's enrollment in this session, if it still counts."""
    views = await turn.services.enrollments.mine(turn.caller)
    return next((v for v in views if v.enrollment.session.code == session_code and v.enrollment.status in _IN_IT), None)
