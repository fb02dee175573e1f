"""Repositories of what was asked, answered and done: knowledge, tickets, the audit trail, handled updates."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from core.domain.kept_questions import KeptKind, KeptQuestion
from core.domain.knowledge import Section
from core.domain.ticket_knowledge import KnowledgeEntry
from core.domain.ticket_routing import OTHER, Duty
from core.domain.tickets import Ticket


class KnowledgeRepository(Protocol):
    async def all(self) -> list[Section]: ...
    async def get(self, section_id: str) -> Section | None: ...

    async def replace_document(self, document_id: str, sections: Sequence[Section]) -> None:
        """The document as it now stands: sections gone from it go, a section id held by another document raises BadImport."""

    async def mark_checked(self, section_ids: Sequence[str], by: str, on: date, expires: date | None) -> set[str]:
        """Somebody looked at these sections and found them valid until then. Returns those that exist."""

    async def expiring(self, until: date) -> list[Section]:
        """Sections that expire on that day or before it, those long expired included; the earliest first."""

    async def version(self) -> str:
        """Changes with every change of knowledge or catalogue; cheap enough to ask at every question."""

    async def vectors(self, embedder_name: str, prefix: str = "") -> dict[str, tuple[str, bytes]]:
        """Stored vectors by text key, of the keys that begin so: (hash of the text, float32 bytes)."""

    async def save_vectors(self, embedder_name: str, vectors: dict[str, tuple[str, bytes]]) -> None: ...

    async def record_unanswered(self, kind: KeptKind, text: str, intent: str, now: datetime) -> None:
        """Words the assistant did not understand or answer, without who wrote them."""

    async def unanswered_since(self, moment: datetime, limit: int) -> list[KeptQuestion]:
        """The newest so many, oldest first."""

    async def forget_unanswered(self, question_ids: Sequence[int]) -> None: ...
    async def forget_unanswered_before(self, moment: datetime) -> int: ...

    async def count_topic(self, topic: str, hour: datetime) -> None:
        """One more question about it in that hour."""

    async def topics_between(self, begin: datetime, end: datetime) -> dict[str, int]:
        """How often each topic was asked about in the hours from `begin` on and before `end`."""

    async def first_topic_hour(self) -> datetime | None:
        """When counting began."""


class TicketRepository(Protocol):
    async def create(
        self, person_id: int, question: str, now: datetime, topic: str = OTHER, campaign_id: int | None = None
    ) -> Ticket: ...
    async def get(self, number: int) -> Ticket | None: ...
    async def of_person(self, person_id: int) -> list[Ticket]: ...
    async def open(self) -> list[Ticket]: ...

    async def asking_units(self) -> dict[int, str]:
        """By number of each open ticket, the unit of who asked."""

    async def lock(self, number: int) -> Ticket | None:
        """As `get`, locked until commit: every step of a ticket's life starts with this call."""

    async def save(self, ticket: Ticket) -> None:
        """All but number, asker and time of asking."""

    async def to_remind(self, before: datetime) -> list[Ticket]:
        """Open ones that stand where they are since before then and had fewer than two rounds of reminders."""

    async def duties(self) -> list[Duty]:
        """What each HR officer answers, as `set_duties` last left it."""

    async def set_duties(self, person_id: int, duties: Collection[Duty]) -> None:
        """Instead of those the person had; none: they hear of what nobody else answers."""


class EntryRepository(Protocol):
    """Answers to tickets on their way into the knowledge base; one for each ticket at most."""

    async def get(self, ticket_number: int) -> KnowledgeEntry | None: ...

    async def lock(self, ticket_number: int) -> KnowledgeEntry | None:
        """As `get`, locked until commit."""

    async def save(self, entry: KnowledgeEntry) -> None:
        """New or changed."""

    async def recent(self, limit: int) -> list[KnowledgeEntry]:
        """Newest ticket first."""

    async def hold(self) -> None:
        """Until commit nobody else changes which of them answer. Taken before `lock`, never after it."""

    async def approved(self) -> list[KnowledgeEntry]:
        """Those that answer, oldest ticket first."""


class AuditRepository(Protocol):
    async def record(
        self, action: str, now: datetime, *, actor: str, subject: str, facts: dict[str, Any] | None = None
    ) -> None:
        """One row for each change of state. Ids only: never names, texts or numbers of people."""

    async def of_subject(self, subject: str) -> list[tuple[str, str]]:
        """(action, actor) in order."""

    async def record_all(
        self, action: str, now: datetime, *, actor: str, subjects: Mapping[str, dict[str, Any]]
    ) -> None:
        """As `record`, for many subjects with the facts of each."""

    async def counts(self, subjects: Collection[str]) -> dict[str, int]:
        """How many rows each of them has."""

    async def trail(self, subject: str) -> list[tuple[datetime, str, str]]:
        """(time, action, actor) in order."""


class UpdateRepository(Protocol):
    """Telegram updates handled once."""

    async def begin(self, update_id: int, worker: str, now: datetime) -> bool:
        """True if this worker must handle it: new, or begun by a worker that is gone and never finished.

        One worker reads updates at a time, so any other than `worker` counts as gone; each process names itself anew.
        """

    async def finish(self, update_id: int, now: datetime) -> None: ...
    async def forget_before(self, moment: datetime) -> int: ...
