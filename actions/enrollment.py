"""Enrolling: the questions of the form that settles which session and gets a yes, and the enrollment itself."""

from abc import ABC

from rasa_sdk.events import EventType, SlotSet

from actions.base import FormStep, UseCaseAction
from actions.replies import enrollment as words
from actions.replies import trainings as catalogue_words
from actions.turn import CODE, Turn, end_form
from actions.wishes import Wish, by_reference, remembered
from core.domain.errors import UnknownSession

FORM_SLOTS = ("session", "confirmed")


class EnrollFormStep(FormStep, ABC):
    form_slots = FORM_SLOTS


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
        supervisor = await turn.services.identity.supervisor_of(turn.caller)
        turn.say(words.confirm(wish.session, becomes, supervisor, len(others.sessions) > 1))
        return []


class ActionEnroll(UseCaseAction):
    action_name = "action_enroll"
    forgets = ("session", "confirmed")

    async def act(self, turn: Turn) -> list[EventType]:
        code = turn.slot("session", CODE)
        if not turn.confirmed or code is None:
            turn.say(words.stopped_enrolling(code))
            return []
        result = await turn.services.enrollments.enroll(turn.caller, code)
        turn.say(words.enrolled(result, turn.person.supervisor_id is not None))
        return [SlotSet("course", result.enrollment.session.course.code)]
