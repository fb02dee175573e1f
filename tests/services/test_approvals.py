"""Requests that nobody decides: seen with their facts, nudged, escalated and ended, each once."""

from datetime import date, timedelta

import pytest

from core.domain.enrollment import Enrollment, Status
from core.domain.errors import AlreadyDecided, NotSupervisor, UnknownEnrollment
from core.domain.learning import HoursEntry
from core.domain.messages import DeliveryStatus, Kind
from core.domain.people import Person
from core.ports import UnitOfWorkFactory
from core.services.approvals import Approvals, Chased
from core.services.enrollment import Enrollments
from tests.factories import SERVICE, VALUES, Cast, add_sessions, caller, session
from tests.fakes import FixedClock
from tests.services.ledger import audited, rows

NOTHING = Chased(0, 0, 0)


async def ask(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, someone: Person, **other: object
) -> Enrollment:
    """A request for a session in 30 days, made on NOW, a Tuesday at ten."""
    room = session(needs_approval=True, **({"in_days": 30} | other))  # type: ignore[arg-type]
    await add_sessions(unit_of_work, room)
    return (await enrollments.enroll(caller(someone), room.code)).enrollment


async def told(unit_of_work: UnitOfWorkFactory, enrollment: Enrollment, kind: Kind) -> list[int | None]:
    return [row.person_id for row in await rows(unit_of_work, enrollment.enrollment_id, kind)]


async def send_all(unit_of_work: UnitOfWorkFactory, clock: FixedClock) -> None:
    async with unit_of_work() as uow:
        for row in await uow.outbox.claim(clock.now(), limit=99, bulk=False, claimed_by="test"):
            await uow.outbox.settle(row.message_id, DeliveryStatus.SENT, clock.now())
        await uow.commit()


async def test_a_request_tells_the_hours_of_the_year_and_what_clashes(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, approvals: Approvals, cast: Cast
) -> None:
    elsewhere, at_the_same_time = session(SERVICE, in_days=20), session(VALUES, seats=1, in_days=30)
    await add_sessions(unit_of_work, elsewhere, at_the_same_time)
    async with unit_of_work() as uow:
        await uow.hours.add(HoursEntry(cast.sari.person_id, 8, date(2026, 3, 2), "Lokakarya"))
        await uow.commit()
    await enrollments.enroll(caller(cast.sari), elsewhere.code)
    await enrollments.enroll(caller(cast.tono), at_the_same_time.code)
    await enrollments.enroll(caller(cast.sari), at_the_same_time.code)  # she only waits there
    asked = await ask(unit_of_work, enrollments, cast.sari)

    [request] = await approvals.pending(caller(cast.bambang))

    assert (request.done, request.booked) == (8, 16)
    assert [clash.code for clash in request.clashes] == ["SOS-01-A"]
    assert request.decide_by == asked.session.closes_at - timedelta(hours=24)
    [row] = await rows(unit_of_work, asked.enrollment_id, Kind.APPROVAL_REQUEST)
    assert (row.facts["done"], row.facts["booked"]) == (8, 16)
    assert row.facts["clashes"] == ["Internalisasi BerAKHLAK (SOS-01-A)"]
    assert row.expires_at == request.decide_by


async def test_the_supervisor_is_nudged_once_after_two_working_days(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, approvals: Approvals, cast: Cast, clock: FixedClock
) -> None:
    asked = await ask(unit_of_work, enrollments, cast.sari)
    clock.pass_by(hours=47)
    assert await approvals.chase() == NOTHING
    clock.pass_by(hours=1)
    assert await approvals.chase() == Chased(1, 0, 0)
    assert await approvals.chase() == NOTHING
    assert await told(unit_of_work, asked, Kind.APPROVAL_NUDGE) == [cast.bambang.person_id]
    assert len(await audited(unit_of_work, f"enrollment:{asked.enrollment_id}")) == 1


async def test_after_four_working_days_the_one_above_is_asked_and_may_decide(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, approvals: Approvals, cast: Cast, clock: FixedClock
) -> None:
    asked = await ask(unit_of_work, enrollments, cast.sari)
    assert await approvals.pending(caller(cast.ratna)) == []
    with pytest.raises(NotSupervisor):
        await approvals.request(caller(cast.ratna), asked.enrollment_id)
    clock.pass_by(days=6)  # Tuesday to Monday, over a weekend

    assert await approvals.chase() == Chased(1, 1, 0)
    assert await approvals.chase() == NOTHING

    [escalated] = await rows(unit_of_work, asked.enrollment_id, Kind.APPROVAL_ESCALATED)
    assert (escalated.person_id, escalated.facts["supervisor"]) == (cast.ratna.person_id, "Bambang Setiawan")
    assert await told(unit_of_work, asked, Kind.REQUEST_ESCALATED) == [cast.sari.person_id]
    [seen] = await approvals.pending(caller(cast.ratna))
    assert seen == await approvals.request(caller(cast.ratna), asked.enrollment_id)
    assert seen == (await approvals.pending(caller(cast.bambang)))[0]  # who may still decide it as well
    decided = await enrollments.decide_request(caller(cast.ratna), asked.enrollment_id, approve=True)
    assert decided.status is Status.CONFIRMED


async def test_where_nobody_is_above_the_hr_officers_are_asked(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, approvals: Approvals, cast: Cast, clock: FixedClock
) -> None:
    asked = await ask(unit_of_work, enrollments, cast.tono)  # nobody is above lina
    clock.pass_by(days=6)
    await approvals.chase()
    officers = [cast.dewi.person_id, cast.agus.person_id]
    assert sorted(p or 0 for p in await told(unit_of_work, asked, Kind.APPROVAL_ESCALATED)) == sorted(officers)
    assert [one.enrollment for one in await approvals.pending(caller(cast.dewi))] == [asked]


