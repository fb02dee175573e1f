"""What the assistant holds about a person, whether HR's broadcasts reach them, and having it all deleted."""

from abc import ABC

from rasa_sdk.events import EventType, SlotSet

from actions.base import FormStep, UseCaseAction
from actions.confirmation import settled
from actions.replies import profile as words
from actions.turn import Turn


class ActionMyProfile(UseCaseAction):
    action_name = "action_my_profile"

    async def act(self, turn: Turn) -> list[EventType]:
        supervisor = await turn.services.identity.supervisor_of(turn.caller)
        turn.say(words.profile(turn.person, supervisor, turn.caller.opted_out))
        return []


class ActionOptOut(UseCaseAction):
    action_name = "action_opt_out"

    async def act(self, turn: Turn) -> list[EventType]:
        await turn.services.identity.set_opted_out(turn.caller, True)
        turn.say(words.OPTED_OUT)
        return []


class ActionOptIn(UseCaseAction):
    action_name = "action_opt_in"

    async def act(self, turn: Turn) -> list[EventType]:
        await turn.services.identity.set_opted_out(turn.caller, False)
        turn.say(words.OPTED_IN)
        return []


class DeleteDataFormStep(FormStep, ABC):
    form_slots = ("confirmed",)


class ValidateDeleteDataForm(DeleteDataFormStep):
    action_name = "validate_delete_data_form"

    async def act(self, turn: Turn) -> list[EventType]:
        if turn.requested_slot is None:
            return [SlotSet("confirmed", None)]
        return settled(turn, "hapus")


class ActionAskDeleteDataFormConfirmed(DeleteDataFormStep):
    action_name = "action_ask_delete_data_form_confirmed"

    async def act(self, turn: Turn) -> list[EventType]:
        turn.say(words.CONFIRM_DELETE_AGAIN if turn.history.was_asked(deletes="data") else words.CONFIRM_DELETE)
        return []


class ActionDeleteMyData(UseCaseAction):
    action_name = "action_delete_my_data"
    forgets = ("confirmed",)

    async def act(self, turn: Turn) -> list[EventType]:
        if not turn.confirmed:
            turn.say(words.KEPT)
            return []
        await turn.services.identity.delete_my_data(turn.caller)
        turn.say(words.DELETED)
        return []
