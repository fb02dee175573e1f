"""A seat on offer in a session that HR moves: its deadline follows, and its person is told."""

from datetime import timedelta

import pytest

from core.domain.enrollment import Enrollment, Status
from core.domain.errors import OfferExpired
from core.domain.messages import DeliveryStatus, Kind
from core.domain.session_changes import SessionChange
from core.ports import UnitOfWorkFactory
from core.services.enrollment import Enrollments
from core.services.sessions import Sessions
from tests.factories import NOW, Cast, add_sessions, caller, session
from tests.fakes import FixedClock
from tests.services.ledger import audited, rows

HOUR = timedelta(hours=1)


@pytest.fixture
def sessions(unit_of_work: UnitOfWorkFactory, clock: FixedClock) -> Sessions:
    return Sessions(unit_of_work, clock)


@pytest.fixture
async def offer(unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast) -> Enrollment:
    """Joko's, until tomorrow at this hour, and already sent to him."""
    await add_sessions(unit_of_work, session(seats=1))
    first = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    await enrollments.enroll(caller(cast.joko), "TIK-02-A")
    await enrollments.cancel(caller(cast.sari), first.enrollment_id)
    async with unit_of_work() as uow:
        for row in await uow.outbox.claim(NOW, limit=9, bulk=False, claimed_by="test"):
            await uow.outbox.settle(row.message_id, DeliveryStatus.SENT, NOW)
        await uow.commit()
    [view] = await enrollments.mine(caller(cast.joko))
    assert view.enrollment.offer_expires_at == NOW + 24 * HOUR
    return view.enrollment


async def test_a_session_moved_before_the_deadline_of_an_offer_shortens_it_and_moves_its_reminder(
    unit_of_work: UnitOfWorkFactory, sessions: Sessions, enrollments: Enrollments, cast: Cast, offer: Enrollment
) -> None:
    start = NOW + 10 * HOUR
    done = await sessions.change(caller(cast.dewi), "TIK-02-A", SessionChange(starts_at=start))

    [view] = await enrollments.mine(caller(cast.joko))
    assert (done.told, view.enrollment.status) == (1, Status.OFFERED)
    assert view.enrollment.offer_expires_at == start
    [told] = await rows(unit_of_work, offer.enrollment_id, Kind.SESSION_MOVED)
    assert told.facts["offer_expires_at"] == start.isoformat()
    assert told.due_at < start
    old, new = await rows(unit_of_work, offer.enrollment_id, Kind.OFFER_REMINDER)
    assert (old.status, new.status) == (DeliveryStatus.WITHDRAWN, DeliveryStatus.QUEUED)
    assert NOW < new.due_at < start
    assert len(await rows(unit_of_work, offer.enrollment_id, Kind.SEAT_OFFERED)) == 1
    assert (await audited(unit_of_work, f"enrollment:{offer.enrollment_id}"))[-1] == (
        "offer_shortened",
        f"person:{cast.dewi.person_id}",
    )


async def test_an_offer_nobody_has_read_is_made_again_of_the_moved_session(
    unit_of_work: UnitOfWorkFactory, sessions: Sessions, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session(seats=1))
    first = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    waits = (await enrollments.enroll(caller(cast.joko), "TIK-02-A")).enrollment
    await enrollments.cancel(caller(cast.sari), first.enrollment_id)
    later = session().starts_at + timedelta(days=5)
    await sessions.change(caller(cast.dewi), "TIK-02-A", SessionChange(starts_at=later))
    old, new = await rows(unit_of_work, waits.enrollment_id, Kind.SEAT_OFFERED)
    assert (old.status, new.status) == (DeliveryStatus.WITHDRAWN, DeliveryStatus.QUEUED)
    assert new.facts["starts_at"] == later.isoformat()
    assert (
        new.facts["offer_expires_at"] == old.facts["offer_expires_at"]
    )  # never longer, and no shorter than it must be


async def test_an_earlier_deadline_of_enrolling_shortens_an_offer_and_says_so(
    unit_of_work: UnitOfWorkFactory,
    sessions: Sessions,
    enrollments: Enrollments,
    cast: Cast,
    clock: FixedClock,
    offer: Enrollment,
) -> None:
    change = SessionChange(closes_at=NOW + 5 * HOUR)
    roster = await sessions.roster(caller(cast.dewi), "TIK-02-A")
    after = await sessions.preview(caller(cast.dewi), "TIK-02-A", change)
    assert roster.told_of(after, NOW) == 1
    done = await sessions.change(caller(cast.dewi), "TIK-02-A", change)
    assert done.told == 1
    *_, told = await rows(unit_of_work, offer.enrollment_id, Kind.SEAT_OFFERED)
    assert (told.status, told.facts["is_shortened"]) == (DeliveryStatus.QUEUED, True)
    assert told.expires_at == NOW + 5 * HOUR
    clock.moment = NOW + 5 * HOUR
    with pytest.raises(OfferExpired):
        await enrollments.answer_offer(caller(cast.joko), offer.enrollment_id, accept=True)
    assert await enrollments.lapse_offers() == 1


async def test_closing_early_leaves_an_offer_its_time(
    sessions: Sessions, enrollments: Enrollments, cast: Cast, offer: Enrollment
) -> None:
    await sessions.close_enrolling(caller(cast.dewi), "TIK-02-A")
    taken = await enrollments.answer_offer(caller(cast.joko), offer.enrollment_id, accept=True)
    assert taken.enrollment.status is Status.CONFIRMED
