"""Why a campaign's file, quiz, pulse or series cannot be as it is. The whole tree stands in `core.domain.errors`."""

from dataclasses import dataclass
from enum import StrEnum

from core.domain.errors.campaigns import CampaignRefused
from core.domain.errors.rights import NotFound


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


class QuizFault(StrEnum):
    """What is wrong with a question of a quiz."""

    TOO_MANY = "too_many"
    TEXT = "text"
    """Empty, or too long."""
    OPTIONS = "options"
    """Not two to four, empty, too long, or twice the same."""
    RIGHT = "right"
    """Not exactly one is marked as right."""
    EXPLANATION = "explanation"


@dataclass(eq=False)
class BadQuiz(CampaignRefused):
    """`number`: of the question, from 1."""

    fault: QuizFault
    number: int


@dataclass(eq=False)
class NothingToAnswer(NotFound):
    """The person never got that campaign, it was taken back, or it asks no such question."""

    campaign_id: int


class SeriesFault(StrEnum):
    """What is wrong with a step of a series."""

    TOO_MANY = "too_many"
    WAIT = "wait"
    """No day, or too many, after the step before."""


@dataclass(eq=False)
class BadSeries(CampaignRefused):
    """`number`: of the step; the campaign's first message is 1."""

    fault: SeriesFault
    number: int


@dataclass(eq=False)
class AnchorNotReadable(CampaignRefused):
    """Words that name no date of a person's own; at most so many days from it."""

    words: str
    longest: int
