"""One transaction, and the repositories that take part in it."""

from types import TracebackType
from typing import Protocol, Self

from core.ports.archive import AuditRepository, EntryRepository, KnowledgeRepository, TicketRepository, UpdateRepository
from core.ports.content import AnswerRepository, AttachmentRepository
from core.ports.messages import CampaignRepository, OutboxRepository
from core.ports.people import AccountRepository, DelegationRepository, PeopleRepository, PersonalDataRepository
from core.ports.trainings import (
    AttendanceRepository,
    CertificateRepository,
    CompetencyRepository,
    CourseRepository,
    EnrollmentRepository,
    EvaluationRepository,
    HoursRepository,
)


class UnitOfWork(Protocol):
    """One transaction. Leaving without `commit()` rolls everything back."""

    people: PeopleRepository
    accounts: AccountRepository
    courses: CourseRepository
    enrollments: EnrollmentRepository
    attendance: AttendanceRepository
    delegations: DelegationRepository
    certificates: CertificateRepository
    evaluations: EvaluationRepository
    competencies: CompetencyRepository
    hours: HoursRepository
    outbox: OutboxRepository
    campaigns: CampaignRepository
    attachments: AttachmentRepository
    answers: AnswerRepository
    knowledge: KnowledgeRepository
    tickets: TicketRepository
    entries: EntryRepository
    audit: AuditRepository
    updates: UpdateRepository
    personal_data: PersonalDataRepository

    async def __aenter__(self) -> Self: ...
    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    async def commit(self) -> None: ...


class UnitOfWorkFactory(Protocol):
    def __call__(self) -> UnitOfWork: ...
