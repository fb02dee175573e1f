"""The one place where services meet storage. Entry points open `build()` and get everything wired."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from core.domain.working_days import Holidays
from core.embedding import RecentQueries, Remembering, embedder_for
from core.holidays import IndonesianHolidays
from core.normalizer import normalize
from core.ports import Clock, Embedder, UnitOfWorkFactory
from core.services.approvals import Approvals
from core.services.attachments import Attachments
from core.services.attendance import Attendances
from core.services.attendance_lists import AttendanceLists
from core.services.awaited_words import AwaitedWords
from core.services.campaign_corrections import CampaignCorrections
from core.services.campaign_desk import CampaignDesk
from core.services.campaign_pulses import CampaignPulses
from core.services.campaign_questions import CampaignQuestions
from core.services.campaign_quizzes import CampaignQuizzes
from core.services.campaign_reports import CampaignReports
from core.services.campaign_rounds import CampaignRounds
from core.services.campaigns import Campaigns
from core.services.catalogue import Catalogue
from core.services.certificates import Certificates
from core.services.competency_import import CompetencyImport
from core.services.delegations import Delegations
from core.services.enrollment import Enrollments
from core.services.evaluations import Evaluations
from core.services.identity import Identity
from core.services.kept_questions import KeptQuestions
from core.services.knowledge import Knowledge
from core.services.knowledge_checks import KnowledgeChecks
from core.services.knowledge_effect import KnowledgeEffect
from core.services.learning import LearningHours
from core.services.overdue_staff import OverdueStaff
from core.services.question_topics import QuestionTopics
from core.services.questions import Questions
from core.services.reach import StaffReach
from core.services.recommendations import Recommendations
from core.services.registry import Registry
from core.services.sessions import Sessions
from core.services.ticket_desk import TicketDesk
from core.services.ticket_knowledge import TicketKnowledge
from core.services.ticket_officers import TicketOfficers
from core.services.ticket_rounds import TicketRounds
from core.services.ticket_topics import TicketTopics
from core.services.tickets import Tickets
from core.services.trial_people import TrialPeople
from core.services.year_end import YearEnd
from core.settings import Settings
from core.storage import embedded
from core.storage.database import Database
from core.storage.leadership import Leadership
from core.storage.notifications import OUTBOX, listen


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 - this is the clock


async def _always_well() -> None:
    """The health of a database in memory."""


@dataclass(frozen=True)
class Services:
    """Every use case, wired to one database."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    embedder: RecentQueries
    identity: Identity
    catalogue: Catalogue
    enrollments: Enrollments
    approvals: Approvals
    attendances: Attendances
    delegations: Delegations
    attendance_lists: AttendanceLists
    certificates: Certificates
    evaluations: Evaluations
    recommendations: Recommendations
    competency_import: CompetencyImport
    learning_hours: LearningHours
    questions: Questions
    knowledge: Knowledge
    knowledge_effect: KnowledgeEffect
    kept_questions: KeptQuestions
    knowledge_checks: KnowledgeChecks
    tickets: Tickets
    campaign_questions: CampaignQuestions
    ticket_officers: TicketOfficers
    ticket_desk: TicketDesk
    ticket_rounds: TicketRounds
    ticket_knowledge: TicketKnowledge
    campaigns: Campaigns
    attachments: Attachments
    campaign_desk: CampaignDesk
    campaign_rounds: CampaignRounds
    campaign_corrections: CampaignCorrections
    campaign_quizzes: CampaignQuizzes
    campaign_pulses: CampaignPulses
    campaign_reports: CampaignReports
    overdue_staff: OverdueStaff
    reach: StaffReach
    trial_people: TrialPeople
    question_topics: QuestionTopics
    awaited_words: AwaitedWords
    registry: Registry
    sessions: Sessions
    year_end: YearEnd
    holidays: Holidays = frozenset()
    health: Callable[[], Awaitable[None]] = field(default=_always_well)
    """Returns when the database answers; raises DatabaseUnreachable."""


