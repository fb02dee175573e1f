"""The frame of every action: who asks, run the use case, put refusals and failures into words.

Abstract, so rasa_sdk does not register it; it registers every concrete subclass in this package.
"""

from abc import ABC, abstractmethod
from typing import ClassVar

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.replies import errors as words
from actions.services import services
from actions.taking_up import taken_up
from actions.turn import Turn, UnreadableButton, end_form, forget
from core.domain.errors import CoreError, NotLinked
from core.domain.people import Caller
from core.ports import DatabaseBusy

log = structlog.get_logger(__name__)


class UseCaseAction(Action, ABC):  # type: ignore[misc]  # rasa_sdk ships no types
    """One use case. `act` raises CoreError freely; whatever happens, the person gets an answer.

    `needs_person`: a visitor is told how to link instead. `forgets`: slots emptied afterwards, also on failure.
    `leans`: short words taken for this may mean the enrollment called off or offered a moment ago.
    """

    action_name: ClassVar[str]
    needs_person: ClassVar[bool] = True
    forgets: ClassVar[tuple[str, ...]] = ()
    leans: ClassVar[bool] = False

    def name(self) -> str:
        return self.action_name

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        turn = Turn(services(), Caller(), tracker, dispatcher)
        try:
            turn.hand_over_vector()
            caller = await turn.services.identity.caller(tracker.sender_id)
            turn = Turn(turn.services, caller, tracker, dispatcher)
            if self.needs_person and not caller.is_linked:
                raise NotLinked
            if self.leans and (events := await taken_up(turn)) is not None:
                return [*forget(*self.forgets), *events]
            return [*await self.act(turn), *forget(*self.forgets)]
        except CoreError as error:
            log.info("refused", action=self.action_name, refusal=type(error).__name__)
            turn.say(words.refusal(error))
        except DatabaseBusy:
            log.warning("database busy", action=self.action_name, conversation=tracker.sender_id)
            turn.say(words.BUSY)
        except UnreadableButton:
            log.warning("unreadable button", action=self.action_name, conversation=tracker.sender_id)
            turn.say(words.UNREADABLE_BUTTON)
        except Exception:
            log.exception("action failed", action=self.action_name, conversation=tracker.sender_id)
            turn.say(words.TROUBLE)
        return self.after_failure()

    @abstractmethod
    async def act(self, turn: Turn) -> list[EventType]:
        """Runs the use case and says what came of it; returns the events beside the emptied slots."""

    def after_failure(self) -> list[EventType]:
        return forget(*self.forgets)


class FormStep(UseCaseAction, ABC):
    """A part of a form (its validation, a question it asks): a failure ends the form, so that nobody is caught in it."""

    form_slots: ClassVar[tuple[str, ...]]

    def after_failure(self) -> list[EventType]:
        return end_form(*self.form_slots)