@pytest.mark.parametrize(
    ("hours", "chased"),
    [
        (48 + 13, NOTHING),  # Thursday 23:00
        (48 + 20, NOTHING),  # Friday 06:00
        (48 + 21, Chased(1, 0, 0)),  # Friday 07:00
        (72 + 10, NOTHING),  # Friday 20:00
        (72 + 24, NOTHING),  # Saturday 10:00
    ],
)
async def test_nobody_is_nudged_at_night_or_at_weekends(
    unit_of_work: UnitOfWorkFactory,
    enrollments: Enrollments,
    approvals: Approvals,
    cast: Cast,
    clock: FixedClock,
    hours: int,
    chased: Chased,
) -> None:
    clock.pass_by(hours=13)  # asked on Tuesday at 23:00, so due on Friday morning
    await ask(unit_of_work, enrollments, cast.sari)
    clock.pass_by(hours=hours - 13)
    assert await approvals.chase() == chased


async def test_holidays_do_not_count(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast, clock: FixedClock
) -> None:
    await ask(unit_of_work, enrollments, cast.sari)
    approvals = Approvals(unit_of_work, clock, frozenset({date(2026, 11, 26)}))  # the Thursday
    clock.pass_by(hours=48)
    assert await approvals.chase() == NOTHING
    clock.pass_by(hours=24)
    assert await approvals.chase() == Chased(1, 0, 0)


async def test_a_decided_request_is_left_alone_and_what_was_unsent_is_withdrawn(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, approvals: Approvals, cast: Cast, clock: FixedClock
) -> None:
    asked = await ask(unit_of_work, enrollments, cast.sari)
    clock.pass_by(hours=48)
    await approvals.chase()
    await enrollments.decide_request(caller(cast.bambang), asked.enrollment_id, approve=True)
    [nudge] = await rows(unit_of_work, asked.enrollment_id, Kind.APPROVAL_NUDGE)
    assert nudge.status is DeliveryStatus.WITHDRAWN
    clock.pass_by(days=10)
    assert await approvals.chase() == NOTHING


async def test_a_request_nobody_decided_ends_in_time_for_the_next_in_line(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, approvals: Approvals, cast: Cast, clock: FixedClock
) -> None:
    asked = await ask(unit_of_work, enrollments, cast.sari, seats=1, in_days=10)
    waits = (await enrollments.enroll(caller(cast.tono), asked.session.code)).enrollment
    await send_all(unit_of_work, clock)
    clock.moment = asked.session.closes_at - timedelta(hours=24)

    assert (await approvals.chase()).lapsed == 1
    assert await approvals.chase() == NOTHING

    [mine] = await enrollments.mine(caller(cast.sari))
    assert mine.enrollment.status is Status.LAPSED
    assert await told(unit_of_work, asked, Kind.REQUEST_LAPSED) == [cast.sari.person_id]
    assert await told(unit_of_work, asked, Kind.REQUEST_UNDECIDED) == [cast.bambang.person_id]
    assert await told(unit_of_work, waits, Kind.SEAT_OFFERED) == [cast.tono.person_id]
    assert (await audited(unit_of_work, f"enrollment:{asked.enrollment_id}"))[-1] == ("enrollment_lapsed", "system")
    with pytest.raises(AlreadyDecided):
        await enrollments.decide_request(caller(cast.bambang), asked.enrollment_id, approve=True)


async def test_whoever_was_not_reached_by_the_request_is_not_told_of_its_end(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, approvals: Approvals, cast: Cast, clock: FixedClock
) -> None:
    asked = await ask(unit_of_work, enrollments, cast.sari, in_days=10)
    clock.moment = asked.session.closes_at
    await approvals.chase()
    assert await told(unit_of_work, asked, Kind.REQUEST_UNDECIDED) == []
    assert [r.status for r in await rows(unit_of_work, asked.enrollment_id, Kind.APPROVAL_REQUEST)] == ["withdrawn"]


async def test_after_an_end_the_person_may_ask_again_and_is_chased_anew(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, approvals: Approvals, cast: Cast, clock: FixedClock
) -> None:
    asked = await ask(unit_of_work, enrollments, cast.sari)
    clock.pass_by(hours=48)
    await approvals.chase()
    await enrollments.cancel(caller(cast.sari), asked.enrollment_id)
    clock.pass_by(hours=1)
    await enrollments.enroll(caller(cast.sari), asked.session.code)
    assert await approvals.chase() == NOTHING
    clock.pass_by(days=4)  # Thursday to Monday
    assert await approvals.chase() == Chased(1, 0, 0)
    assert len(await rows(unit_of_work, asked.enrollment_id, Kind.APPROVAL_NUDGE)) == 2


async def test_a_request_is_shown_only_to_those_who_may_decide_it(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, approvals: Approvals, cast: Cast
) -> None:
    asked = await ask(unit_of_work, enrollments, cast.sari)
    for stranger in (cast.lina, cast.ratna, cast.joko, cast.sari):
        with pytest.raises(NotSupervisor):
            await approvals.request(caller(stranger), asked.enrollment_id)
    with pytest.raises(UnknownEnrollment):
        await approvals.request(caller(cast.bambang), 4711)
    await enrollments.decide_request(caller(cast.dewi), asked.enrollment_id, approve=False)
    with pytest.raises(AlreadyDecided):
        await approvals.request(caller(cast.bambang), asked.enrollment_id)


async def test_nobody_is_shown_their_own_request(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, approvals: Approvals, cast: Cast, clock: FixedClock
) -> None:
    await ask(unit_of_work, enrollments, cast.bambang, in_days=40)  # above him is ratna, above her nobody
    clock.pass_by(days=10)
    assert await approvals.pending(caller(cast.bambang)) == []
