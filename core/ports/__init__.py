"""What the services need from the outside, as Protocols owned by their consumer.

Storage implements UnitOfWork and its repositories, the bot implements Messenger, bootstrap provides Clock and Embedder.
Tests replace these and nothing above them.
"""

from core.ports.archive import AuditRepository, EntryRepository, KnowledgeRepository, TicketRepository, UpdateRepository
from core.ports.content import AnswerRepository, AttachmentRepository
from core.ports.database import DatabaseBusy, DatabaseOutdated, DatabaseUnreachable
from core.ports.messages import CampaignRepository, OutboxRepository
from core.ports.outside import Clock, Embedder, EmbedderUnavailable, Messenger, SendFailed, Vectors
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
from core.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory

__all__ = [
    "AccountRepository",
    "AnswerRepository",
    "AttachmentRepository",
    "AttendanceRepository",
    "AuditRepository",
    "CampaignRepository",
    "CertificateRepository",
    "Clock",
    "CompetencyRepository",
    "CourseRepository",
    "DatabaseBusy",
    "DatabaseOutdated",
    "DatabaseUnreachable",
    "DelegationRepository",
    "Embedder",
    "EmbedderUnavailable",
    "EnrollmentRepository",
    "EntryRepository",
    "EvaluationRepository",
    "HoursRepository",
    "KnowledgeRepository",
    "Messenger",
    "OutboxRepository",
    "PeopleRepository",
    "PersonalDataRepository",
    "SendFailed",
    "TicketRepository",
    "UnitOfWork",
    "UnitOfWorkFactory",
    "UpdateRepository",
    "Vectors",
]
