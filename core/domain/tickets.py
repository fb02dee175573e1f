"""Questions handed to HR, numbered so that both sides can name them: who handles one, and what may be done with it.

Pure rules: each function gives the ticket as it would stand, or raises; locking, storing and auditing it is the service's.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from core.domain.errors import TicketAlreadyReopened, TicketAnswered, TicketNotAnswered, TicketNotHeld, TicketTaken
from core.domain.people import Person
from core.domain.ticket_routing import OTHER
from core.domain.working_days import Holidays, add_working_days

REMIND_AFTER, ALL_AFTER = 1, 2
"""Working days: then those it stands with are reminded, then every officer, any of whom may take it over."""


class TicketStatus(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"


@dataclass(frozen=True)
class Ticket:
    """`claimed_by` handles it, or answered it. Nobody: it waits for the officers who answer such questions."""

    number: int
    person_id: int
    question: str = field(repr=False)
    status: TicketStatus
    created_at: datetime
    topic: str = OTHER
    """As `core.domain.ticket_routing` names it."""
    answer: str | None = field(default=None, repr=False)
    answered_at: datetime | None = None
    claimed_by: int | None = None
    stands_since: datetime | None = None
    """Since when it is where it is: with that officer, or with nobody. None: since it was asked."""
    reminders: int = 0
    """How many rounds of them went out since then."""
    reopened_at: datetime | None = None
    campaign_id: int | None = None
    """The campaign it was asked about."""

    @property
    def subject(self) -> str:
        """How the audit trail names it."""
        return f"ticket:{self.number}"

    @property
    def is_open(self) -> bool:
        return self.status is TicketStatus.OPEN

    @property
    def since(self) -> datetime:
        return self.stands_since or self.created_at

    @property
    def may_reopen(self) -> bool:
        return self.status is TicketStatus.ANSWERED and self.reopened_at is None


@dataclass(frozen=True)
class TicketStep:
    """One row of its history. `person` None: the assistant itself."""

    at: datetime
    action: str
    person: Person | None


def reminder_due(ticket: Ticket, now: datetime, holidays: Holidays) -> int:
    """Which round of reminders is due: 1, 2, or 0 for none."""
    if not ticket.is_open:
        return 0
    for rounds, days in ((2, ALL_AFTER), (1, REMIND_AFTER)):
        if ticket.reminders < rounds and add_working_days(ticket.since, days, holidays) <= now:
            return rounds
    return 0


def is_free(ticket: Ticket, holder: Person | None, now: datetime, holidays: Holidays) -> bool:
    """Anybody of HR may take it: nobody has it, its `holder` left HR, or had it for two working days without an answer."""
    if ticket.claimed_by is None or holder is None or not holder.is_hr:
        return True
    return ticket.is_open and add_working_days(ticket.since, ALL_AFTER, holidays) <= now


def claimed(ticket: Ticket, by: Person, holder: Person | None, now: datetime, holidays: Holidays) -> Ticket:
    """Handled by this officer from now on; claiming it again changes nothing. Raises TicketAnswered, TicketTaken."""
    if not ticket.is_open:
        raise TicketAnswered(ticket.number, _name(holder))
    if ticket.claimed_by == by.person_id:
        return ticket
    _require_free(ticket, holder, now, holidays)
    return replace(ticket, claimed_by=by.person_id, stands_since=now, reminders=0)


def released(ticket: Ticket, by: Person, now: datetime) -> Ticket:
    """Back to all who answer such questions. Raises TicketNotHeld, TicketAnswered."""
    if not ticket.is_open:
        raise TicketAnswered(ticket.number, by.name)
    if ticket.claimed_by != by.person_id:
        raise TicketNotHeld(ticket.number)
    return replace(ticket, claimed_by=None, stands_since=now, reminders=0)


def handed(ticket: Ticket, by: Person, to: Person, holder: Person | None, now: datetime, holidays: Holidays) -> Ticket:
    """By whoever has it, or by anybody while it is free. Raises TicketAnswered, TicketTaken."""
    if not ticket.is_open:
        raise TicketAnswered(ticket.number, _name(holder))
    if ticket.claimed_by == to.person_id:
        return ticket
    if ticket.claimed_by != by.person_id:
        _require_free(ticket, holder, now, holidays)
    return replace(ticket, claimed_by=to.person_id, stands_since=now, reminders=0)


def answered(ticket: Ticket, by: Person, text: str, holder: Person | None, now: datetime, holidays: Holidays) -> Ticket:
    """By whoever has it; free, it is theirs with the answer. A later answer replaces an earlier one. Raises TicketTaken."""
    if ticket.claimed_by != by.person_id:
        _require_free(ticket, holder, now, holidays)
    stands_since = ticket.stands_since if ticket.claimed_by == by.person_id else now
    return replace(
        ticket,
        status=TicketStatus.ANSWERED,
        answer=text,
        answered_at=now,
        claimed_by=by.person_id,
        stands_since=stands_since,
    )


def reopened(ticket: Ticket, holder: Person | None, now: datetime) -> Ticket:
    """Once, by whoever asked: back to who answered it, as long as they are of HR.

    Raises TicketNotAnswered, TicketAlreadyReopened.
    """
    if ticket.status is not TicketStatus.ANSWERED:
        raise TicketNotAnswered(ticket.number)
    if ticket.reopened_at is not None:
        raise TicketAlreadyReopened(ticket.number)
    stays = ticket.claimed_by if holder is not None and holder.is_hr else None
    return replace(ticket, status=TicketStatus.OPEN, reopened_at=now, stands_since=now, reminders=0, claimed_by=stays)


def _require_free(ticket: Ticket, holder: Person | None, now: datetime, holidays: Holidays) -> None:
    if not is_free(ticket, holder, now, holidays):
        raise TicketTaken(ticket.number, _name(holder))


def _name(holder: Person | None) -> str:
    return holder.name if holder is not None else ""
