"""What an edit of a campaign sets, and all that must be right about it before it is saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.domain import anchors, pulses, quizzes, series
from core.domain import audience as audiences
from core.domain.attachments import Attachment
from core.domain.campaign_content import Link, check_content, check_links
from core.domain.campaigns import Campaign
from core.domain.errors import AudienceUnknown, ChaseNotPossible, TimePassed
from core.domain.quizzes import Question
from core.domain.series import Step
from core.ports import UnitOfWork
from core.services.audiences import require_known

MOST_CHASE_DAYS, MOST_CHASES = 30, 5
_PLAIN = ("needs_acknowledgement", "takes_questions", "is_urgent", "latest_at", "chase_after_days", "chase_times")


@dataclass(frozen=True)
class Changes:
    """What an edit sets; None leaves a field as it is."""

    text: str | None = None
    links: Sequence[Link] | None = None
    attachment: Attachment | None = None
    """As `core.services.attachments` saved it."""
    remove_attachment: bool = False
    quiz: Sequence[Question] | None = None
    """Empty: the campaign has none any more."""
    pulse: str | None = None
    """Empty: the campaign asks none any more."""
    steps: Sequence[Step] | None = None
    """All that follow the first message; empty: none does any more."""
    anchor: str | None = None
    """As `core.domain.anchors` reads it; empty: everybody at once."""
    audience: str | None = None
    needs_acknowledgement: bool | None = None
    takes_questions: bool | None = None
    is_urgent: bool | None = None
    latest_at: datetime | None = None
    remove_latest: bool = False
    chase_after_days: int | None = None
    chase_times: int | None = None
    """0: nobody is reminded."""


async def checked(uow: UnitOfWork, campaign: Campaign, changes: Changes, now: datetime) -> dict[str, Any]:
    """The fields of `campaign` that change, each as it is saved. Raises what is wrong with the content."""
    values: dict[str, Any] = _of_file(campaign, changes)
    attachment = values.get("attachment", campaign.attachment)
    if changes.text is not None or "attachment" in values:
        text = campaign.text if changes.text is None else changes.text
        values["text"] = check_content(text, below_file=attachment is not None)
    if changes.links is not None:
        values["links"] = check_links(changes.links)
    if changes.quiz is not None:
        values["quiz"] = quizzes.checked(changes.quiz)
    if changes.pulse is not None:
        values["pulse"] = pulses.checked(changes.pulse)
    if changes.steps is not None:
        values["steps"] = series.checked(changes.steps)
    if changes.anchor is not None:
        anchor = anchors.read(changes.anchor)
        if anchor is not None and anchor.course_code and await uow.courses.get(anchor.course_code) is None:
            raise AudienceUnknown(anchor.course_code)
        values["anchor"] = anchor
    if changes.audience is not None:
        audience = audiences.parse(changes.audience)
        await require_known(uow, audience)
        values["audience"] = str(audience)
    if changes.latest_at is not None and changes.latest_at <= now:
        raise TimePassed(changes.latest_at)
    days, times = changes.chase_after_days, changes.chase_times
    if (days is not None and not 1 <= days <= MOST_CHASE_DAYS) or (times is not None and not 0 <= times <= MOST_CHASES):
        raise ChaseNotPossible(MOST_CHASE_DAYS, MOST_CHASES)
    for name in _PLAIN:
        if getattr(changes, name) is not None:
            values[name] = getattr(changes, name)
    if changes.remove_latest:
        values["latest_at"] = None
    return values


def _of_file(campaign: Campaign, changes: Changes) -> dict[str, Any]:
    if changes.attachment is not None:
        return {"attachment": changes.attachment}
    return {"attachment": None} if changes.remove_attachment and campaign.attachment is not None else {}
