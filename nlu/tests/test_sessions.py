"""Conversations are kept short, without anything held being lost."""

import unittest

from rasa.core.lock_store import InMemoryLockStore
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

from nlu.sessions import LONGEST, SAID_KEPT, after_turn

DOMAIN = Domain.from_yaml(
    """
version: "3.1"
intents: [greet]
slots: {course: {type: text, influence_conversation: false, mappings: [{type: custom}]}}
forms: {enroll_form: {required_slots: [course]}}
"""
)


class Agent:
    """What after_turn uses of Rasa's agent, with Rasa's own stores."""

    def __init__(self) -> None:
        self.domain = DOMAIN
        self.lock_store = InMemoryLockStore()
        # unlike the store in memory, this one reads a session by the times of its events
        self.tracker_store = SQLTrackerStore(DOMAIN, dialect="sqlite", db=":memory:")


async def talk(agent: Agent, *last: object, turns: int = LONGEST) -> None:
    tracker = DialogueStateTracker("tg-1", DOMAIN.slots)
    tracker.update(SlotSet("course", "TIK-02"), DOMAIN)
    for event in [*[UserUttered("halo", {"name": "greet"})] * turns, *last, ActionExecuted(ACTION_LISTEN_NAME)]:
        tracker.update(event, DOMAIN)
    await agent.tracker_store.save(tracker)


class LongTalksBeginAgain(unittest.IsolatedAsyncioTestCase):
    async def after(self, agent: Agent) -> DialogueStateTracker:
        async with after_turn(agent, "tg-1"):
            pass
        tracker = await agent.tracker_store.retrieve("tg-1")
        assert tracker is not None
        return tracker

    async def test_a_long_talk_begins_a_session_that_holds_what_was_held(self) -> None:
        agent = Agent()
        await talk(agent)
        tracker = await self.after(agent)
        self.assertLess(len(tracker.events), 10)
        self.assertEqual(tracker.get_slot("course"), "TIK-02")
        self.assertEqual(tracker.latest_action_name, ACTION_LISTEN_NAME)

    async def test_what_was_said_last_goes_along_so_that_the_second_still_has_its_list(self) -> None:
        agent = Agent()
        said = [BotUttered(f"{n}", {"custom": {"choices": [f"TIK-{n:02d}"]}}) for n in range(10)]
        await talk(agent, *said)
        tracker = await self.after(agent)
        kept = [event for event in tracker.events if isinstance(event, BotUttered)]
        self.assertEqual([event.data for event in kept], [event.data for event in said[-SAID_KEPT:]])
        self.assertEqual(tracker.latest_action_name, ACTION_LISTEN_NAME)

    async def test_a_short_talk_goes_on(self) -> None:
        agent = Agent()
        await talk(agent, turns=3)
        tracker = await self.after(agent)
        self.assertFalse([event for event in tracker.events if isinstance(event, SessionStarted)])

    async def test_a_form_is_never_cut_in_two(self) -> None:
        agent = Agent()
        await talk(agent, ActiveLoop("enroll_form"))
        tracker = await self.after(agent)
        self.assertEqual(tracker.active_loop_name, "enroll_form")
        self.assertGreater(len(tracker.events), LONGEST)

    async def test_an_unknown_conversation_is_nobody(self) -> None:
        async with after_turn(Agent(), "tg-2") as tracker:
            self.assertIsNone(tracker)

    async def test_what_is_read_is_the_turn_before_the_cut(self) -> None:
        agent = Agent()
        await talk(agent)
        async with after_turn(agent, "tg-1") as tracker:
            assert tracker is not None
            self.assertEqual(tracker.current_state(EventVerbosity.NONE)["latest_message"]["text"], "halo")
