"""Stand-ins for the ports, for every test above storage: an in-memory database, a fixed clock, a recording messenger.

The fake keeps the promises of `core.ports` and no others; tests/services runs the same tests on it and on PostgreSQL.
"""

import asyncio
import zlib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from types import TracebackType

import numpy as np

from core import ports
from core.domain.messages import Message
from core.ports import Vectors
from nlu.vectors import written
from tests.fake_archive import (
    FakeAttendance,
    FakeAudit,
    FakeCertificates,
    FakeCompetencies,
    FakeDelegations,
    FakeEvaluations,
    FakeHours,
    FakePersonalData,
    FakeUpdates,
)
from tests.fake_campaigns import FakeCampaigns
from tests.fake_content import FakeAnswers, FakeAttachments
from tests.fake_enrollments import FakeEnrollments
from tests.fake_knowledge import FakeKnowledge
from tests.fake_ledger import FakeOutbox
from tests.fake_records import Records
from tests.fake_repositories import FakeAccounts, FakeCourses, FakePeople
from tests.fake_tickets import FakeEntries, FakeTickets


class FixedClock:
    """Stands still until told otherwise."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def pass_by(self, **duration: float) -> datetime:
        """`clock.pass_by(hours=24)`; returns the new time."""
        self.moment += timedelta(**duration)
        return self.moment


class TickingClock(FixedClock):
    """A little later at every look, so that the order of looks can be read from the rows."""

    def now(self) -> datetime:
        return self.pass_by(microseconds=1)


class FakeDatabase:
    """A UnitOfWorkFactory. Transactions run one after the other, as if each had locked everything."""

    def __init__(self) -> None:
        self.records = Records()
        self.lock = asyncio.Lock()
        self.owner: asyncio.Task[object] | None = None

    def __call__(self) -> "FakeUnitOfWork":
        return FakeUnitOfWork(self)


class FakeUnitOfWork:
    """Works on a copy of the records, which replaces them at `commit()` and is thrown away otherwise."""

    def __init__(self, database: FakeDatabase) -> None:
        self._database = database

    async def __aenter__(self) -> "FakeUnitOfWork":
        if self._database.owner is asyncio.current_task() and self._database.lock.locked():
            raise RuntimeError("a unit of work inside another would wait for itself")
        await self._database.lock.acquire()
        self._database.owner = asyncio.current_task()
        self._open(self._database.records.copy())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.owner = None
        self._database.lock.release()

    async def commit(self) -> None:
        self._database.records = self._records
        self._open(self._records.copy())

    def _open(self, records: Records) -> None:
        self._records = records
        self.people: ports.PeopleRepository = FakePeople(records)
        self.accounts: ports.AccountRepository = FakeAccounts(records)
        self.courses: ports.CourseRepository = FakeCourses(records)
        self.enrollments: ports.EnrollmentRepository = FakeEnrollments(records)
        self.attendance: ports.AttendanceRepository = FakeAttendance(records)
        self.delegations: ports.DelegationRepository = FakeDelegations(records)
        self.certificates: ports.CertificateRepository = FakeCertificates(records)
        self.evaluations: ports.EvaluationRepository = FakeEvaluations(records)
        self.competencies: ports.CompetencyRepository = FakeCompetencies(records)
        self.hours: ports.HoursRepository = FakeHours(records)
        self.outbox: ports.OutboxRepository = FakeOutbox(records)
        self.campaigns: ports.CampaignRepository = FakeCampaigns(records)
        self.attachments: ports.AttachmentRepository = FakeAttachments(records)
        self.answers: ports.AnswerRepository = FakeAnswers(records)
        self.knowledge: ports.KnowledgeRepository = FakeKnowledge(records)
        self.tickets: ports.TicketRepository = FakeTickets(records)
        self.entries: ports.EntryRepository = FakeEntries(records)
        self.audit: ports.AuditRepository = FakeAudit(records)
        self.updates: ports.UpdateRepository = FakeUpdates(records)
        self.personal_data: ports.PersonalDataRepository = FakePersonalData(records)


class RecordingMessenger:
    """Remembers what was sent. `answer` may raise for a message, as Telegram would."""

    def __init__(self, answer: Callable[[Message], None] | None = None) -> None:
        self.sent: list[Message] = []
        self.answer = answer

    async def send(self, message: Message) -> int:
        if self.answer is not None:
            self.answer(message)
        self.sent.append(message)
        return 1000 + len(self.sent)

    def to(self, telegram_id: int) -> list[Message]:
        return [message for message in self.sent if message.telegram_id == telegram_id]


class FakeEmbedder:
    """Letters in groups of three, counted: texts that share words are near each other. Same vector for query and passage."""

    name = "fake-trigrams"
    dimensions = 256

    def queries(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            padded = f" {' '.join(text.lower().split())} "
            for start in range(len(padded) - 2):
                vectors[row, zlib.crc32(padded[start : start + 3].encode()) % self.dimensions] += 1.0
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.where(lengths == 0, 1, lengths), dtype=np.float32)

    passages = queries


def carried(vector: Vectors, model: str = FakeEmbedder.name) -> dict[str, str]:
    """A vector as Rasa hands it over with a message."""
    return written(vector) | {"model": model}


class CountingEmbedder(FakeEmbedder):
    """Remembers what it was given to embed."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def queries(self, texts: Sequence[str]) -> Vectors:
        self.texts += texts
        return super().queries(texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self.queries(texts)


class FakeTime:
    """Monotonic seconds that only `sleep` moves, so that pacing is tested without waiting."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += max(0.0, seconds)
        await asyncio.sleep(0)
