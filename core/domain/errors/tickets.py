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


@dataclass(eq=False)
class TicketTaken(TicketRefused):
    """`holder`: the name of the officer who handles it."""

    number: int
    holder: str


@dataclass(eq=False)
class TicketAnswered(TicketRefused):
    number: int
    holder: str


@dataclass(eq=False)
class TicketNotHeld(TicketRefused):
    number: int


@dataclass(eq=False)
class TicketNotAnswered(TicketRefused):
    number: int


@dataclass(eq=False)
class TicketAlreadyReopened(TicketRefused):
    number: int


@dataclass(eq=False)
class NotYourTicket(TicketRefused):
    number: int
