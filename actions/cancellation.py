"""Withdrawing from a training: the form that settles which enrollment, asks why and gets a yes, and the withdrawal itself."""

from abc import ABC

from rasa_sdk.events import EventType, SlotSet

from actions.base import FormStep, UseCaseAction
from actions.choices import ordinal
from actions.confirmation import settled
from actions.reasons import LIMIT, SKIPPED, is_correcting, is_staying, pressed_reason, reason_in, told_reason
from actions.replies import enrollment as words
from actions.replies.my_training import not_enrolled_in
from actions.turn import ROW_ID, Turn, end_form
from actions.wishes import course_named
from core.domain.enrollment import Enrollment


class CancelFormStep(FormStep, ABC):
    form_slots = ("enrollment", "cancel_reason", "confirmed")


class ValidateCancelEnrollmentForm(CancelFormStep):
    action_name = "validate_cancel_enrollment_form"

    async def act(self, turn: Turn) -> list[EventType]:
        match turn.requested_slot:
            case None:
                fresh = [SlotSet("confirmed", None), SlotSet("cancel_reason", reason_in(turn.text))]
                return [*fresh, *await self._start(turn)]
            case "enrollment":
                return await self._answer(turn)
            case "cancel_reason":
                return await self._take_reason(turn)
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
        if reason := pressed_reason(turn):
            return [SlotSet("cancel_reason", reason), SlotSet("confirmed", None)]
        return settled(turn, "batal")

    async def _take_reason(self, turn: Turn) -> list[EventType]:
        """Nothing is withdrawn yet: whatever is taken for a reason is shown back with the last question."""
        if row_id := turn.pressed("enrollment", ROW_ID):
            return [_set(await _mine(turn, row_id))]
        if turn.is_button:
            reason = pressed_reason(turn)
            return [SlotSet("cancel_reason", reason)] if reason else []
        if is_staying(turn.text):
            turn.say(words.KEPT)
            return end_form(*self.form_slots)
        if (
            is_correcting(turn.text)
            and len(found := await turn.services.enrollments.find_mine(turn.caller, turn.text)) == 1
        ):
            return [_set(found[0])]
        reason = told_reason(turn)
        if reason is not None and len(reason) > LIMIT:
            turn.say(words.reason_too_long(len(reason), LIMIT))
            return [SlotSet("cancel_reason", None)]
        return [SlotSet("cancel_reason", reason)] if reason else []


class ActionAskCancelEnrollmentFormEnrollment(CancelFormStep):
    action_name = "action_ask_cancel_enrollment_form_enrollment"

    async def act(self, turn: Turn) -> list[EventType]:
        found = await turn.services.enrollments.find_mine(turn.caller, turn.text)
        if not found:
            turn.say(words.NOTHING_TO_CANCEL)
            return end_form(*self.form_slots)
        turn.say(words.choose_enrollment(found))
        return []


class ActionAskCancelEnrollmentFormCancelReason(CancelFormStep):
    action_name = "action_ask_cancel_enrollment_form_cancel_reason"

    async def act(self, turn: Turn) -> list[EventType]:
        enrollment = await _mine(turn, turn.slot("enrollment", ROW_ID) or "")
        is_back = turn.history.was_asked(asks_reason=str(enrollment.enrollment_id))
        turn.say(words.ask_reason_again(enrollment.session) if is_back else words.ask_reason(enrollment))
        return []


class ActionAskCancelEnrollmentFormConfirmed(CancelFormStep):
    action_name = "action_ask_cancel_enrollment_form_confirmed"

    async def act(self, turn: Turn) -> list[EventType]:
        enrollment = await _mine(turn, turn.slot("enrollment", ROW_ID) or "")
        if turn.history.was_asked(cancels=str(enrollment.enrollment_id)):
            turn.say(words.confirm_cancel_again(enrollment.session))
        else:
            turn.say(words.confirm_cancel(enrollment, _reason(turn)))
        return []


class ActionCancelEnrollment(UseCaseAction):
    action_name = "action_cancel_enrollment"
    forgets = ("enrollment", "cancel_reason", "confirmed")

    async def act(self, turn: Turn) -> list[EventType]:
        row_id = turn.slot("enrollment", ROW_ID)
        if not turn.confirmed or row_id is None:
            turn.say(words.KEPT)
            return []
        enrollment = await turn.services.enrollments.cancel(turn.caller, int(row_id), _reason(turn))
        turn.say(words.cancelled(enrollment))
        return [SlotSet("course", enrollment.session.course.code)]


def _reason(turn: Turn) -> str | None:
    reason = turn.slot("cancel_reason")
    return None if reason in (None, SKIPPED) else reason


def _set(enrollment: Enrollment) -> EventType:
    return SlotSet("enrollment", str(enrollment.enrollment_id))


async def _mine(turn: Turn, row_id: str) -> Enrollment:
    """The caller's own enrollment that can still be withdrawn; anybody else's is as unknown as one that never was.

    A preview for the question; the service checks again when it withdraws.
    """
    return await turn.services.enrollments.withdrawable(turn.caller, int(row_id or 0))