def wire(
    unit_of_work: UnitOfWorkFactory,
    clock: Clock,
    embedder: Embedder,
    *,
    answer_threshold: float | None = None,
    holidays: Holidays = frozenset(),
    send_rate: float = 25.0,
) -> Services:
    """Services over any unit of work: the real one, or a fake in tests."""
    remembering, recent = Remembering(embedder), RecentQueries(embedder)
    catalogue = Catalogue(unit_of_work, clock, recent, normalize)
    questions = Questions(unit_of_work, clock, recent, answer_threshold, normalize)
    tickets = Tickets(unit_of_work, clock, TicketTopics(questions, catalogue))
    return Services(
        unit_of_work=unit_of_work,
        clock=clock,
        embedder=recent,
        identity=Identity(unit_of_work, clock),
        catalogue=catalogue,
        enrollments=Enrollments(unit_of_work, clock, holidays),
        approvals=Approvals(unit_of_work, clock, holidays),
        attendances=Attendances(unit_of_work, clock),
        delegations=Delegations(unit_of_work, clock),
        attendance_lists=AttendanceLists(unit_of_work, clock, holidays),
        certificates=Certificates(unit_of_work, clock),
        evaluations=Evaluations(unit_of_work, clock),
        recommendations=Recommendations(unit_of_work, catalogue),
        competency_import=CompetencyImport(unit_of_work, clock),
        learning_hours=LearningHours(unit_of_work, clock),
        questions=questions,
        knowledge=Knowledge(unit_of_work, clock, remembering, normalize),
        knowledge_effect=KnowledgeEffect(unit_of_work, remembering, normalize, answer_threshold),
        kept_questions=KeptQuestions(unit_of_work, clock, recent, normalize),
        knowledge_checks=KnowledgeChecks(unit_of_work, clock, holidays),
        tickets=tickets,
        campaign_questions=CampaignQuestions(unit_of_work, clock, tickets, recent, normalize),
        ticket_officers=TicketOfficers(unit_of_work, clock),
        ticket_desk=TicketDesk(unit_of_work, clock, holidays),
        ticket_rounds=TicketRounds(unit_of_work, clock, holidays),
        ticket_knowledge=TicketKnowledge(unit_of_work, clock, recent, normalize),
        campaigns=Campaigns(unit_of_work, clock, holidays),
        attachments=Attachments(unit_of_work, clock),
        campaign_desk=CampaignDesk(unit_of_work, clock, holidays, send_rate),
        campaign_rounds=CampaignRounds(unit_of_work, clock),
        campaign_corrections=CampaignCorrections(unit_of_work, clock),
        campaign_pulses=CampaignPulses(unit_of_work, clock),
        campaign_quizzes=CampaignQuizzes(unit_of_work, clock),
        campaign_reports=CampaignReports(unit_of_work, clock),
        overdue_staff=OverdueStaff(unit_of_work, clock, holidays),
        reach=StaffReach(unit_of_work, clock),
        trial_people=TrialPeople(unit_of_work),
        question_topics=QuestionTopics(unit_of_work, clock),
        awaited_words=AwaitedWords(unit_of_work, clock),
        registry=Registry(unit_of_work, clock),
        sessions=Sessions(unit_of_work, clock),
        year_end=YearEnd(unit_of_work, clock, holidays),
        holidays=holidays,
    )


def database_url(settings: Settings) -> str:
    """DATABASE_URL, or where the embedded server runs. Raises DatabaseUnreachable when neither is there."""
    if settings.database_url is not None:
        return settings.database_url.get_secret_value()
    return embedded.running_url(settings.data_dir)


@asynccontextmanager
async def build(settings: Settings) -> AsyncIterator[Services]:
    """The services on the real database, which must be up and migrated; its connections are closed on leaving.

    Raises DatabaseUnreachable, DatabaseOutdated.
    """
    database = Database(database_url(settings))
    try:
        await database.check()
        services = wire(
            database.unit_of_work,
            SystemClock(),
            embedder_for(
                settings.embedder, settings.embedder_key.get_secret_value() if settings.embedder_key else None
            ),
            answer_threshold=settings.answer_threshold,
            holidays=IndonesianHolidays(),
            send_rate=settings.send_rate_per_second,
        )
        yield replace(services, health=database.ping)
    finally:
        await database.close()


def leadership(settings: Settings, role: str) -> Leadership:
    """The lock by which one of several processes of this role is the active one. Raises DatabaseUnreachable."""
    return Leadership(database_url(settings), role)


def outbox_news(settings: Settings) -> AsyncIterator[str]:
    """One item whenever a message was written into the ledger, and whenever some may have been missed."""
    return listen(database_url(settings), OUTBOX)
