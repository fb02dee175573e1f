"""What the random life of enrollments is played on: the fake database, the services over it, and ways to find a row."""

import asyncio
from collections.abc import Coroutine
from dataclasses import fields
from datetime import datetime
from typing import Any, TypeVar

from hypothesis.stateful import RuleBasedStateMachine

from core.domain.enrollment import Enrollment, Status
from core.domain.errors import CoreError, NotSupervisor, NotYours
from core.domain.people import Person
from core.services.approvals import Approvals
from core.services.attendance_lists import AttendanceLists
from core.services.delegations import Delegations
from core.services.enrollment import Enrollments
from core.services.learning import LearningHours
from core.services.sessions import Sessions
from tests.factories import NOW, Cast
from tests.fakes import FakeDatabase, TickingClock

T = TypeVar("T")


class Stage(RuleBasedStateMachine):
    """Has no rules of its own. `cast` is set by whoever fills it."""

    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.database = FakeDatabase()
        self.clock = TickingClock(NOW)
        self.enrollments = Enrollments(self.database, self.clock)
        self.approvals = Approvals(self.database, self.clock)
        self.delegations = Delegations(self.database, self.clock)
        self.lists = AttendanceLists(self.database, self.clock)
        self.sessions = Sessions(self.database, self.clock)
        self.learning_hours = LearningHours(self.database, self.clock)

    def teardown(self) -> None:
        self.runner.close()

    @property
    def now(self) -> datetime:
        return self.clock.moment

    def run(self, work: Coroutine[Any, Any, T]) -> T | None:
        """What came of it; None for a refusal, which must have changed nothing."""
        records = self.database.records
        try:
            return self.runner.run(work)
        except CoreError as error:
            is_theirs = isinstance(error, NotYours | NotSupervisor)
        after = self.database.records
        changed = {table.name for table in fields(after) if getattr(after, table.name) != getattr(records, table.name)}
        # a try at what is somebody else's is kept in the trail, others may be; nothing else changes
        trail = {"audit", "audited_at"}
        assert changed == trail or (not changed and not is_theirs)
        return None

    def who(self, name: str) -> Person:
        return getattr(self.cast, name)  # type: ignore[no-any-return]

    @property
    def begins(self) -> datetime:
        return min(room.starts_at for room in self.database.records.sessions.values())

    def owner_of(self, row: Enrollment) -> Person:
        return self.database.records.people[row.person_id]

    def pick(self, index: int, *statuses: Status) -> Enrollment | None:
        """One of the rows that stand so."""
        rows = [row for row in self.database.records.enrollments.values() if row.status in statuses]
        return rows[index % len(rows)] if rows else None

    def row_of(self, name: str, code: str) -> Enrollment | None:
        rows = self.database.records.enrollments.values()
        return next((e for e in rows if (e.person_id, e.session.code) == (self.who(name).person_id, code)), None)
