"""The buttons of reports, as far as their data goes; `bot.callback_data` writes and reads them with all others."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

_FORMS = {
    "campaign_id": re.compile(r"[1-9][0-9]{0,17}"),
    "page": re.compile(r"[1-9][0-9]{0,4}"),
    "why": re.compile(r"[1-9]"),
    "unit": re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,30}"),
}


class ReportVerb(StrEnum):
    LIST = "ql"
    OPEN = "qo"
    UNITS = "qu"
    """The units right below one; without a unit, where the recipients first part."""
    SILENT = "qs"
    """Those who have not answered, at or below a unit."""
    LOST = "qt"
    FILE = "qf"
    TOPICS = "qp"
    RESULTS = "qk"
    REACH = "qr"
    """Whom the bot cannot reach at all: how many, who for one reason (counted from 1), and all as a file."""
    REACH_PEOPLE = "qe"
    REACH_FILE = "qg"
    STAFF = "qa"
    """A supervisor's own staff: every campaign that asked them for an answer."""
    STAFF_SILENT = "qb"
    """Who of them has not answered one."""


VERB_OF_CODE = {verb.value: verb for verb in ReportVerb}
_CARRIED = {
    ReportVerb.LIST: (),
    ReportVerb.OPEN: ("campaign_id",),
    ReportVerb.UNITS: ("campaign_id", "unit", "page"),
    ReportVerb.SILENT: ("campaign_id", "page", "unit"),
    ReportVerb.LOST: ("campaign_id", "page"),
    ReportVerb.FILE: ("campaign_id",),
    ReportVerb.TOPICS: ("campaign_id",),
    ReportVerb.RESULTS: ("campaign_id",),
    ReportVerb.REACH: (),
    ReportVerb.REACH_PEOPLE: ("why", "page"),
    ReportVerb.REACH_FILE: (),
    ReportVerb.STAFF: (),
    ReportVerb.STAFF_SILENT: ("campaign_id", "page"),
}
_NONE = {"campaign_id": 0, "page": 0, "unit": "", "why": 0}
_OPTIONAL = frozenset({"unit"})


@dataclass(frozen=True)
class ReportPress:
    """What a verb does not carry is 0 or empty; pages count from 1."""

    verb: ReportVerb
    campaign_id: int = 0
    page: int = 0
    unit: str = ""
    why: int = 0


def written(press: ReportPress) -> list[str]:
    return [press.verb.value, *(str(getattr(press, name)) for name in _CARRIED[press.verb])]


def read(code: str, values: list[str]) -> ReportPress | None:
    """None for what `written` did not write."""
    verb = VERB_OF_CODE[code]
    names = _CARRIED[verb]
    if len(values) != len(names):
        return None
    for name, value in zip(names, values, strict=True):
        if not (_FORMS[name].fullmatch(value) or (name in _OPTIONAL and not value)):
            return None
    carried: dict[str, Any] = {
        name: value if isinstance(_NONE[name], str) else int(value) for name, value in zip(names, values, strict=True)
    }
    return ReportPress(verb, **carried)
