"""Questions handed to HR: the form that settles the question and gets a yes, the ticket, and its state."""

from abc import ABC

from rasa_sdk.events import EventType, SlotSet

from actions.base import FormStep, UseCaseAction
from actions.confirmation import settled
from actions.replies import tickets as words
from actions.turn import Turn

_WORTH_SENDING = frozenset({"ask_policy", "nlu_fallback", "feedback", "out_of_scope"})
_LONG_ENOUGH = 9
"""Words: a request for HR of this length says what it is about; "mau ngomong sama HR" does not."""


class TicketFormStep(FormStep, ABC):
    form_slots = ("question", "confirmed")


class ValidateTicketForm(TicketFormStep):
    """Nobody types a question twice: what was asked just before "Tanya HR" is offered for sending."""

    action_name = "validate_ticket_form"

    async def act(self, turn: Turn) -> list[EventType]:
        match turn.requested_slot:
            case None:
                return [SlotSet("confirmed", None), SlotSet("question", _question_at_hand(turn))]
            case "question":
                return self._answer(turn)
            case "confirmed":
                return self._confirm_or_rewrite(turn)
            case _:
                return []

    def _answer(self, turn: Turn) -> list[EventType]:
        question = turn.candidate("question")
        if not isinstance(question, str) or not turn.text:
            # a pressed button is no question, though Rasa may have taken its payload for one
            return [SlotSet("question", None)] if question is not None else []
        if len(turn.text) > words.QUESTION_LIMIT:
            turn.say(words.too_long(len(turn.text)))
            return [SlotSet("question", None)]
        return [SlotSet("question", turn.text)]

    def _confirm_or_rewrite(self, turn: Turn) -> list[EventType]:
        if turn.intent == "talk_to_hr" and turn.is_button:
            return [SlotSet("question", None)]
        return settled(turn, "kirim")


def _question_at_hand(turn: Turn) -> str | None:
    if len(turn.text.split()) >= _LONG_ENOUGH:
        return turn.text[: words.QUESTION_LIMIT]
    intent, text = next(turn.history.earlier_questions(), ("", ""))
    return text[: words.QUESTION_LIMIT] if intent in _WORTH_SENDING else None


class ActionAskTicketFormQuestion(TicketFormStep):
    action_name = "action_ask_ticket_form_question"

    async def act(self, turn: Turn) -> list[EventType]:
        turn.say(words.ASK_QUESTION)
        return []


class ActionAskTicketFormConfirmed(TicketFormStep):
    action_name = "action_ask_ticket_form_confirmed"

    async def act(self, turn: Turn) -> list[EventType]:
        turn.say(words.confirm(turn.slot("question") or ""))
        return []


class ActionCreateTicket(UseCaseAction):
    action_name = "action_create_ticket"
    forgets = ("question", "confirmed")

    async def act(self, turn: Turn) -> list[EventType]:
        question = turn.slot("question")
        if not turn.confirmed or question is None:
            turn.say(words.NOT_SENT)
            return []
        turn.say(words.opened(await turn.services.tickets.open(turn.caller, question)))
        return []


class ActionTicketStatus(UseCaseAction):
    action_name = "action_ticket_status"

    async def act(self, turn: Turn) -> list[EventType]:
        tickets = await turn.services.tickets.mine(turn.caller)
        turn.say(words.mine(tickets) if tickets else words.NO_TICKETS)
        return []
