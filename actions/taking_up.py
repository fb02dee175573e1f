"""Outside a form: words that begin enrolling whatever they were taken for, that take up what was called off or looked at a moment
ago, or correct what it was about.
"""

from rasa_sdk.events import EventType, FollowupAction

from actions.choices import telling_words
from actions.confirmation import says_yes
from actions.leaning import taken_back, takes_up_again, wants_to_join
from actions.turn import Turn
from actions.wishes import SURELY_NAMED, wish_in_words

_FORM = "enroll_form"


async def taken_up(turn: Turn) -> list[EventType] | None:
    """The events that begin enrolling; None if the words do not lean on an enrollment. Nothing is written before a yes."""
    if turn.tracker.active_loop_name or not turn.text:
        return None
    stopped = turn.history.last_stopped()
    was_enrolling = stopped is not None and stopped.form == _FORM
    is_offered = turn.history.offered_enrolling()
    if takes_up_again(turn.plain_text) and (was_enrolling or is_offered or turn.history.was_looking()):
        return [FollowupAction(_FORM)]
    if wants_to_join(turn.plain_text) and await _names_training(turn):
        return [FollowupAction(_FORM)]
    if is_offered and turn.intent == "affirm" and says_yes(turn.text, "daftar"):
        return [FollowupAction(_FORM)]
    if stopped is None or not was_enrolling or stopped.is_before_list:
        return None  # "the second" of a list shown since is looked at first
    wish = await wish_in_words(turn, stopped.session)
    if wish and wish.courses and (wish.is_pointed or (wish.is_sure and taken_back(turn.plain_text))):
        return [FollowupAction(_FORM)]
    return None


async def _names_training(turn: Turn) -> bool:
    matches = await turn.services.catalogue.find(" ".join(telling_words(turn.plain_text)))
    return len(matches) == 1 and matches[0].score >= SURELY_NAMED
