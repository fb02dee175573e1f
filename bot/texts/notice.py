"""The form of what is sent unasked, and reading a row's facts. Knows no Kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.callback_data import Press
from core.domain.attachments import Attachment

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class File:
    name: str
    content: bytes


@dataclass(frozen=True)
class Notice:
    """`is_marked_up=False`: words of people, shown as typed. `file` goes along where the text fits below it."""

    text: str
    buttons: tuple[tuple[str, Press], ...] = ()
    is_marked_up: bool = True
    file: File | None = None
    links: tuple[tuple[str, str], ...] = ()
    """Buttons that open a page; they stand above the others."""
    attachment: Attachment | None = None
    """A file of the database: the text stands below it, or after it where it does not fit."""


def time_of(facts: Facts, name: str) -> datetime:
    return datetime.fromisoformat(facts[name])


def calendar_of(facts: Facts) -> File | None:
    """The calendar file that some rows carry."""
    content = facts.get("calendar")
    return File(f"{facts['session_code']}.ics", content.encode()) if content else None
