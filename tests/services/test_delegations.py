"""Somebody else decides for a while: chosen among staff and peers, told, audited, and over by itself."""

from datetime import date, timedelta

import pytest

from core.domain.enrollment import Enrollment, Status
from core.domain.errors import DelegateRefused, DelegationPeriodRefused, NoStaff, NotLinked, NotSupervisor
from core.domain.messages import Kind, Message
from core.domain.people import Caller, Person
from core.ports import UnitOfWorkFactory
from core.services.approvals import Approvals
from core.services.delegations import Delegations
from core.services.enrollment import Enrollments
from tests.factories import NOW, Cast, add_people, add_sessions, caller, session
from tests.fakes import FixedClock
from tests.services.ledger import audited, rows

FRIDAY = date(2026, 11, 27)


async def ask(unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, someone: Person) -> Enrollment:
    await add_sessions(unit_of_work, session(needs_approval=True, in_days=30))
    return (await enrollments.enroll(caller(someone), "TIK-02-A")).enrollment


async def told(unit_of_work: UnitOfWorkFactory, clock: FixedClock, someone: Person) -> list[Message]:
    async with unit_of_work() as uow:
        due = await uow.outbox.claim(clock.now(), limit=99, bulk=False, claimed_by="test")
    return [message for message in due if message.person_id == someone.person_id]


async def test_requests_go_to_the_delegate_as_well_and_either_decides(
    unit_of_work: UnitOfWorkFactory,
    enrollments: Enrollments,
    approvals: Approvals,
    delegations: Delegations,
    cast: Cast,
) -> None:
    view = await delegations.delegate(caller(cast.bambang), cast.budi.person_id, FRIDAY)
    assert (view.supervisor, view.delegate) == (cast.bambang, cast.budi)
    assert view.delegation.last_day == FRIDAY

    asked = await ask(unit_of_work, enrollments, cast.sari)

    requests = await rows(unit_of_work, asked.enrollment_id, Kind.APPROVAL_REQUEST)
    assert {row.person_id for row in requests} == {cast.bambang.person_id, cast.budi.person_id}
    for decider in (cast.bambang, cast.budi):
        assert [one.enrollment for one in await approvals.pending(caller(decider))] == [asked]
    decided = await enrollments.decide_request(caller(cast.budi), asked.enrollment_id, approve=True)
    assert decided.status is Status.CONFIRMED


async def test_what_waited_before_is_the_delegates_to_decide_too(
    unit_of_work: UnitOfWorkFactory,
    enrollments: Enrollments,
    approvals: Approvals,
    delegations: Delegations,
    cast: Cast,
) -> None:
    asked = await ask(unit_of_work, enrollments, cast.sari)
    with pytest.raises(NotSupervisor):
        await approvals.request(caller(cast.budi), asked.enrollment_id)
    await delegations.delegate(caller(cast.bambang), cast.budi.person_id, FRIDAY)
    assert (await approvals.request(caller(cast.budi), asked.enrollment_id)).enrollment == asked


async def test_a_delegate_does_not_decide_their_own_request(
    unit_of_work: UnitOfWorkFactory,
    enrollments: Enrollments,
    approvals: Approvals,
    delegations: Delegations,
    cast: Cast,
) -> None:
    await delegations.delegate(caller(cast.bambang), cast.sari.person_id, FRIDAY)
    asked = await ask(unit_of_work, enrollments, cast.sari)
    assert [row.person_id for row in await rows(unit_of_work, asked.enrollment_id)] == [cast.bambang.person_id]
    assert await approvals.pending(caller(cast.sari)) == []
    with pytest.raises(NotSupervisor):
        await enrollments.decide_request(caller(cast.sari), asked.enrollment_id, approve=True)


async def test_it_ends_by_itself_after_the_last_day_in_jakarta(
    unit_of_work: UnitOfWorkFactory,
    enrollments: Enrollments,
    approvals: Approvals,
    delegations: Delegations,
    cast: Cast,
    clock: FixedClock,
) -> None:
    await delegations.delegate(caller(cast.bambang), cast.budi.person_id, FRIDAY)
    asked = await ask(unit_of_work, enrollments, cast.sari)
    clock.moment = NOW + timedelta(days=3, hours=13, minutes=59)  # Friday 23:59
    assert await delegations.current(caller(cast.bambang)) is not None
    assert len(await approvals.pending(caller(cast.budi))) == 1
    clock.pass_by(minutes=1)
    assert await delegations.current(caller(cast.bambang)) is None
    assert await approvals.pending(caller(cast.budi)) == []
    with pytest.raises(NotSupervisor):
        await enrollments.decide_request(caller(cast.budi), asked.enrollment_id, approve=True)


