"""Why an answer does not become knowledge, or not yet. The whole tree stands in `core.domain.errors`."""

from dataclasses import dataclass
from enum import StrEnum

from core.domain.errors.base import CoreError


class EntryRefused(CoreError):
    """The knowledge stays as it is."""


class BasisFault(StrEnum):
    REGULATION = "regulation"
    PLACE = "place"


@dataclass(eq=False)
class BasisMissing(EntryRefused):
    """No regulation with its number, or not where in it."""

    fault: BasisFault


class QuestionPersonal(EntryRefused):
    """It holds a number as long as a NIP or a telephone number."""


@dataclass(eq=False)
class TooManyQuestions(EntryRefused):
    most: int


@dataclass(eq=False)
class EntryIncomplete(EntryRefused):
    ticket_number: int


@dataclass(eq=False)
class EntryNotInState(EntryRefused):
    ticket_number: int
    status: str


@dataclass(eq=False)
class EntryChanged(EntryRefused):
    ticket_number: int


@dataclass(eq=False)
class OwnEntry(EntryRefused):
    ticket_number: int


@dataclass(eq=False)
class UnknownEntry(EntryRefused):
    ticket_number: int
