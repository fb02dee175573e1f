"""Why a campaign is not written, released or chased. The whole tree stands in `core.domain.errors`."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.errors.base import CoreError


class CampaignRefused(CoreError):
    """The campaign cannot go out as it is."""


class EmptyText(CampaignRefused):
    """There is nothing to say."""


@dataclass(eq=False)
class TextTooLong(CampaignRefused):
    length: int
    limit: int


@dataclass(eq=False)
class MarkupBroken(CampaignRefused):
    line: int


@dataclass(eq=False)
class UnknownField(CampaignRefused):
    name: str


@dataclass(eq=False)
class BadLink(CampaignRefused):
    reference: str


@dataclass(eq=False)
class AudienceNotReadable(CampaignRefused):
    word: str


@dataclass(eq=False)
class AudienceUnknown(CampaignRefused):
    reference: str


@dataclass(eq=False)
class NipListRefused(CampaignRefused):
    """A file without NIPs, with too many, or (`is_cut`) one whose spreadsheet kept them as numbers and lost their end."""

    count: int
    most: int
    is_cut: bool = False


class AudienceEmpty(CampaignRefused):
    """Nobody would get it."""


@dataclass(eq=False)
class NotAllowedInState(CampaignRefused):
    campaign_id: int
    status: str


@dataclass(eq=False)
class CampaignChanged(CampaignRefused):
    campaign_id: int


@dataclass(eq=False)
class TimePassed(CampaignRefused):
    at: datetime


@dataclass(eq=False)
class ChaseNotPossible(CampaignRefused):
    most_days: int
    most_times: int
