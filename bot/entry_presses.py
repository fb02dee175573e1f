"""The buttons about knowledge made of a ticket, as far as their data goes; `bot.callback_data` writes and reads them."""

import re
from dataclasses import dataclass
from enum import StrEnum

_NUMBER = re.compile(r"[1-9][0-9]{0,17}")


class EntryVerb(StrEnum):
    """What is done with the entry of one ticket."""

    BEGIN = "tn"
    SHOW = "ti"
    QUESTIONS = "to"
    OWN_QUESTION = "tu"
    TEXT = "tt"
    BASIS = "ty"
    SUBMIT = "tf"
    APPROVE = "tv"
    DECLINE = "tz"
    WITHDRAW = "tg"
    WITHDRAW_NOW = "te"


VERB_OF_CODE = {verb.value: verb for verb in EntryVerb}
HAS_VERSION = frozenset({EntryVerb.APPROVE, EntryVerb.DECLINE})
"""An old button must not judge words it never stood under."""


@dataclass(frozen=True)
class EntryPress:
    verb: EntryVerb
    number: int
    version: int = 0


def written(press: EntryPress) -> list[str]:
    return [press.verb.value, str(press.number)] + [str(press.version)] * (press.verb in HAS_VERSION)


def read(code: str, values: list[str]) -> EntryPress | None:
    """None for what `written` did not write."""
    verb = VERB_OF_CODE[code]
    if len(values) != 1 + (verb in HAS_VERSION) or not all(_NUMBER.fullmatch(value) for value in values):
        return None
    return EntryPress(verb, *map(int, values))
