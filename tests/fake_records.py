"""The tables of the fake database: plain dictionaries of frozen rows."""

from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any, Self

from core.domain.attachments import Attachment
from core.domain.attendance import Presence
from core.domain.campaigns import Campaign
from core.domain.certificates import Certificate
from core.domain.courses import Availability, Course, Session
from core.domain.delegation import Delegation
from core.domain.enrollment import HOLDS_SEAT, Enrollment, Status
from core.domain.evaluations import Evaluation
from core.domain.kept_questions import KeptQuestion
from core.domain.knowledge import Section
from core.domain.learning import HoursEntry
from core.domain.messages import Message
from core.domain.people import Person, TelegramAccount, Unit
from core.domain.pulses import PulseAnswer
from core.domain.ticket_knowledge import KnowledgeEntry
from core.domain.ticket_routing import Duty
from core.domain.tickets import Ticket


@dataclass
class Records:
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)
    accounts: dict[int, TelegramAccount] = field(default_factory=dict)
    codes: dict[int, tuple[str, datetime]] = field(default_factory=dict)
    wrong_tries: list[tuple[int, datetime]] = field(default_factory=list)
    courses: dict[str, Course] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    enrollments: dict[int, Enrollment] = field(default_factory=dict)
    attendance_secrets: dict[str, bytes] = field(default_factory=dict)
    presences: dict[tuple[int, date], Presence] = field(default_factory=dict)
    wrong_attendance_tries: list[tuple[int, datetime]] = field(default_factory=list)
    delegations: dict[int, Delegation] = field(default_factory=dict)
    certificates: dict[int, Certificate] = field(default_factory=dict)
    evaluations: dict[int, Evaluation] = field(default_factory=dict)
    requirements: dict[str, set[str]] = field(default_factory=dict)
    taught: dict[str, set[str]] = field(default_factory=dict)
    person_competencies: dict[int, set[str]] = field(default_factory=dict)
    hours: list[HoursEntry] = field(default_factory=list)
    messages: dict[int, Message] = field(default_factory=dict)
    claims: dict[int, tuple[datetime, str]] = field(default_factory=dict)
    errors: dict[int, str] = field(default_factory=dict)
    settled: dict[int, datetime] = field(default_factory=dict)
    campaigns: dict[int, Campaign] = field(default_factory=dict)
    attachments: dict[int, tuple[Attachment, bytes]] = field(default_factory=dict)
    telegram_files: dict[int, str] = field(default_factory=dict)
    given_at: dict[int, datetime] = field(default_factory=dict)
    choices: dict[tuple[int, int, int], tuple[int, bool]] = field(default_factory=dict)
    """By campaign, person and number of the question."""
    replies: dict[tuple[int, int], datetime] = field(default_factory=dict)
    pulses: dict[tuple[int, int], PulseAnswer] = field(default_factory=dict)
    acknowledgements: dict[tuple[int, int], datetime] = field(default_factory=dict)
    sections: dict[str, Section] = field(default_factory=dict)
    vectors: dict[tuple[str, str], tuple[str, bytes]] = field(default_factory=dict)
    topics: dict[tuple[datetime, str], int] = field(default_factory=dict)
    unanswered: list[KeptQuestion] = field(default_factory=list)
    tickets: dict[int, Ticket] = field(default_factory=dict)
    entries: dict[int, KnowledgeEntry] = field(default_factory=dict)
    ticket_duties: list[Duty] = field(default_factory=list)
    audit: list[tuple[str, str, str, dict[str, Any]]] = field(default_factory=list)
    audited_at: list[datetime] = field(default_factory=list)
    updates: dict[int, tuple[str, datetime, datetime | None]] = field(default_factory=dict)
    version: list[int] = field(default_factory=lambda: [0])

    def copy(self) -> Self:
        """Rows are frozen, so copies of the containers are enough."""
        return type(self)(**{f.name: getattr(self, f.name).copy() for f in fields(self)})

    def count_seats(self, session: Session) -> Availability:
        rows = [e.status for e in self.enrollments.values() if e.session.code == session.code]
        return Availability(session, sum(s in HOLDS_SEAT for s in rows), rows.count(Status.WAITLISTED))

    def changed(self) -> None:
        """Knowledge or catalogue is another one now."""
        self.version[0] += 1


def next_id(table: dict[int, Any]) -> int:
    return max(table, default=0) + 1
