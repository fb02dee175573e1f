"""The waiting list: who gets a freed seat, until when, and what happens if they do not answer."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.enrollment import Enrollment, Status
from core.domain.errors import AlreadyDecided, OfferExpired, ScheduleClash
from core.domain.messages import DeliveryStatus, Kind
from core.domain.people import Person
from core.ports import UnitOfWorkFactory
from core.services.enrollment import Enrollments
from tests.factories import NOW, VALUES, Cast, add_crowd, add_sessions, caller, session
from tests.fakes import FixedClock
from tests.services.ledger import audited, rows, waiting_for


async def _status(enrollments: Enrollments, someone: Person, code: str = "TIK-02-A") -> Status:
    return next(
        v.enrollment.status for v in await enrollments.mine(caller(someone)) if v.enrollment.session.code == code
    )


async def test_with_7_seats_and_10_people_the_last_3_wait_in_order(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast, clock: FixedClock
) -> None:
    await add_sessions(unit_of_work, session(seats=7))
    crowd = await add_crowd(unit_of_work, 10)
    places = []
    for someone in crowd:
        clock.pass_by(seconds=1)
        places.append((await enrollments.enroll(caller(someone), "TIK-02-A")).place_in_line)

    assert places == [None] * 7 + [1, 2, 3]
    [view] = await enrollments.mine(caller(crowd[8]))
    assert view.place_in_line == 2
    assert (await enrollments.enroll(caller(crowd[9]), "TIK-02-A")).place_in_line == 3


async def wait_behind_sari(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast, clock: FixedClock
) -> tuple[Enrollment, Enrollment]:
    """Sari holds the only seat, Joko waits for it, and Budi behind him. Returns Sari's and Joko's enrollments."""
    await add_sessions(unit_of_work, session(seats=1))
    seat = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    first = (await enrollments.enroll(caller(cast.joko), "TIK-02-A")).enrollment
    clock.pass_by(seconds=1)
    await enrollments.enroll(caller(cast.budi), "TIK-02-A")
    return seat, first


async def test_a_cancelled_seat_is_offered_to_the_next_in_line_and_held_for_a_day(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast, clock: FixedClock
) -> None:
    seat, first = await wait_behind_sari(unit_of_work, enrollments, cast, clock)

    await enrollments.cancel(caller(cast.sari), seat.enrollment_id)

    [view] = await enrollments.mine(caller(cast.joko))
    assert view.enrollment.status is Status.OFFERED
    assert view.enrollment.offer_expires_at == clock.now() + timedelta(hours=24)
    [offer] = await rows(unit_of_work, first.enrollment_id, Kind.SEAT_OFFERED)
    assert offer.expires_at == clock.now() + timedelta(hours=24)
    assert offer.facts["offer_expires_at"] == (clock.now() + timedelta(hours=24)).isoformat()
    [waiting] = await enrollments.mine(caller(cast.budi))
    assert (waiting.enrollment.status, waiting.place_in_line) == (Status.WAITLISTED, 1)
    # the seat is held: a newcomer waits, behind the others
    newcomer = await enrollments.enroll(caller(cast.tono), "TIK-02-A")
    assert newcomer.place_in_line == 2


async def test_an_accepted_offer_is_confirmed_and_reminded(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session(seats=1))
    seat = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    waiting = (await enrollments.enroll(caller(cast.joko), "TIK-02-A")).enrollment
    await enrollments.cancel(caller(cast.sari), seat.enrollment_id)

    result = await enrollments.answer_offer(caller(cast.joko), waiting.enrollment_id, accept=True)
    again = await enrollments.answer_offer(caller(cast.joko), waiting.enrollment_id, accept=True)

    assert (result.enrollment.status, result.is_new) == (Status.CONFIRMED, True)
    assert (again.enrollment.status, again.is_new) == (Status.CONFIRMED, False)
    assert await waiting_for(unit_of_work, waiting.enrollment_id, cast.joko) == [Kind.SESSION_REMINDER]
    assert [action for action, _ in await audited(unit_of_work, f"enrollment:{waiting.enrollment_id}")] == [
        "enrollment_waitlisted",
        "enrollment_offered",
        "enrollment_confirmed",
    ]


async def test_an_offer_accepted_where_approval_is_needed_asks_the_supervisor(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session(seats=1, needs_approval=True))
    seat = (await enrollments.enroll(caller(cast.tono), "TIK-02-A")).enrollment
    waiting = (await enrollments.enroll(caller(cast.joko), "TIK-02-A")).enrollment
    assert await rows(unit_of_work, waiting.enrollment_id) == []  # nobody is asked while there is no seat
    await enrollments.cancel(caller(cast.tono), seat.enrollment_id)

    result = await enrollments.answer_offer(caller(cast.joko), waiting.enrollment_id, accept=True)

    assert result.enrollment.status is Status.REQUESTED
    assert await waiting_for(unit_of_work, waiting.enrollment_id, cast.bambang) == [Kind.APPROVAL_REQUEST]


async def test_a_passed_offer_goes_to_the_next(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast, clock: FixedClock
) -> None:
    seat, waiting = await wait_behind_sari(unit_of_work, enrollments, cast, clock)
    await enrollments.cancel(caller(cast.sari), seat.enrollment_id)

    passed = await enrollments.answer_offer(caller(cast.joko), waiting.enrollment_id, accept=False)

    assert passed.enrollment.status is Status.CANCELLED
    assert await _status(enrollments, cast.budi) is Status.OFFERED
    [offer] = await rows(unit_of_work, waiting.enrollment_id, Kind.SEAT_OFFERED)
    assert offer.status is DeliveryStatus.WITHDRAWN
    with pytest.raises(AlreadyDecided):
        await enrollments.answer_offer(caller(cast.joko), waiting.enrollment_id, accept=True)


async def test_an_unanswered_offer_lapses_and_moves_on(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast, clock: FixedClock
) -> None:
    seat, first = await wait_behind_sari(unit_of_work, enrollments, cast, clock)
    await enrollments.cancel(caller(cast.sari), seat.enrollment_id)
    offered_at = clock.now()

    clock.moment = offered_at + timedelta(hours=24) - timedelta(seconds=1)
    assert await enrollments.lapse_offers() == 0
    clock.moment = offered_at + timedelta(hours=24)
    with pytest.raises(OfferExpired):  # too late even before the tick has come
        await enrollments.answer_offer(caller(cast.joko), first.enrollment_id, accept=True)
    assert await enrollments.lapse_offers() == 1
    assert await enrollments.lapse_offers() == 0

    assert await _status(enrollments, cast.joko) is Status.LAPSED
    assert await _status(enrollments, cast.budi) is Status.OFFERED
    assert Kind.OFFER_LAPSED in await waiting_for(unit_of_work, first.enrollment_id, cast.joko)
    with pytest.raises(OfferExpired):
        await enrollments.answer_offer(caller(cast.joko), first.enrollment_id, accept=True)
    # and who let it lapse may join the line again, at its end
    again = await enrollments.enroll(caller(cast.joko), "TIK-02-A")
    assert (again.enrollment.status, again.place_in_line) == (Status.WAITLISTED, 1)


async def test_an_offer_made_near_the_deadline_is_held_no_longer_than_that(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast, clock: FixedClock
) -> None:
    room = session(seats=1)
    await add_sessions(unit_of_work, room)
    seat = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    await enrollments.enroll(caller(cast.joko), "TIK-02-A")
    clock.moment = room.closes_at - timedelta(hours=3)
    await enrollments.cancel(caller(cast.sari), seat.enrollment_id)
    [view] = await enrollments.mine(caller(cast.joko))
    assert view.enrollment.offer_expires_at == room.closes_at


async def test_no_seat_is_offered_once_enrolling_has_closed(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast, clock: FixedClock
) -> None:
    room = session(seats=1)
    await add_sessions(unit_of_work, room)
    seat = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    await enrollments.enroll(caller(cast.joko), "TIK-02-A")
    clock.moment = room.closes_at
    await enrollments.cancel(caller(cast.sari), seat.enrollment_id)
    assert await _status(enrollments, cast.joko) is Status.WAITLISTED
    await enrollments.lapse_offers()
    await enrollments.lapse_offers()
    assert await _status(enrollments, cast.joko) is Status.LAPSED
    [view] = await enrollments.mine(caller(cast.joko))
    assert await waiting_for(unit_of_work, view.enrollment.enrollment_id, cast.joko) == [Kind.LINE_ENDED]


async def test_more_seats_are_offered_to_those_who_wait_at_the_next_tick(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast, clock: FixedClock
) -> None:
    room = session(seats=1)
    await add_sessions(unit_of_work, room)
    for someone in (cast.sari, cast.joko, cast.budi, cast.tono):
        clock.pass_by(seconds=1)
        await enrollments.enroll(caller(someone), room.code)
    await add_sessions(unit_of_work, replace(room, seats=3))

    newcomer = await enrollments.enroll(caller(cast.lina), room.code)
    assert newcomer.place_in_line == 4  # those in line come first, even before the tick
    assert await enrollments.lapse_offers() == 0

    assert [await _status(enrollments, p) for p in (cast.joko, cast.budi, cast.tono)] == [
        Status.OFFERED,
        Status.OFFERED,
        Status.WAITLISTED,
    ]


async def test_leaving_the_line_moves_the_others_up(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast, clock: FixedClock
) -> None:
    await add_sessions(unit_of_work, session(seats=1))
    for someone in (cast.sari, cast.joko, cast.budi):
        clock.pass_by(seconds=1)
        await enrollments.enroll(caller(someone), "TIK-02-A")
    [waiting] = await enrollments.mine(caller(cast.joko))
    await enrollments.cancel(caller(cast.joko), waiting.enrollment.enrollment_id)
    [view] = await enrollments.mine(caller(cast.budi))
    assert view.place_in_line == 1
    assert await _status(enrollments, cast.sari) is Status.CONFIRMED


async def test_an_offer_that_clashes_with_a_seat_taken_meanwhile_is_not_accepted_but_stands(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session(seats=1), session(VALUES, "A"))
    seat = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    waiting = (await enrollments.enroll(caller(cast.joko), "TIK-02-A")).enrollment
    other = (await enrollments.enroll(caller(cast.joko), "SOS-01-A")).enrollment  # waiting holds no seat
    await enrollments.cancel(caller(cast.sari), seat.enrollment_id)

    with pytest.raises(ScheduleClash) as clash:
        await enrollments.answer_offer(caller(cast.joko), waiting.enrollment_id, accept=True)
    assert clash.value.other_session_code == "SOS-01-A"

    await enrollments.cancel(caller(cast.joko), other.enrollment_id)
    accepted = await enrollments.answer_offer(caller(cast.joko), waiting.enrollment_id, accept=True)
    assert accepted.enrollment.status is Status.CONFIRMED
    assert accepted.enrollment.session.starts_at > NOW
