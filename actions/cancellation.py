"""Withdrawing from a training: the form that settles which enrollment and gets a yes, and the withdrawal itself."""

from abc import ABC

from rasa_sdk.events import EventType, SlotSet

from actions.base import FormStep, UseCaseAction
from actions.choices import ordinal
from actions.confirmation import settled
from actions.replies import enrollment as words
from actions.replies.my_training import not_enrolled_in
from actions.turn import ROW_ID, Turn, end_form
from actions.wishes import course_named
from core.domain.enrollment import LIVE, Enrollment
from core.domain.errors import AlreadyDecided, SessionStarted, UnknownEnrollment


class CancelFormStep(FormStep, ABC):
    form_slots = ("enrollment", "confirmed")


class ValidateCancelEnrollmentForm(CancelFormStep):
    action_name = "validate_cancel_enrollment_form"

    async def act(self, turn: Turn) -> list[EventType]:
        match turn.requested_slot:
            case None:
                return [SlotSet("confirmed", None), *await self._start(turn)]
            case "enrollment":
                return await self._answer(turn)
            case "confirmed":
                return await self._confirm_or_change(turn)
            case _:
                return []

    async def _start(self, turn: Turn) -> list[EventType]:
        if row_id := turn.pressed("enrollment", ROW_ID):
            return [_set(await _mine(turn, row_id))]
        found = await turn.services.enrollments.find_mine(turn.caller, turn.text)
        course = await course_named(turn, {enrollment.session.course.code for enrollment in found})
        if course:
            # find_mine answers with everything when the words fit nothing: another training must not be offered instead
            found = [enrollment for enrollment in found if enrollment.session.course == course]
        if not found:
            turn.say(not_enrolled_in(course) if course else words.NOTHING_TO_CANCEL)
            return end_form(*self.form_slots)
        return [_set(found[0])] if len(found) == 1 else [SlotSet("enrollment", None)]

    async def _answer(self, turn: Turn) -> list[EventType]:
        if row_id := turn.pressed("enrollment", ROW_ID):
            return [_set(await _mine(turn, row_id))]
        offers = [o.entities["enrollment"] for o in turn.history.last_offers() if "enrollment" in o.entities]
        index = ordinal(turn.text, len(offers))
        if index is not None:
            return [_set(await _mine(turn, offers[index]))]
        if turn.candidate("enrollment") is None:
            return []
        found = await turn.services.enrollments.find_mine(turn.caller, turn.text)
        if len(found) == 1:
            return [_set(found[0])]
        turn.say(words.NOT_FOUND)
        return [SlotSet("enrollment", None)]

    async def _confirm_or_change(self, turn: Turn) -> list[EventType]:
        if row_id := turn.pressed("enrollment", ROW_ID):
            return [_set(await _mine(turn, row_id)), SlotSet("confirmed", None)]
        return settled(turn, "batal")


class ActionAskCancelEnrollmentFormEnrollment(CancelFormStep):
    action_name = "action_ask_cancel_enrollment_form_enrollment"

    async def act(self, turn: Turn) -> list[EventType]:
        found = await turn.services.enrollments.find_mine(turn.caller, turn.text)
        if not found:
            turn.say(words.NOTHING_TO_CANCEL)
            return end_form(*self.form_slots)
        turn.say(words.choose_enrollment(found))
        return []


class ActionAskCancelEnrollmentFormConfirmed(CancelFormStep):
    action_name = "action_ask_cancel_enrollment_form_confirmed"

    async def act(self, turn: Turn) -> list[EventType]:
        enrollment = await _mine(turn, turn.slot("enrollment", ROW_ID) or "")
        if turn.history.was_asked(cancels=str(enrollment.enrollment_id)):
            turn.say(words.confirm_cancel_again(enrollment.session))
        else:
            turn.say(words.confirm_cancel(enrollment))
        return []


class ActionCancelEnrollment(UseCaseAction):
    action_name = "action_cancel_enrollment"
    forgets = ("enrollment", "confirmed")

    async def act(self, turn: Turn) -> list[EventType]:
        row_id = turn.slot("enrollment", ROW_ID)
        if not turn.confirmed or row_id is None:
            turn.say(words.KEPT)
            return []
        enrollment = await turn.services.enrollments.cancel(turn.caller, int(row_id))
        turn.say(words.cancelled(enrollment))
        return [SlotSet("course", enrollment.session.course.code)]


def _set(enrollment: Enrollment) -> EventType:
    return SlotSet("enrollment", str(enrollment.enrollment_id))


async def _mine(turn: Turn, row_id: str) -> Enrollment:
    """The caller's own enrollment that can still be withdrawn; anybody else's is as unknown as one that never was.

    A preview for the question; the service checks again when it withdraws.
    """
    views = await turn.services.enrollments.mine(turn.caller)
    found = next((v.enrollment for v in views if str(v.enrollment.enrollment_id) == row_id), None)
    if found is None:
        raise UnknownEnrollment(row_id)
    if found.status not in LIVE:
        raise AlreadyDecided(found.enrollment_id, found.status)
    if found.session.starts_at <= turn.services.clock.now():
        raise SessionStarted(found.session.code, found.session.starts_at)
    return found
