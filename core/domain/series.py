"""A campaign in several steps: what comes after its first message, each some days after the one before reached the person.

Whoever joins late starts with the first. Quiz and pulse question stand under the last.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from core.domain.attachments import Attachment
from core.domain.campaign_content import Link, check_content, check_links
from core.domain.errors import BadSeries, SeriesFault

MOST_STEPS = 9
"""Beside the first message."""
LONGEST_WAIT = 90
_MARGIN = timedelta(days=14)
"""A long holiday may hold each step back; so much later than expected a series is over."""


@dataclass(frozen=True)
class Step:
    text: str
    after_days: int
    """Days after the message before was sent to the person."""
    links: tuple[Link, ...] = ()
    attachment: Attachment | None = None


def checked(steps: Sequence[Step]) -> tuple[Step, ...]:
    """As they are saved. Raises BadSeries, and what `check_content` and `check_links` raise."""
    if len(steps) > MOST_STEPS:
        raise BadSeries(SeriesFault.TOO_MANY, MOST_STEPS + 2)
    for number, step in enumerate(steps, 2):
        if not 1 <= step.after_days <= LONGEST_WAIT:
            raise BadSeries(SeriesFault.WAIT, number)
    return tuple(
        replace(
            step,
            text=check_content(step.text, below_file=step.attachment is not None),
            links=check_links(step.links),
        )
        for step in steps
    )


def lasts(steps: Sequence[Step]) -> timedelta:
    """From the release until the last step has surely gone out."""
    return timedelta(days=sum(step.after_days for step in steps)) + _MARGIN


def said(
    step: int,
    *,
    text: str,
    links: Sequence[Mapping[str, Any]],
    file: Mapping[str, Any] | None,
    asks: bool,
    questions: int,
    pulse: bool,
    steps: Sequence[Mapping[str, Any]],
    can_ask: bool,
) -> dict[str, Any]:
    """What the message of one step (from 1) says, as facts of a row, from the campaign in its stored form."""
    if step > 1:
        own = steps[step - 2]
        text, links, file, asks = own["text"], own["links"], own["attachment"], False
    is_last = step > len(steps)
    facts: dict[str, Any] = {"text": text}
    found = {
        "step": step if step > 1 else 0,
        "links": list(links),
        "file": file,
        "questions": questions if is_last else 0,
        "pulse": pulse and is_last,
        "asks": asks,
        "can_ask": can_ask,
    }
    return facts | {name: value for name, value in found.items() if value}
