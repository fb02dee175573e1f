"""What the assistant holds about a person, whether HR's broadcasts reach them, and having it all deleted."""

from rasa_sdk.events import EventType

from actions.base import FormStep, UseCaseAction
from actions.choices import is_called_off
from actions.replies import profile as words
from actions.turn import Turn


class ActionMyProfile(UseCaseAction):
    action_name = "action_my_profile"

    async def act(self, turn: Turn) -> list[EventType]:
        turn.say(words.profile(turn.person, turn.caller.opted_out))
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


class ActionAskDeleteDataFormConfirmed(FormStep):
    action_name = "action_ask_delete_data_form_confirmed"
    form_slots = ("confirmed",)

    async def act(self, turn: Turn) -> list[EventType]:
        turn.say(words.CONFIRM_DELETE_AGAIN if turn.history.was_asked(deletes="data") else words.CONFIRM_DELETE)
        return []


class ActionDeleteMyData(UseCaseAction):
    action_name = "action_delete_my_data"
    forgets = ("confirmed",)

    async def act(self, turn: Turn) -> list[EventType]:
        if not turn.confirmed or is_called_off(turn.text):
            turn.say(words.KEPT)
            return []
        await turn.services.identity.delete_my_data(turn.caller)
        turn.say(words.DELETED)
        return []
