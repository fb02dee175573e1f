"""Questions handed to HR, numbered so that both sides can name them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.domain.ticket_routing import OTHER


class TicketStatus(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"


@dataclass(frozen=True)
class Ticket:
    number: int
    person_id: int
    question: str = field(repr=False)
    status: TicketStatus
    created_at: datetime
    topic: str = OTHER
    """As `core.domain.ticket_routing` names it."""
    answer: str | None = field(default=None, repr=False)
    answered_at: datetime | None = None
