"""What knowledge from tickets tells officers through the ledger: a check asked for, its outcome, that it was withdrawn."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from core.domain.messages import Kind, NewMessage
from core.domain.people import Person
from core.domain.ticket_knowledge import EntryStatus, KnowledgeEntry

_LASTS = timedelta(days=14)


def review(entry: KnowledgeEntry, author: Person, judges: Iterable[Person], now: datetime) -> list[NewMessage]:
    facts: dict[str, Any] = {
        "ticket_number": entry.ticket_number,
        "version": entry.version,
        "author": author.name,
        "questions": list(entry.questions),
        "text": entry.text,
        "basis": entry.basis,
    }
    # submitted, declined and submitted again unchanged: the time tells the two apart
    about = f"review:{entry.version}:{now.timestamp():.0f}"
    return [_to(judge.person_id, about, Kind.ENTRY_REVIEW, entry, facts, now) for judge in judges]


def decided(entry: KnowledgeEntry, by: Person, now: datetime) -> list[NewMessage]:
    facts: dict[str, Any] = {
        "ticket_number": entry.ticket_number,
        "title": entry.questions[0],
        "status": entry.status.value,
        "by": by.name,
    }
    if entry.status is EntryStatus.DRAFT:
        facts["reason"] = entry.reason
    about = f"decided:{entry.version}:{now.timestamp():.0f}"
    return [_to(entry.author_id, about, Kind.ENTRY_DECIDED, entry, facts, now)]


def withdrawn(entry: KnowledgeEntry, by: Person | None, now: datetime) -> list[NewMessage]:
    """To author and judge, but for who did it."""
    facts: dict[str, Any] = {
        "ticket_number": entry.ticket_number,
        "title": entry.questions[0],
        "status": entry.status.value,
        "by": by.name if by is not None else None,
    }
    told = {entry.author_id, entry.approved_by} - {None, by.person_id if by is not None else None}
    about = f"withdrawn:{entry.version}:{now.timestamp():.0f}"
    return [_to(one, about, Kind.ENTRY_DECIDED, entry, facts, now) for one in sorted(filter(None, told))]


def _to(
    person_id: int, about: str, kind: Kind, entry: KnowledgeEntry, facts: dict[str, Any], now: datetime
) -> NewMessage:
    return NewMessage(
        key=f"entry:{entry.ticket_number}:{about}:{person_id}",
        kind=kind,
        facts=facts,
        due_at=now,
        expires_at=now + _LASTS,
        person_id=person_id,
    )
