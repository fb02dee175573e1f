"""Why something is not done with a ticket. The whole tree stands in `core.domain.errors`."""

from dataclasses import dataclass

from core.domain.errors.base import CoreError


class TicketRefused(CoreError):
    """Nothing was done."""


@dataclass(eq=False)
class UnknownTopic(TicketRefused):
    topic: str
    known: tuple[str, ...]


@dataclass(eq=False)
class UnknownUnit(TicketRefused):
    unit_code: str


@dataclass(eq=False)
class NotAnOfficer(TicketRefused):
    """`reference`: what was given for the person."""

    reference: str
