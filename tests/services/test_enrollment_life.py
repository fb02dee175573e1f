"""The whole life of enrollments, driven at random: whatever people do in whatever order, the promises hold."""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from core.domain.enrollment import HOLDS_SEAT, Enrollment, Status
from core.domain.errors import EnrollmentRefused
from core.domain.messages import DeliveryStatus, Kind
from core.domain.people import Person
from core.domain.waiting_list import line
from core.services.approvals import Approvals
from core.services.enrollment import Enrollments
from tests.factories import NOW, VALUES, add_people, add_sessions, caller, session
from tests.fakes import FakeDatabase, TickingClock

T = TypeVar("T")
people = st.sampled_from(["sari", "joko", "budi", "tono", "yatim", "lina", "bambang"])
CODES = ("TIK-02-A", "SOS-01-A")
codes = st.sampled_from(CODES)


class EnrollmentLife(RuleBasedStateMachine):
    """Two sessions at the same time, the first with approval, and seven people for their few seats."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.database = FakeDatabase()
        self.clock = TickingClock(NOW)
        self.enrollments = Enrollments(self.database, self.clock)
        self.approvals = Approvals(self.database, self.clock)
        self.before: dict[int, Enrollment] = {}
        self.trails: dict[int, list[str]] = {}

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
        except EnrollmentRefused:
            assert self.database.records is records
            return None

    @initialize(seats=st.integers(1, 3), other=st.integers(1, 3))
    def fill(self, seats: int, other: int) -> None:
        self.cast = self.runner.run(add_people(self.database))
        rooms = session(seats=seats, needs_approval=True), session(VALUES, seats=other)
        self.runner.run(add_sessions(self.database, *rooms))

    def who(self, name: str) -> Person:
        return getattr(self.cast, name)  # type: ignore[no-any-return]

    def row_of(self, name: str, code: str) -> Enrollment | None:
        rows = self.database.records.enrollments.values()
        return next((e for e in rows if (e.person_id, e.session.code) == (self.who(name).person_id, code)), None)

    @rule(name=people, code=codes)
    def enroll(self, name: str, code: str) -> None:
        self.run(self.enrollments.enroll(caller(self.who(name)), code))

    @rule(name=people, code=codes)
    def cancel(self, name: str, code: str) -> None:
        if row := self.row_of(name, code):
            self.run(self.enrollments.cancel(caller(self.who(name)), row.enrollment_id))

    @rule(name=people, code=codes, approve=st.booleans())
    def decide(self, name: str, code: str, approve: bool) -> None:
        if row := self.row_of(name, code):
            self.run(self.enrollments.decide_request(caller(self.cast.dewi), row.enrollment_id, approve))

    @rule(name=people, code=codes, accept=st.booleans())
    def answer(self, name: str, code: str, accept: bool) -> None:
        if row := self.row_of(name, code):
            self.run(self.enrollments.answer_offer(caller(self.who(name)), row.enrollment_id, accept))

    @rule(hours=st.sampled_from([0.1, 1, 23, 30, 80]))
    def time_passes(self, hours: float) -> None:
        self.clock.pass_by(hours=hours)
        self.run(self.enrollments.lapse_offers())
        self.run(self.approvals.chase())

    @rule(code=codes)
    def hr_adds_a_seat(self, code: str) -> None:
        room = self.database.records.sessions[code]
        self.runner.run(add_sessions(self.database, replace(room, seats=room.seats + 1)))
        self.run(self.enrollments.lapse_offers())

    @rule()
    def the_sender_sends(self) -> None:
        async def send() -> None:
            async with self.database() as uow:
                for row in await uow.outbox.claim(self.clock.now(), limit=99, bulk=False, claimed_by="test"):
                    await uow.outbox.settle(row.message_id, DeliveryStatus.SENT, self.clock.now())
                await uow.commit()

        self.runner.run(send())

    @invariant()
    def seats_are_never_oversold_nor_left_idle(self) -> None:
        for room in self.database.records.sessions.values():
            counted = self.database.records.count_seats(room)
            assert counted.taken <= room.seats
            if room.is_open(self.now):
                assert counted.left == 0 or counted.waiting == 0

    @invariant()
    def one_row_for_each_person_and_session(self) -> None:
        rows = [(e.person_id, e.session.code) for e in self.database.records.enrollments.values()]
        assert len(rows) == len(set(rows))

    @invariant()
    def nobody_sits_in_two_sessions_at_once(self) -> None:
        for someone in self.database.records.people.values():
            seated = [
                e
                for e in self.database.records.enrollments.values()
                if e.person_id == someone.person_id and e.status in HOLDS_SEAT - {Status.OFFERED}
            ]
            assert len(seated) <= 1

    @invariant()
    def every_change_is_fair_and_audited(self) -> None:
        """Both compare with what stood here before the step."""
        self.those_offered_a_seat_stood_before_all_who_still_wait()
        self.every_step_leaves_one_audit_row()
        self.before = dict(self.database.records.enrollments)

    def those_offered_a_seat_stood_before_all_who_still_wait(self) -> None:
        now = self.database.records.enrollments
        for code in CODES:
            stood = [e.enrollment_id for e in line(e for e in self.before.values() if e.session.code == code)]
            waiting = [e.enrollment_id for e in line(e for e in now.values() if e.session.code == code)]
            stayed = [number for number in stood if number in waiting]
            assert waiting[: len(stayed)] == stayed  # nobody is overtaken, and newcomers stand behind
            offered = [stood.index(n) for n in stood if now[n].status is Status.OFFERED]
            assert not stayed or all(place < stood.index(stayed[0]) for place in offered)

    def every_step_leaves_one_audit_row(self) -> None:
        for number, row in self.database.records.enrollments.items():
            trail = [action for action, _, about, _ in self.database.records.audit if about == f"enrollment:{number}"]
            known = self.trails.get(number, [])
            moved = number not in self.before or self.before[number].status is not row.status
            assert trail == [*known, f"enrollment_{row.status}"] if moved else trail == known
            self.trails[number] = trail

    @invariant()
    def the_ledger_says_what_the_rows_say(self) -> None:
        messages = self.database.records.messages.values()
        assert len({m.key for m in messages}) == len(messages)
        for number, row in self.database.records.enrollments.items():
            queued = [m.kind for m in messages if m.enrollment_id == number and m.status is DeliveryStatus.QUEUED]
            sent = {m.kind for m in messages if m.enrollment_id == number and m.status is not DeliveryStatus.WITHDRAWN}
            for kind, status in (
                (Kind.SESSION_REMINDER, Status.CONFIRMED),
                (Kind.SEAT_OFFERED, Status.OFFERED),
                (Kind.APPROVAL_REQUEST, Status.REQUESTED),
            ):
                if row.status is status:
                    assert kind in sent
                else:
                    assert kind not in queued
            waiting = [
                m.facts.get("occasion", m.kind)
                for m in messages
                if m.enrollment_id == number and m.status is DeliveryStatus.QUEUED
            ]
            assert waiting.count("day") <= 1
            assert (row.offer_expires_at is not None) is (row.status is Status.OFFERED)
            assert (row.queued_at is not None) or row.status is not Status.WAITLISTED


def test_whatever_people_do_the_promises_hold() -> None:
    run_state_machine_as_test(
        EnrollmentLife,
        settings=settings(
            max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
