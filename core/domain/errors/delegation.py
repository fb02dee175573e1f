"""Why decisions are not handed to somebody. The whole tree stands in `core.domain.errors`."""

from dataclasses import dataclass
from datetime import date

from core.domain.errors.base import CoreError


class DelegationRefused(CoreError):
    """The decisions cannot be delegated so."""


class NoStaff(DelegationRefused):
    """Nobody's requests come to this person."""


class DelegateRefused(DelegationRefused):
    """The chosen one is neither their own staff nor a peer."""


@dataclass(eq=False)
class DelegationPeriodRefused(DelegationRefused):
    last_day: date
    longest_days: int
