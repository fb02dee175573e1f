"""The buttons about one ticket, as far as their data goes; `bot.callback_data` writes and reads them with all others."""

import re
from dataclasses import dataclass
from enum import StrEnum

_NUMBER = re.compile(r"[1-9][0-9]{0,17}")


class TicketVerb(StrEnum):
    """What is done with one ticket: by HR officers, the last two by who asked."""

    OPEN = "tb"
    CLAIM = "tk"
    WRITE = "tw"
    SEND = "tj"
    HAND = "th"
    HAND_TO = "tp"
    HAND_PAGE = "tc"
    RELEASE = "tl"
    REOPEN = "tr"
    ADD = "ta"


VERB_OF_CODE = {verb.value: verb for verb in TicketVerb}
HAS_DETAIL = frozenset({TicketVerb.HAND_TO, TicketVerb.HAND_PAGE})
"""Their `detail` is the colleague chosen, or which page of the colleagues is shown, counted from 1."""


@dataclass(frozen=True)
class TicketPress:
    verb: TicketVerb
    number: int
    detail: int = 0


def written(press: TicketPress) -> list[str]:
    return [press.verb.value, str(press.number)] + [str(press.detail)] * (press.verb in HAS_DETAIL)


def read(code: str, values: list[str]) -> TicketPress | None:
    """None for what `written` did not write."""
    verb = VERB_OF_CODE[code]
    if len(values) != 1 + (verb in HAS_DETAIL) or not all(_NUMBER.fullmatch(value) for value in values):
        return None
    return TicketPress(verb, *map(int, values))
