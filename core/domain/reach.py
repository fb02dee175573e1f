"""Whom the bot cannot reach at all, and why."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.campaigns import Unreached
from core.domain.people import Person

LASTING = (Unreached.NOT_LINKED, Unreached.BLOCKED, Unreached.NOT_FOUND, Unreached.OPTED_OUT)
"""Reasons that hold for every campaign until the person changes something."""

_GONE = ("not found", "deactivated", "peer_id_invalid", "can't initiate")
"""Telegram's words for a chat that is not there (any more), in lower case. All other refusals for good are a block."""


@dataclass(frozen=True)
class OutOfReach:
    person: Person
    why: Unreached
    since: datetime | None = None
    """When the bot found out; of somebody never linked nobody knows."""


def is_gone(error: str | None) -> bool:
    return error is not None and any(words in error.lower() for words in _GONE)


def gone_patterns() -> list[str]:
    """As `is_gone`, for SQL's LIKE on a text in lower case."""
    return [f"%{words}%" for words in _GONE]
