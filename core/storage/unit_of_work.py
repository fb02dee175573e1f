"""One transaction and the repositories that work in it."""

from types import TracebackType
from typing import Self

from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine

from core.ports import (
    AccountRepository,
    AnswerRepository,
    AttachmentRepository,
    AttendanceRepository,
    AuditRepository,
    CampaignRepository,
    CertificateRepository,
    CompetencyRepository,
    CourseRepository,
    DatabaseBusy,
    DelegationRepository,
    EnrollmentRepository,
    EntryRepository,
    EvaluationRepository,
    HoursRepository,
    KnowledgeRepository,
    OutboxRepository,
    PeopleRepository,
    PersonalDataRepository,
    TicketRepository,
    UpdateRepository,
)
from core.storage.repositories.accounts import SqlAccounts
from core.storage.repositories.answers import SqlAnswers
from core.storage.repositories.attachments import SqlAttachments
from core.storage.repositories.attendance import SqlAttendance
from core.storage.repositories.audit import SqlAudit
from core.storage.repositories.campaigns import SqlCampaigns
from core.storage.repositories.certificates import SqlCertificates
from core.storage.repositories.competencies import SqlCompetencies
from core.storage.repositories.courses import SqlCourses
from core.storage.repositories.delegations import SqlDelegations
from core.storage.repositories.enrollments import SqlEnrollments
from core.storage.repositories.entries import SqlEntries
from core.storage.repositories.evaluations import SqlEvaluations
from core.storage.repositories.hours import SqlHours
from core.storage.repositories.knowledge import SqlKnowledge
from core.storage.repositories.outbox import SqlOutbox
from core.storage.repositories.people import SqlPeople
from core.storage.repositories.personal_data import SqlPersonalData
from core.storage.repositories.tickets import SqlTickets
from core.storage.repositories.updates import SqlUpdates


class SqlUnitOfWork:
    """`async with` opens it; leaving without `commit()` rolls back. Good for one use, by one task."""

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

    def __init__(self, engine: AsyncEngine) -> None:
        self._connection = engine.connect()

    async def __aenter__(self) -> Self:
        """Raises DatabaseUnreachable, or DatabaseBusy when the pool had no connection to give in time."""
        try:
            connection = await self._connection.__aenter__()
        except PoolTimeout as error:
            raise DatabaseBusy("no free connection in the pool") from error
        self.people = SqlPeople(connection)
        self.accounts = SqlAccounts(connection)
        self.courses = SqlCourses(connection)
        self.enrollments = SqlEnrollments(connection)
        self.attendance = SqlAttendance(connection)
        self.delegations = SqlDelegations(connection)
        self.certificates = SqlCertificates(connection)
        self.evaluations = SqlEvaluations(connection)
        self.competencies = SqlCompetencies(connection)
        self.hours = SqlHours(connection)
        self.outbox = SqlOutbox(connection)
        self.campaigns = SqlCampaigns(connection)
        self.attachments = SqlAttachments(connection)
        self.answers = SqlAnswers(connection)
        self.knowledge = SqlKnowledge(connection)
        self.tickets = SqlTickets(connection)
        self.entries = SqlEntries(connection)
        self.audit = SqlAudit(connection)
        self.updates = SqlUpdates(connection)
        self.personal_data = SqlPersonalData(connection)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # closing gives the connection back, which rolls back what was not committed
        await self._connection.__aexit__(kind, error, trace)

    async def commit(self) -> None:
        await self._connection.commit()
