"""The buttons that build a campaign's audience, as far as their data goes; `bot.callback_data` reads them with all others."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

_FORMS = {
    "campaign_id": re.compile(r"[1-9][0-9]{0,17}"),
    "side": re.compile(r"[12]"),
    "kind": re.compile(r"[1-8]"),
    "value": re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9_.-]{0,30})?"),
    "page": re.compile(r"[1-9][0-9]{0,3}"),
}
INCLUDED, EXCLUDED = 1, 2


class AudienceVerb(StrEnum):
    MENU = "ym"
    KINDS = "yk"
    """Which condition, on one side."""
    CHOOSE = "yc"
    """Which value of it; of units, the page of one unit (`value`) and those right below it."""
    SET = "ys"
    """Puts the value in, or takes it out."""
    CLEAR = "yx"


VERB_OF_CODE = {verb.value: verb for verb in AudienceVerb}
_CARRIED = {
    AudienceVerb.MENU: ("campaign_id",),
    AudienceVerb.KINDS: ("campaign_id", "side"),
    AudienceVerb.CHOOSE: ("campaign_id", "side", "kind", "value", "page"),
    AudienceVerb.SET: ("campaign_id", "side", "kind", "value"),
    AudienceVerb.CLEAR: ("campaign_id", "side"),
}


@dataclass(frozen=True)
class AudiencePress:
    """`side`: INCLUDED or EXCLUDED. `kind`: which condition, counted from 1. What a verb does not carry is 0 or empty."""

    verb: AudienceVerb
    campaign_id: int
    side: int = 0
    kind: int = 0
    value: str = ""
    page: int = 0


def written(press: AudiencePress) -> list[str]:
    return [press.verb.value, *(str(getattr(press, name)) for name in _CARRIED[press.verb])]


def read(code: str, values: list[str]) -> AudiencePress | None:
    """None for what `written` did not write."""
    verb = VERB_OF_CODE[code]
    names = _CARRIED[verb]
    if len(values) != len(names) or not all(_FORMS[n].fullmatch(v) for n, v in zip(names, values, strict=True)):
        return None
    carried: dict[str, Any] = {
        name: value if name == "value" else int(value) for name, value in zip(names, values, strict=True)
    }
    return AudiencePress(verb, **carried)
