"""The one place where services meet storage. Entry points call `build()` and get everything wired."""

from dataclasses import dataclass
from datetime import UTC, datetime

from core.ports import Clock, Embedder, UnitOfWorkFactory
from core.services.campaigns import Campaigns
from core.services.catalogue import Catalogue
from core.services.enrollment import Enrollments
from core.services.identity import Identity
from core.services.knowledge import Knowledge
from core.services.learning import LearningHours
from core.services.questions import Questions
from core.services.registry import Registry
from core.services.tickets import Tickets


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 - this is the clock


@dataclass(frozen=True)
class Services:
    """Every use case, wired to one database."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    identity: Identity
    catalogue: Catalogue
    enrollments: Enrollments
    learning_hours: LearningHours
    questions: Questions
    knowledge: Knowledge
    tickets: Tickets
    campaigns: Campaigns
    registry: Registry


def wire(
    unit_of_work: UnitOfWorkFactory, clock: Clock, embedder: Embedder, *, answer_threshold: float | None = None
) -> Services:
    """Services over any unit of work: the real one, or a fake in tests."""
    return Services(
        unit_of_work=unit_of_work,
        clock=clock,
        identity=Identity(unit_of_work, clock),
        catalogue=Catalogue(unit_of_work, clock, embedder),
        enrollments=Enrollments(unit_of_work, clock),
        learning_hours=LearningHours(unit_of_work, clock),
        questions=Questions(unit_of_work, clock, embedder, answer_threshold),
        knowledge=Knowledge(unit_of_work, clock, embedder),
        tickets=Tickets(unit_of_work, clock),
        campaigns=Campaigns(unit_of_work, clock),
        registry=Registry(unit_of_work, clock),
    )
