"""Why a campaign's file, quiz, pulse or series cannot be as it is. The whole tree stands in `core.domain.errors`."""

from dataclasses import dataclass
from enum import StrEnum

from core.domain.errors.campaigns import CampaignRefused


@dataclass(eq=False)
class CaptionTooLong(CampaignRefused):
    """Words below a file have less room than a message of their own."""

    length: int
    limit: int


class FileFault(StrEnum):
    """What is wrong with a file."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    KIND = "kind"
    NOT_AS_NAMED = "not_as_named"
    """Its bytes are not what its name says."""
    MACROS = "macros"


@dataclass(eq=False)
class BadFile(CampaignRefused):
    fault: FileFault
    name: str
