"""Campaigns: the life of HR's messages to many people, who may do what with them, and how long they take.

draft → in_review → scheduled → running ⇄ paused → finished, and cancelled from anywhere before the end. Pure rules: each
function gives the campaign as it would stand, or raises; storing and auditing it is the service's.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from core.domain.anchors import OPEN_FOR, Anchor
from core.domain.attachments import Attachment
from core.domain.campaign_content import Link
from core.domain.errors import CampaignChanged, NotAllowedInState, OwnCampaign, RoleMissing, TimePassed
from core.domain.people import HrRole, Person, Unit
from core.domain.quizzes import Question
from core.domain.series import Step, lasts

CAMPAIGN_LASTS = timedelta(days=3)
"""News older than this is not sent any more, unless the author sets a time of their own."""

RECALL_WITHIN = timedelta(hours=48)
"""Telegram deletes a bot's message up to that age."""

FAILURE_LIMIT = 20
FAILURE_SHARE = 0.2
"""A campaign of which so many, and so large a share of those tried, fail is paused: something is wrong."""


class CampaignStatus(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    SCHEDULED = "scheduled"
    """Approved. Goes out at `scheduled_at`, or when somebody says so."""
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    """Nothing waits any more. Whoever becomes reachable before the campaign expires still gets it."""
    CANCELLED = "cancelled"


_S = CampaignStatus
STEPS: dict[CampaignStatus, frozenset[CampaignStatus]] = {
    _S.DRAFT: frozenset({_S.IN_REVIEW, _S.CANCELLED}),
    _S.IN_REVIEW: frozenset({_S.DRAFT, _S.SCHEDULED, _S.CANCELLED}),
    _S.SCHEDULED: frozenset({_S.DRAFT, _S.RUNNING, _S.CANCELLED}),
    _S.RUNNING: frozenset({_S.PAUSED, _S.FINISHED, _S.CANCELLED}),
    _S.PAUSED: frozenset({_S.RUNNING, _S.CANCELLED}),
    _S.FINISHED: frozenset({_S.CANCELLED}),
    _S.CANCELLED: frozenset(),
}
RELEASED = frozenset({_S.RUNNING, _S.PAUSED, _S.FINISHED, _S.CANCELLED})
EDITABLE = frozenset({_S.DRAFT, _S.IN_REVIEW, _S.SCHEDULED})


@dataclass(frozen=True)
class Campaign:
    """`version` counts the edits: an approval is for one version. `author_id` None: sent from the command line."""

    campaign_id: int
    text: str
    audience: str
    """As `core.domain.audience` writes it."""
    status: CampaignStatus
    created_at: datetime
    links: tuple[Link, ...] = ()
    attachment: Attachment | None = None
    """A picture or a document that the text stands below."""
    quiz: tuple[Question, ...] = ()
    pulse: str | None = None
    """A question about how people feel, answered from 1 to 5."""
    steps: tuple[Step, ...] = ()
    """What follows the first message."""
    anchor: Anchor | None = None
    """Each person gets it at a date of their own; None: everybody at once."""
    needs_acknowledgement: bool = False
    takes_questions: bool = False
    """“Tanya tentang ini” stands below it."""
    is_urgent: bool = False
    """Goes out in quiet hours too, and to those who had their share of messages for the day."""
    latest_at: datetime | None = None
    """Nothing goes out from then on. A running campaign stays open until then for those who come to match its audience."""
    scheduled_at: datetime | None = None
    chase_after_days: int | None = None
    """Who has not acknowledged so many days after the last message is reminded, `chase_times` times at most."""
    chase_times: int = 0
    recalled_at: datetime | None = None
    correction: str | None = None
    """Words proposed by `corrected_by` instead of those sent, until a second person has judged them."""
    corrected_by: int | None = None
    author_id: int | None = None
    approved_by: int | None = None
    version: int = 1
    released_at: datetime | None = None
    supervisors_told_at: datetime | None = None
    """When the chase had ended and supervisors were told whom of their staff it left silent."""

    @property
    def subject(self) -> str:
        """How the audit trail names it."""
        return f"campaign:{self.campaign_id}"


@dataclass(frozen=True)
class CampaignProgress:
    """Counts of the campaign's ledger rows."""

    campaign: Campaign
    recipients: int
    sent: int
    waiting: int
    unreachable: int
    expired: int
    acknowledged: int = 0
    chased: int = 0
    """Reminders sent to the silent."""
    recalled: int = 0
    """Messages deleted again."""
    replied: int = 0
    """People who asked something about it, by the button or by Telegram's reply."""


@dataclass(frozen=True)
class UnitReading:
    """A unit with everything below it."""

    unit: Unit
    recipients: int
    sent: int
    acknowledged: int
    replied: int = 0


class Unreached(StrEnum):
    """Why somebody in the audience did not get the campaign."""

    NOT_LINKED = "not_linked"
    BLOCKED = "blocked"
    NOT_FOUND = "not_found"
    """No such chat: never started, or the account is gone."""
    OPTED_OUT = "opted_out"
    FAILED = "failed"
    TOO_LATE = "too_late"


@dataclass(frozen=True)
class Impact:
    """What releasing would do: how many get it, how many have no account, how long sending takes and when it is over."""

    reached: int
    unlinked: int
    duration: timedelta
    ends_at: datetime


def require_role(person: Person, role: HrRole) -> None:
    """Raises RoleMissing. A role includes those below it."""
    ranks = list(HrRole)
    if ranks.index(person.hr_role) < ranks.index(role):
        raise RoleMissing(role)


def edited(campaign: Campaign, by: Person, **changes: Any) -> Campaign:
    """With the changes. An edit voids a review and an approval. Raises RoleMissing, NotAllowedInState once it was released.

    Whoever edits becomes the author: nobody approves words of their own in somebody else's campaign.
    """
    require_role(by, HrRole.AUTHOR)
    if campaign.status not in EDITABLE:
        raise NotAllowedInState(campaign.campaign_id, campaign.status)
    draft = replace(campaign, status=CampaignStatus.DRAFT, approved_by=None, version=campaign.version + 1)
    return replace(draft, author_id=by.person_id, **changes)


def submitted(campaign: Campaign, now: datetime) -> Campaign:
    """Raises NotAllowedInState, TimePassed."""
    _require_time_left(campaign, now)
    return _stepped(campaign, CampaignStatus.IN_REVIEW, CampaignStatus.DRAFT)


def approved(campaign: Campaign, by: Person, version: int, now: datetime) -> Campaign:
    """By a second person, for the version they saw. Raises RoleMissing, OwnCampaign, CampaignChanged, NotAllowedInState."""
    _require_judge(campaign, by, version)
    _require_time_left(campaign, now)
    return replace(_stepped(campaign, CampaignStatus.SCHEDULED, CampaignStatus.IN_REVIEW), approved_by=by.person_id)


def declined(campaign: Campaign, by: Person, version: int) -> Campaign:
    """Back to its author. Raises as `approved`."""
    _require_judge(campaign, by, version)
    return _stepped(campaign, CampaignStatus.DRAFT, CampaignStatus.IN_REVIEW)


def scheduled(campaign: Campaign, at: datetime | None, now: datetime) -> Campaign:
    """Released at that time, once approved; None: when somebody says so. No edit: the approval stands. Raises TimePassed."""
    if campaign.status not in EDITABLE:
        raise NotAllowedInState(campaign.campaign_id, campaign.status)
    if at is not None and (at <= now or (campaign.latest_at is not None and at >= campaign.latest_at)):
        raise TimePassed(at)
    return replace(campaign, scheduled_at=at)


def released(campaign: Campaign, now: datetime) -> Campaign:
    """Raises NotAllowedInState unless two persons agreed on it, TimePassed."""
    _require_time_left(campaign, now)
    if campaign.approved_by is None or campaign.approved_by == campaign.author_id:
        raise NotAllowedInState(campaign.campaign_id, campaign.status)
    running = replace(_stepped(campaign, CampaignStatus.RUNNING, CampaignStatus.SCHEDULED), released_at=now)
    if campaign.latest_at is not None or not (chases(campaign) or campaign.steps or campaign.anchor):
        return running
    days = (campaign.chase_after_days or 0) * (campaign.chase_times + 1) if chases(campaign) else 0
    open_for = max(timedelta(days=days), lasts(campaign.steps) if campaign.steps else timedelta())
    return replace(running, latest_at=now + open_for + (OPEN_FOR if campaign.anchor else timedelta()))


def chases(campaign: Campaign) -> bool:
    return campaign.needs_acknowledgement and campaign.chase_after_days is not None and campaign.chase_times > 0


def may_have_chased_all(campaign: Campaign, now: datetime) -> bool:
    """Whether the last reminder may be so old that whoever is silent still is overdue; no proof that it is."""
    if not chases(campaign) or campaign.released_at is None or campaign.recalled_at is not None:
        return False
    days = timedelta(days=(campaign.chase_after_days or 0) * (campaign.chase_times + 1))
    return campaign.status is CampaignStatus.FINISHED or now >= campaign.released_at + days


def told(campaign: Campaign, now: datetime) -> Campaign:
    """Supervisors know of it."""
    return replace(campaign, supervisors_told_at=now)


def paused(campaign: Campaign) -> Campaign:
    return _stepped(campaign, CampaignStatus.PAUSED, CampaignStatus.RUNNING)


def resumed(campaign: Campaign, now: datetime) -> Campaign:
    _require_time_left(campaign, now)
    return _stepped(campaign, CampaignStatus.RUNNING, CampaignStatus.PAUSED)


def cancelled(campaign: Campaign) -> Campaign:
    return _stepped(campaign, CampaignStatus.CANCELLED, campaign.status)


def recalled(campaign: Campaign, now: datetime) -> Campaign:
    """What was sent is deleted again, as far back as Telegram allows. Raises NotAllowedInState before the release."""
    if campaign.status not in RELEASED:
        raise NotAllowedInState(campaign.campaign_id, campaign.status)
    return replace(campaign, status=CampaignStatus.CANCELLED, recalled_at=campaign.recalled_at or now)


def correction_proposed(campaign: Campaign, by: Person, text: str) -> Campaign:
    """Raises RoleMissing, NotAllowedInState before the release and after a recall."""
    require_role(by, HrRole.AUTHOR)
    if campaign.status not in RELEASED or campaign.recalled_at is not None:
        raise NotAllowedInState(campaign.campaign_id, campaign.status)
    return replace(campaign, correction=text, corrected_by=by.person_id, version=campaign.version + 1)


def correction_judged(campaign: Campaign, by: Person, version: int, *, is_approved: bool) -> Campaign:
    """By a second person, for the words they saw. Raises RoleMissing, OwnCampaign, CampaignChanged."""
    require_role(by, HrRole.APPROVER)
    if campaign.correction is None or campaign.version != version:
        raise CampaignChanged(campaign.campaign_id)
    if by.person_id == campaign.corrected_by:
        raise OwnCampaign(campaign.campaign_id)
    text = campaign.correction if is_approved else campaign.text
    return replace(campaign, text=text, correction=None, corrected_by=None)


def has_failed_too_often(failed: int, tried: int) -> bool:
    return failed >= FAILURE_LIMIT and failed >= FAILURE_SHARE * tried


def expires_at(campaign: Campaign, now: datetime) -> datetime:
    """When a message of the campaign released now is too old to be sent."""
    return campaign.latest_at or now + CAMPAIGN_LASTS


def _stepped(campaign: Campaign, to: CampaignStatus, since: CampaignStatus) -> Campaign:
    if campaign.status is not since or to not in STEPS[since]:
        raise NotAllowedInState(campaign.campaign_id, campaign.status)
    return replace(campaign, status=to)


def _require_judge(campaign: Campaign, by: Person, version: int) -> None:
    require_role(by, HrRole.APPROVER)
    if by.person_id == campaign.author_id:
        raise OwnCampaign(campaign.campaign_id)
    if campaign.status is CampaignStatus.IN_REVIEW and campaign.version != version:
        raise CampaignChanged(campaign.campaign_id)


def _require_time_left(campaign: Campaign, now: datetime) -> None:
    if campaign.latest_at is not None and campaign.latest_at <= now:
        raise TimePassed(campaign.latest_at)
