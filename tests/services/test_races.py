"""Many at once on PostgreSQL, over connections of their own: seats, lines, decisions, codes, senders."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Sequence
from typing import TypeVar

import pytest

from core.domain.enrollment import HOLDS_SEAT, Status
from core.domain.errors import AlreadyDecided, CodeLocked, CodeWrong, CoreError, ScheduleClash
from core.domain.messages import Kind, NewMessage
from core.ports import UnitOfWorkFactory
from core.services.delivery import Delivery
from core.services.enrollment import EnrollmentResult, Enrollments
from core.services.identity import Identity
from core.services.pacing import Pace
from core.storage.database import Database
from tests.factories import NOW, VALUES, add_crowd, add_people, add_sessions, caller, session, telegram_id
from tests.fakes import FakeTime, RecordingMessenger, TickingClock

T = TypeVar("T")


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock(NOW)


@pytest.fixture
def unit_of_work(database: Database) -> UnitOfWorkFactory:
    return database.unit_of_work


async def at_once(calls: Sequence[Awaitable[T]]) -> tuple[list[T], Counter[type]]:
    """All together; the answers, and how often each refusal was given. Anything else that is raised fails the test."""
    answers: list[T] = []
    refusals: Counter[type] = Counter()
    for outcome in await asyncio.gather(*calls, return_exceptions=True):
        if isinstance(outcome, CoreError):
            refusals[type(outcome)] += 1
        elif isinstance(outcome, BaseException):
            raise outcome
        else:
            answers.append(outcome)
    return answers, refusals


async def _line(unit_of_work: UnitOfWorkFactory, code: str) -> list[int]:
    async with unit_of_work() as uow:
        waiting = await uow.enrollments.of_session(code, {Status.WAITLISTED})
    return [e.person_id for e in sorted(waiting, key=lambda e: (e.queued_at or NOW, e.enrollment_id))]


@pytest.mark.parametrize("needs_approval", [False, True])
async def test_of_200_people_at_once_7_get_the_seats_and_193_wait_in_order(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, needs_approval: bool
) -> None:
    await add_people(unit_of_work)
    crowd = await add_crowd(unit_of_work, 200)
    await add_sessions(unit_of_work, session(seats=7, needs_approval=needs_approval))

    results, refusals = await at_once([enrollments.enroll(caller(p), "TIK-02-A") for p in crowd])

    assert not refusals
    seated = Status.REQUESTED if needs_approval else Status.CONFIRMED
    assert Counter(r.enrollment.status for r in results) == {seated: 7, Status.WAITLISTED: 193}
    waiting = sorted((r for r in results if r.place_in_line), key=lambda r: r.place_in_line or 0)
    assert [r.place_in_line for r in waiting] == list(range(1, 194))
    # in the order in which they got hold of the session
    arrived = [r.enrollment.queued_at for r in waiting]
    assert arrived == sorted(arrived, key=lambda moment: moment or NOW)
    # the place told to each at once is the place they have when all is quiet
    assert await _line(unit_of_work, "TIK-02-A") == [r.enrollment.person_id for r in waiting]


async def test_20_taps_at_once_make_one_row_and_give_one_answer(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments
) -> None:
    cast = await add_people(unit_of_work)
    await add_sessions(unit_of_work, session())
    results, _ = await at_once([enrollments.enroll(caller(cast.sari), "TIK-02-A") for _ in range(20)])
    assert len({r.enrollment for r in results}) == 1
    assert sum(r.is_new for r in results) == 1
    assert len(await enrollments.mine(caller(cast.sari))) == 1
    async with unit_of_work() as uow:
        reminders = await uow.outbox.of_enrollment(results[0].enrollment.enrollment_id)
    assert [m.facts["occasion"] for m in reminders] == ["week", "day", "morning"]


async def test_20_cancels_of_one_seat_at_once_offer_it_once(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments
) -> None:
    cast = await add_people(unit_of_work)
    await add_sessions(unit_of_work, session(seats=1))
    seat = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    for someone in (cast.joko, cast.budi):
        await enrollments.enroll(caller(someone), "TIK-02-A")

    done, refusals = await at_once([enrollments.cancel(caller(cast.sari), seat.enrollment_id) for _ in range(20)])

    assert (len(done), refusals) == (1, {AlreadyDecided: 19})
    statuses = [(await enrollments.mine(caller(p)))[0].enrollment.status for p in (cast.joko, cast.budi)]
    assert statuses == [Status.OFFERED, Status.WAITLISTED]


async def test_enrolling_cancelling_and_answering_at_once_never_oversells(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments
) -> None:
    await add_people(unit_of_work)
    crowd = await add_crowd(unit_of_work, 200)
    await add_sessions(unit_of_work, session(seats=7))
    first: list[EnrollmentResult] = [await enrollments.enroll(caller(p), "TIK-02-A") for p in crowd[:30]]
    holders, waiting = first[:7], first[7:]

    calls: list[Awaitable[object]] = []
    for holder in holders:
        calls.append(enrollments.cancel(caller(crowd[first.index(holder)]), holder.enrollment.enrollment_id))
    for result in waiting:
        someone = caller(crowd[first.index(result)])
        calls.append(enrollments.answer_offer(someone, result.enrollment.enrollment_id, accept=True))
        calls.append(enrollments.cancel(someone, result.enrollment.enrollment_id))
    calls += [enrollments.enroll(caller(p), "TIK-02-A") for p in crowd[30:]]
    calls += [enrollments.lapse_offers() for _ in range(3)]
    await at_once(calls)

    async with unit_of_work() as uow:
        room = await uow.courses.availability_of("TIK-02-A")
        rows = await uow.enrollments.of_session("TIK-02-A", frozenset(Status))
        offers = [e for e in rows if e.status is Status.OFFERED]
    assert room is not None
    assert room.taken == 7  # all seats are held again, and none twice
    assert sum(e.status in HOLDS_SEAT for e in rows) == 7
    assert len({e.person_id for e in rows}) == len(rows)
    assert all(e.offer_expires_at is not None for e in offers)


async def test_one_person_does_not_get_two_clashing_seats_at_once(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments
) -> None:
    cast = await add_people(unit_of_work)
    await add_sessions(unit_of_work, session(), session(VALUES))
    taps = [enrollments.enroll(caller(cast.sari), code) for code in ("TIK-02-A", "SOS-01-A") for _ in range(5)]
    results, refusals = await at_once(taps)
    assert len({r.enrollment.session.code for r in results}) == 1
    assert (len(results), refusals) == (5, {ScheduleClash: 5})


async def test_of_many_decisions_at_once_one_counts(unit_of_work: UnitOfWorkFactory, enrollments: Enrollments) -> None:
    cast = await add_people(unit_of_work)
    await add_sessions(unit_of_work, session(needs_approval=True))
    asked = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    done, refusals = await at_once(
        [
            enrollments.decide_request(caller(someone), asked.enrollment_id, approve)
            for someone in (cast.bambang, cast.dewi, cast.agus)
            for approve in (True, False)
        ]
    )
    assert (len(done), refusals) == (1, {AlreadyDecided: 5})
    async with unit_of_work() as uow:
        kinds = Counter(m.kind for m in await uow.outbox.of_enrollment(asked.enrollment_id))
    assert kinds[Kind.REQUEST_APPROVED] + kinds[Kind.REQUEST_DECLINED] == 1


async def test_a_code_typed_by_two_accounts_at_once_links_one(
    unit_of_work: UnitOfWorkFactory, identity: Identity
) -> None:
    cast = await add_people(unit_of_work, linked=False)
    issued = await identity.issue_code(cast.sari.nip)
    linked, refusals = await at_once([identity.link_by_code(account, issued.code) for account in range(1, 11)])
    assert (len(linked), refusals) == (1, {CodeWrong: 9})


async def test_guessing_in_parallel_gets_no_more_than_five_tries(
    unit_of_work: UnitOfWorkFactory, identity: Identity
) -> None:
    await add_people(unit_of_work)
    _, refusals = await at_once([identity.link_by_code(1, f"salah {n}") for n in range(20)])
    assert refusals == {CodeWrong: 4, CodeLocked: 16}


async def test_one_number_shared_by_many_accounts_at_once_leaves_one_linked(
    unit_of_work: UnitOfWorkFactory, identity: Identity
) -> None:
    cast = await add_people(unit_of_work, linked=False)
    phone = cast.sari.phone or ""
    await at_once([identity.link_by_contact(n, phone, contact_user_id=n, forwarded=False) for n in range(1, 11)])
    callers = [await identity.caller(f"tg-{n}") for n in range(1, 11)]
    assert sum(known.is_linked for known in callers) == 1


async def test_two_senders_at_once_send_everything_once(unit_of_work: UnitOfWorkFactory, clock: TickingClock) -> None:
    cast = await add_people(unit_of_work)
    async with unit_of_work() as uow:
        await uow.outbox.add(
            NewMessage(f"row:{n}", Kind.CAMPAIGN, {}, NOW, person_id=cast.sari.person_id, is_bulk=n % 2 == 0)
            for n in range(60)
        )
        await uow.commit()
    messenger = RecordingMessenger()

    async def send(name: str) -> None:
        time = FakeTime()
        pace = Pace(25, monotonic=time, sleep=time.sleep)
        sender = Delivery(unit_of_work, clock, messenger, worker=name, pace=pace)
        while (await sender.send_due()).any:
            pass

    await asyncio.gather(send("one"), send("two"))
    assert sorted(Counter(m.key for m in messenger.sent).values()) == [1] * 60
    assert {m.telegram_id for m in messenger.sent} == {telegram_id(cast.sari)}
