"""Keeps conversations short: Rasa reads the events of a session whole at each turn, so a turn costs time in proportion to them.

Rasa itself begins a new session only after an hour of silence (domain.yml). Who talks a lot gets one in between.
"""

from contextlib import asynccontextmanager
from typing import AsyncIterator, Optional

from rasa.core.agent import Agent
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.events import ActionExecuted, BotUttered, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

LONGEST = 80
"""Events, about ten turns."""
SAID_KEPT = 6
"""The assistant's latest messages that a new session begins with."""


@asynccontextmanager
async def after_turn(agent: Agent, sender_id: str) -> AsyncIterator[Optional[DialogueStateTracker]]:
    """The conversation after its latest turn (None for an unknown one), locked while it is read.

    On leaving, a session that has grown long ends: the next turn begins a new one. Never within a form; what the slots
    hold goes along, and what the assistant said last ("the second" still has its list), so that nobody notices.
    """
    async with agent.lock_store.lock(sender_id):
        tracker = await agent.tracker_store.retrieve(sender_id)
        yield tracker
        if tracker is not None and len(tracker.events) > LONGEST and tracker.active_loop_name is None:
            _begin_session(agent, tracker)
            await agent.tracker_store.save(tracker)


def _begin_session(agent: Agent, tracker: DialogueStateTracker) -> None:
    # in the order of their making: the store reads a session from the time of its beginning on
    begun = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted()]
    held = [SlotSet(name, value) for name, value in tracker.current_slot_values().items() if value is not None]
    said = [event for event in tracker.events if isinstance(event, BotUttered)][-SAID_KEPT:]
    again = [BotUttered(event.text, event.data, event.metadata) for event in said]
    started = [*begun, *held, *again, ActionExecuted(ACTION_LISTEN_NAME)]
    for event in started:
        tracker.update(event, agent.domain)
