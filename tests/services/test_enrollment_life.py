"""The whole life of enrollments, driven at random: whatever people do in whatever order, the promises hold."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from core.domain.courses import SessionStatus
from core.domain.enrollment import HOLDS_SEAT, LIVE, STEPS, Enrollment, Status
from core.domain.messages import DeliveryStatus, Kind
from core.domain.session_changes import SessionChange
from core.domain.waiting_list import line
from tests.factories import VALUES, add_people, add_sessions, caller, session
from tests.services.enrollment_stage import Stage

people = st.sampled_from(["sari", "joko", "budi", "tono", "yatim", "lina", "bambang"])
CODES = ("TIK-02-A", "SOS-01-A")
codes = st.sampled_from(CODES)
index = st.integers(0, 13)
deciders = st.sampled_from(["dewi", "bambang", "ratna", "budi", "sari", "lina"])
TOLD = {
    Status.REQUESTED: {Kind.APPROVAL_REQUEST},
    Status.CONFIRMED: {Kind.SESSION_REMINDER},
    Status.DECLINED: {Kind.REQUEST_DECLINED},
    Status.OFFERED: {Kind.SEAT_OFFERED},
    Status.LAPSED: {Kind.OFFER_LAPSED, Kind.REQUEST_LAPSED, Kind.LINE_ENDED},
    Status.COMPLETED: {Kind.TRAINING_COMPLETED, Kind.HOURS_CORRECTED},
    Status.NO_SHOW: {Kind.NO_SHOW_NOTED, Kind.HOURS_CORRECTED},
}
"""What must have been written, at least, about somebody who stands so; cancelling answers the person who did it."""


class EnrollmentLife(Stage):
    """Two sessions at the same time, the first with approval, and seven people for their few seats, until hours are earned."""

    def __init__(self) -> None:
        super().__init__()
        self.earned: dict[int, int] = {}
        self.before: dict[int, Enrollment] = {}
        self.trails: dict[int, list[str]] = {}

    @initialize(seats=st.integers(1, 3), other=st.integers(1, 3), first=st.lists(people, max_size=7, unique=True))
    def fill(self, seats: int, other: int, first: list[str]) -> None:
        self.cast = self.runner.run(add_people(self.database))
        rooms = session(seats=seats, needs_approval=True), session(VALUES, seats=other)
        self.runner.run(add_sessions(self.database, *rooms))
        for place, name in enumerate(first):
            self.run(self.enrollments.enroll(caller(self.who(name)), CODES[place % 2]))

    @rule(name=people, code=codes)
    def enroll(self, name: str, code: str) -> None:
        self.run(self.enrollments.enroll(caller(self.who(name)), code))

    @rule(index=index)
    def cancel(self, index: int) -> None:
        if row := self.pick(index, *LIVE):
            self.run(self.enrollments.cancel(caller(self.owner_of(row)), row.enrollment_id))

    @precondition(lambda self: self.pick(0, Status.REQUESTED) is not None)
    @rule(index=index, by=deciders, approve=st.booleans())
    def decide(self, index: int, by: str, approve: bool) -> None:
        """Whoever may not is refused, and nothing changes."""
        if row := self.pick(index, Status.REQUESTED):
            self.run(self.enrollments.decide_request(caller(self.who(by)), row.enrollment_id, approve))

    @precondition(lambda self: self.pick(0, Status.OFFERED) is not None)
    @rule(index=index, accept=st.booleans())
    def answer(self, index: int, accept: bool) -> None:
        if row := self.pick(index, Status.OFFERED):
            self.run(self.enrollments.answer_offer(caller(self.owner_of(row)), row.enrollment_id, accept))

    @rule(index=index, name=people, yes=st.booleans())
    def somebody_presses_any_old_button(self, index: int, name: str, yes: bool) -> None:
        """Of whatever row, theirs or not."""
        if row := self.pick(index, *Status):
            who = caller(self.who(name))
            self.run(self.enrollments.decide_request(who, row.enrollment_id, yes))
            self.run(self.enrollments.answer_offer(who, row.enrollment_id, yes))

    @precondition(lambda self: not any(d.is_active(self.now) for d in self.database.records.delegations.values()))
    @rule(days=st.integers(0, 6), to=st.sampled_from(["budi", "sari"]))
    def the_supervisor_delegates(self, days: int, to: str) -> None:
        last_day = self.now.date() + timedelta(days=days)
        self.run(self.delegations.delegate(caller(self.cast.bambang), self.who(to).person_id, last_day))

    @precondition(lambda self: any(d.is_active(self.now) for d in self.database.records.delegations.values()))
    @rule()
    def the_delegation_ends_early(self) -> None:
        self.run(self.delegations.end(caller(self.cast.bambang)))

    @precondition(lambda self: len(self.before) > 7)  # nothing much happens afterwards
    @rule(code=codes)
    def hr_cancels_the_session(self, code: str) -> None:
        self.run(self.sessions.cancel(None, code, "Pengajar sakit"))

    @precondition(lambda self: self.now < self.begins - timedelta(days=4))
    @rule(code=codes, hours=st.sampled_from([-14, -6, 6]))
    def hr_moves_the_session(self, code: str, hours: int) -> None:
        """By so little that the two are still held at the same time."""
        start = session().starts_at + timedelta(hours=hours)
        self.run(self.sessions.change(None, code, SessionChange(starts_at=start, closes_at=start - timedelta(days=3))))

    @precondition(lambda self: any(e.status is Status.WAITLISTED for e in self.before.values()))
    @rule(code=codes)
    def hr_closes_enrolling(self, code: str) -> None:
        self.run(self.sessions.close_enrolling(None, code))

    @precondition(lambda self: any(not room.is_open(self.now) for room in self.database.records.sessions.values()))
    @rule(code=codes, days=st.sampled_from([0.5, 3]))
    def hr_opens_it_again(self, code: str, days: float) -> None:
        self.run(self.sessions.change(None, code, SessionChange(closes_at=self.now + timedelta(days=days))))

    @precondition(lambda self: sum(e.status is Status.CONFIRMED for e in self.before.values()) > 1)
    @rule()
    def the_sessions_are_held(self) -> None:
        self.clock.moment = max(self.now, *(room.ends_at for room in self.database.records.sessions.values()))
        self.run(self.enrollments.lapse_offers())
        self.run(self.approvals.chase())

    @precondition(lambda self: self.now > self.begins)
    @rule(name=people, code=codes)
    def somebody_is_there(self, name: str, code: str) -> None:
        if row := self.row_of(name, code):
            self.run(self.lists.mark_present(None, row.enrollment_id))

    @precondition(lambda self: self.now > self.begins)
    @rule(code=codes, everybody_came=st.booleans())
    def hr_confirms_the_list(self, code: str, everybody_came: bool) -> None:
        before = {n: e.status for n, e in self.database.records.enrollments.items()}
        self.run(self.lists.confirm(None, code, everybody_came=everybody_came))
        for number, row in self.database.records.enrollments.items():
            if row.status is Status.COMPLETED and before[number] is not Status.COMPLETED:
                self.earned[number] = row.session.course.hours

    @precondition(lambda self: self.now > self.begins)
    @rule(name=people, code=codes, hours=st.integers(0, 20))
    def hr_corrects_the_hours(self, name: str, code: str, hours: int) -> None:
        row = self.row_of(name, code)
        done = self.run(self.lists.correct(None, code, self.who(name).nip, hours, "Salah catat"))
        if row is not None and done is not None:
            self.earned[row.enrollment_id] = hours

    @rule(hours=st.sampled_from([0.1, 1, 23, 30, 80, 150]))
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
            elif room.status is SessionStatus.CLOSED:
                assert counted.waiting == 0

    @invariant()
    def no_offer_outlasts_its_session(self) -> None:
        for row in self.database.records.enrollments.values():
            room = self.database.records.sessions[row.session.code]
            assert row.offer_expires_at is None or row.offer_expires_at <= room.starts_at
            if row.offer_expires_at is not None and room.is_open(self.now):
                assert row.offer_expires_at <= room.closes_at

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
            steps = [
                action.removeprefix("enrollment_")
                for action in trail[len(known) :]
                if action not in ("hours_corrected", "offer_shortened")
            ]
            assert trail[: len(known)] == known
            stood = self.before[number].status if number in self.before else None
            for step in steps:
                assert stood is None or Status(step) in STEPS[stood]
                stood = Status(step)
            assert stood is row.status  # so that a row never moves without a trail, nor the trail without the row
            self.trails[number] = trail

    @invariant()
    def hours_are_the_sum_of_their_ledger(self) -> None:
        entries = self.database.records.hours
        for number, row in self.database.records.enrollments.items():
            earned = sum(entry.hours for entry in entries if entry.enrollment_id == number)
            assert earned == self.earned.get(number, 0)
            assert (earned > 0) is (row.status is Status.COMPLETED)
        for someone in self.database.records.people.values():
            summary = self.run(self.learning_hours.summary(caller(someone)))
            assert summary is not None
            of_the_year = [e for e in entries if (e.person_id, e.earned_on.year) == (someone.person_id, summary.year)]
            assert summary.done == sum(entry.hours for entry in of_the_year)

    @invariant()
    def nobody_is_left_without_a_word(self) -> None:
        for number, row in self.database.records.enrollments.items():
            told = {m.kind for m in self.database.records.messages.values() if m.enrollment_id == number}
            assert row.status not in TOLD or told & TOLD[row.status]

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
            max_examples=100, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
