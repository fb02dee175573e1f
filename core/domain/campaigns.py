"""Campaigns: one text from HR to many people. Depth (review, pause, acknowledgement) comes with the campaigns issue."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.errors import EmptyText, TextTooLong

TEXT_LIMIT = 4096
"""Telegram's limit for one message, in UTF-16 units."""


class CampaignStatus(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    SCHEDULED = "scheduled"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    """Nothing waits any more. Whoever becomes reachable before the campaign expires still gets it."""
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Campaign:
    campaign_id: int
    text: str
    audience: str
    status: CampaignStatus
    created_at: datetime


@dataclass(frozen=True)
class CampaignProgress:
    """Counts of the campaign's ledger rows."""

    campaign: Campaign
    recipients: int
    sent: int
    waiting: int
    unreachable: int
    expired: int


def check_text(text: str, limit: int = TEXT_LIMIT) -> str:
    """The text as it will be sent. Raises EmptyText or TextTooLong; Telegram counts UTF-16 units, not characters."""
    text = text.strip()
    if not text:
        raise EmptyText
    length = len(text.encode("utf-16-le")) // 2
    if length > limit:
        raise TextTooLong(length, limit)
    return text
