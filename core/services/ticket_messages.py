"""What tickets tell through the ledger: officers of what waits, the person of the answer. `step` tells two of a kind apart."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from core.domain.messages import Kind, NewMessage
from core.domain.people import Person
from core.domain.tickets import Ticket, TicketStep

_LASTS = timedelta(days=30)


def opened(
    ticket: Ticket, topic: str, unit: str, campaign: str | None, officers: Iterable[Person], now: datetime
) -> list[NewMessage]:
    """`campaign`: the title of the one it is about."""
    facts = {**_about(ticket), "topic": topic, "unit": unit} | ({"campaign": campaign} if campaign else {})
    return [_to(one.person_id, "opened", Kind.TICKET_OPENED, ticket, facts, now) for one in officers]


def released(
    ticket: Ticket, by: Person, topic: str, unit: str, officers: Iterable[Person], step: int, now: datetime
) -> list[NewMessage]:
    """The same once more to those who answer such questions, but for who let go of it."""
    facts = {**_about(ticket), "topic": topic, "unit": unit, "released_by": by.name}
    return [
        _to(one.person_id, f"released:{step}", Kind.TICKET_OPENED, ticket, facts, now)
        for one in officers
        if one.person_id != by.person_id
    ]


def handed(
    ticket: Ticket, by: Person, to: Person, history: Sequence[TicketStep], step: int, now: datetime
) -> list[NewMessage]:
    facts = {**_about(ticket), "by": by.name, "history": _told(history)}
    return [_to(to.person_id, f"handed:{step}", Kind.TICKET_HANDED, ticket, facts, now)]


def taken_over(ticket: Ticket, former: Person, by: Person, step: int, now: datetime) -> list[NewMessage]:
    facts = {"ticket_number": ticket.number, "by": by.name}
    return [_to(former.person_id, f"taken:{step}", Kind.TICKET_TAKEN_OVER, ticket, facts, now)]


def answered(ticket: Ticket, step: int, now: datetime) -> list[NewMessage]:
    facts = {**_about(ticket), "may_reopen": ticket.may_reopen}
    return [_to(ticket.person_id, f"answered:{step}", Kind.TICKET_ANSWERED, ticket, facts, now)]


def reopened(
    ticket: Ticket, officers: Iterable[Person], history: Sequence[TicketStep], step: int, now: datetime
) -> list[NewMessage]:
    facts = {**_about(ticket), "history": _told(history), "is_held": ticket.claimed_by is not None}
    return [_to(one.person_id, f"reopened:{step}", Kind.TICKET_REOPENED, ticket, facts, now) for one in officers]


def added(ticket: Ticket, officers: Iterable[Person], step: int, now: datetime) -> list[NewMessage]:
    facts = {**_about(ticket), "is_held": ticket.claimed_by is not None}
    return [_to(one.person_id, f"added:{step}", Kind.TICKET_ADDED, ticket, facts, now) for one in officers]


def reminders(
    ticket: Ticket, holder: Person | None, officers: Iterable[Person], rounds: int, now: datetime
) -> list[NewMessage]:
    """Of the same ticket in the same hands one a round; the time tells the hands apart."""
    about = f"reminder:{ticket.since.timestamp():.0f}:{rounds}"
    facts = {
        **_about(ticket),
        "since": ticket.since.isoformat(),
        "holder": holder.name if holder is not None else None,
        "is_for_all": rounds > 1,
    }
    return [
        _to(
            one.person_id,
            about,
            Kind.TICKET_REMINDER,
            ticket,
            {**facts, "is_yours": holder is not None and one.person_id == holder.person_id},
            now,
        )
        for one in officers
    ]


def _about(ticket: Ticket) -> dict[str, Any]:
    facts = {"ticket_number": ticket.number, "question": ticket.question}
    return facts if ticket.answer is None else {**facts, "answer": ticket.answer}


def _told(history: Sequence[TicketStep]) -> list[dict[str, str | None]]:
    """Officers are named, askers are not."""
    return [
        {
            "at": step.at.isoformat(),
            "what": step.action,
            "who": step.person.name if step.person is not None and step.person.is_hr else None,
        }
        for step in history
    ]


def _to(person_id: int, about: str, kind: Kind, ticket: Ticket, facts: dict[str, Any], now: datetime) -> NewMessage:
    return NewMessage(
        key=f"ticket:{ticket.number}:{about}:{person_id}",
        kind=kind,
        facts=facts,
        due_at=now,
        expires_at=now + _LASTS,
        person_id=person_id,
    )
