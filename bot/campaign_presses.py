"""The buttons about one campaign, as far as their data goes; `bot.callback_data` writes and reads them with all others."""

import re
from dataclasses import dataclass
from enum import StrEnum

_NUMBER = re.compile(r"[1-9][0-9]{0,17}")


class CampaignVerb(StrEnum):
    """What is done with one campaign."""

    ACKNOWLEDGE = "ga"
    APPROVE = "gs"
    DECLINE = "gt"
    SEND = "gk"
    OPEN = "go"
    PREVIEW = "gp"
    TRIAL = "gj"
    WRITE = "gw"
    AUDIENCE = "gu"
    AUDIENCE_IS = "gx"
    READING = "gb"
    URGENCY = "gm"
    SUBMIT = "gq"
    TIME = "gd"
    TIME_IS = "ge"
    PAUSE = "gh"
    RESUME = "gr"
    CANCEL = "gc"
    RECALL = "gl"
    REPORT = "gn"
    APPROVE_CORRECTION = "gy"
    DECLINE_CORRECTION = "gz"
    OPTIONS = "wo"
    EXTRAS = "wa"
    FILE = "wf"
    REMOVE_FILE = "wg"
    QUIZ = "wq"
    ADD_QUESTION = "wr"
    REMOVE_QUESTION = "ws"
    START_QUIZ = "wk"
    NEXT_QUESTION = "wm"
    ANSWER = "wl"
    LINKS = "zk"
    REMOVE_LINKS = "zl"
    LATEST = "zm"
    LATEST_IS = "zn"
    CHASE = "zq"
    CHASE_DAYS = "zr"
    CHASE_IS = "zs"
    TRIAL_TO = "zt"
    CORRECT = "zv"
    EDIT = "zw"
    PULSE = "wp"
    USUAL_PULSE = "wx"
    WRITE_PULSE = "wy"
    REMOVE_PULSE = "wz"
    OPEN_PULSE = "wu"
    GIVE_PULSE = "wv"
    COMMENT_PULSE = "wc"
    STEPS = "wt"
    ADD_STEP = "wn"
    ASK_WAIT = "wi"
    WAIT_IS = "wj"
    REMOVE_STEP = "wd"
    ANCHOR = "we"
    ANCHOR_IS = "wh"
    QUESTIONS = "ua"
    ASK = "ub"
    ASK_HR = "uc"


VERB_OF_CODE = {verb.value: verb for verb in CampaignVerb}
HAS_VERSION = frozenset(
    {
        CampaignVerb.APPROVE,
        CampaignVerb.DECLINE,
        CampaignVerb.READING,
        CampaignVerb.URGENCY,
        CampaignVerb.APPROVE_CORRECTION,
        CampaignVerb.DECLINE_CORRECTION,
        CampaignVerb.REMOVE_FILE,
        CampaignVerb.REMOVE_QUESTION,
        CampaignVerb.REMOVE_LINKS,
        CampaignVerb.REMOVE_PULSE,
        CampaignVerb.REMOVE_STEP,
        CampaignVerb.QUESTIONS,
    }
)
"""Their `detail` is the version of the campaign: an old button must not judge or change words it never stood under."""
HAS_CHOICE = frozenset(
    {
        CampaignVerb.AUDIENCE_IS,
        CampaignVerb.TIME_IS,
        CampaignVerb.CANCEL,
        CampaignVerb.RECALL,
        CampaignVerb.LATEST_IS,
        CampaignVerb.CHASE_DAYS,
        CampaignVerb.CHASE_IS,
        CampaignVerb.ANSWER,
        CampaignVerb.GIVE_PULSE,
        CampaignVerb.WAIT_IS,
        CampaignVerb.ANCHOR_IS,
    }
)
"""Their `detail` is which of a short list was chosen, counted from 1; of CANCEL and RECALL 2 is the yes to the question.

Of ANSWER ten times the number of the question is added, of GIVE_PULSE it is the value, of WAIT_IS the
days and a hundred times the number of the step. Of CHASE_DAYS it is the days of
silence, of CHASE_IS those ten times over and the most reminders beside them.
"""
HAS_DETAIL = HAS_VERSION | HAS_CHOICE


@dataclass(frozen=True)
class CampaignPress:
    """A button about a campaign; `detail` is 0 for verbs that need none."""

    verb: CampaignVerb
    campaign_id: int
    detail: int = 0


def written(press: CampaignPress) -> list[str]:
    return [press.verb.value, str(press.campaign_id)] + [str(press.detail)] * (press.verb in HAS_DETAIL)


def read(code: str, values: list[str]) -> CampaignPress | None:
    """None for what `written` did not write."""
    verb = VERB_OF_CODE[code]
    if len(values) != 1 + (verb in HAS_DETAIL) or not all(_NUMBER.fullmatch(value) for value in values):
        return None
    return CampaignPress(verb, *map(int, values))