async def test_it_can_be_ended_early_and_is_told_and_audited(
    unit_of_work: UnitOfWorkFactory, delegations: Delegations, cast: Cast, clock: FixedClock
) -> None:
    made = await delegations.delegate(caller(cast.bambang), cast.budi.person_id, FRIDAY)
    ended = await delegations.end(caller(cast.bambang))
    assert ended is not None
    assert ended.delegate == cast.budi
    assert await delegations.end(caller(cast.bambang)) is None
    assert await delegations.current(caller(cast.bambang)) is None
    messages = await told(unit_of_work, clock, cast.budi)
    assert [m.kind for m in messages] == [Kind.DELEGATION_STARTED, Kind.DELEGATION_ENDED]
    assert messages[0].facts == {
        "supervisor": "Bambang Setiawan",
        "supervisor_id": cast.bambang.person_id,
        "last_day": "2026-11-27",
    }
    actor = f"person:{cast.bambang.person_id}"
    assert await audited(unit_of_work, f"delegation:{made.delegation.delegation_id}") == [
        ("delegation_started", actor),
        ("delegation_ended", actor),
    ]


async def test_the_same_twice_changes_nothing_and_another_takes_its_place(
    unit_of_work: UnitOfWorkFactory, approvals: Approvals, delegations: Delegations, cast: Cast, clock: FixedClock
) -> None:
    first = await delegations.delegate(caller(cast.bambang), cast.budi.person_id, FRIDAY)
    assert await delegations.delegate(caller(cast.bambang), cast.budi.person_id, FRIDAY) == first
    await delegations.delegate(caller(cast.bambang), cast.joko.person_id, FRIDAY)
    current = await delegations.current(caller(cast.bambang))
    assert current is not None
    assert current.delegate == cast.joko
    assert len(await told(unit_of_work, clock, cast.budi)) == 2
    async with unit_of_work() as uow:
        assert await uow.delegations.held_by(cast.budi.person_id, clock.now()) == []


async def test_only_staff_and_peers_can_be_chosen(delegations: Delegations, cast: Cast) -> None:
    found = await delegations.candidates(caller(cast.bambang))
    own, peers = [cast.sari, cast.joko, cast.budi], [cast.dewi, cast.agus]
    assert found == sorted(own + peers, key=lambda person: person.name)
    assert await delegations.candidates(caller(cast.bambang), "sari") == [cast.sari]
    assert await delegations.candidates(caller(cast.bambang), cast.joko.nip) == [cast.joko]
    assert await delegations.candidates(caller(cast.bambang), "lina") == []
    for stranger in (cast.lina, cast.bambang, cast.ratna):
        with pytest.raises(DelegateRefused):
            await delegations.delegate(caller(cast.bambang), stranger.person_id, FRIDAY)


@pytest.mark.parametrize("last_day", [date(2026, 11, 23), date(2027, 2, 23)])
async def test_a_last_day_that_is_over_or_too_far_off_is_refused(
    delegations: Delegations, cast: Cast, last_day: date
) -> None:
    with pytest.raises(DelegationPeriodRefused):
        await delegations.delegate(caller(cast.bambang), cast.budi.person_id, last_day)
    today = await delegations.delegate(caller(cast.bambang), cast.budi.person_id, date(2026, 11, 24))
    assert today.delegation.ends_at.isoformat() == "2026-11-24T17:00:00+00:00"


async def test_those_without_staff_and_visitors_have_nothing_to_delegate(delegations: Delegations, cast: Cast) -> None:
    with pytest.raises(NoStaff):
        await delegations.delegate(caller(cast.sari), cast.joko.person_id, FRIDAY)
    with pytest.raises(NotLinked):
        await delegations.current(Caller(telegram_id=5))


async def test_a_peer_may_stand_in(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, delegations: Delegations, clock: FixedClock
) -> None:
    cast = await add_people(unit_of_work)
    async with unit_of_work() as uow:
        await uow.people.set_supervisor(cast.lina.person_id, cast.ratna.person_id)  # lina is bambang's peer now
        await uow.commit()
    await delegations.delegate(caller(cast.bambang), cast.lina.person_id, FRIDAY)
    asked = await ask(unit_of_work, enrollments, cast.sari)
    decided = await enrollments.decide_request(caller(cast.lina), asked.enrollment_id, approve=False)
    assert decided.status is Status.DECLINED
