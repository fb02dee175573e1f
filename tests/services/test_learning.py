"""Learning hours of the running year."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from core.domain.errors import NotLinked
from core.domain.learning import HoursEntry
from core.domain.people import Caller, Employment
from core.ports import UnitOfWorkFactory
from core.services.attendance_lists import AttendanceLists
from core.services.enrollment import Enrollments
from core.services.learning import LearningHours
from tests.factories import SERVICE, SPREADSHEET, VALUES, Cast, add_sessions, caller, session
from tests.fakes import FixedClock


@pytest.fixture
def hours(unit_of_work: UnitOfWorkFactory, clock: FixedClock) -> LearningHours:
    return LearningHours(unit_of_work, clock)


async def _earn(unit_of_work: UnitOfWorkFactory, person_id: int, *entries: tuple[int, date]) -> None:
    async with unit_of_work() as uow:
        for number, day in entries:
            await uow.hours.add(HoursEntry(person_id, number, day, "Pelatihan"))
        await uow.commit()


async def test_done_booked_and_missing_of_this_year(
    unit_of_work: UnitOfWorkFactory, hours: LearningHours, enrollments: Enrollments, cast: Cast
) -> None:
    await _earn(
        unit_of_work, cast.sari.person_id, (6, date(2026, 2, 1)), (2, date(2026, 3, 1)), (50, date(2025, 12, 31))
    )
    await add_sessions(
        unit_of_work,
        session(VALUES, "A", in_days=5),  # 8 JP, confirmed
        session(SERVICE, "A", in_days=12, needs_approval=True),  # 16 JP, requested
        session(SPREADSHEET, "A", in_days=60),  # next year
        session(SPREADSHEET, "B", in_days=20, seats=0),  # waiting books nothing
    )
    for code in ("SOS-01-A", "PLY-01-A", "TIK-02-A", "TIK-02-B"):
        await enrollments.enroll(caller(cast.sari), code)

    summary = await hours.summary(caller(cast.sari))

    assert (summary.year, summary.employment) == (2026, Employment.PNS)
    assert (summary.done, summary.booked, summary.missing, summary.missing_after_booked) == (8, 24, 12, 0)
    assert [entry.hours for entry in summary.entries] == [6, 2]


async def test_a_session_that_is_over_is_no_longer_booked(
    unit_of_work: UnitOfWorkFactory, hours: LearningHours, enrollments: Enrollments, cast: Cast, clock: FixedClock
) -> None:
    room = session(VALUES, "A", in_days=5)
    await add_sessions(unit_of_work, room)
    await enrollments.enroll(caller(cast.sari), room.code)
    clock.moment = room.ends_at - timedelta(seconds=1)
    assert (await hours.summary(caller(cast.sari))).booked == 8
    clock.moment = room.ends_at
    assert (await hours.summary(caller(cast.sari))).booked == 0


async def test_the_year_turns_in_jakarta(
    unit_of_work: UnitOfWorkFactory, hours: LearningHours, cast: Cast, clock: FixedClock
) -> None:
    await _earn(unit_of_work, cast.sari.person_id, (6, date(2026, 12, 31)), (3, date(2027, 1, 1)))
    clock.moment = datetime(2026, 12, 31, 16, 59, tzinfo=UTC)
    assert (await hours.summary(caller(cast.sari))).done == 6
    clock.moment = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)
    assert (await hours.summary(caller(cast.sari))).done == 3


async def test_a_visitor_has_no_hours(hours: LearningHours) -> None:
    with pytest.raises(NotLinked):
        await hours.summary(replace(Caller(), telegram_id=1))


async def test_a_session_attended_counts_until_its_list_is_confirmed(
    unit_of_work: UnitOfWorkFactory, hours: LearningHours, enrollments: Enrollments, cast: Cast, clock: FixedClock
) -> None:
    room = session(VALUES, "A", in_days=5)
    await add_sessions(unit_of_work, room)
    seat = (await enrollments.enroll(caller(cast.sari), room.code)).enrollment
    lists = AttendanceLists(unit_of_work, clock)
    clock.moment = room.starts_at
    await lists.mark_present(None, seat.enrollment_id)
    clock.moment = room.ends_at + timedelta(days=3)
    waiting = await hours.summary(caller(cast.sari))
    assert (waiting.done, waiting.booked, waiting.awaiting, waiting.missing_after_booked) == (0, 8, 8, 12)
    await lists.confirm(None, room.code)
    settled = await hours.summary(caller(cast.sari))
    assert (settled.done, settled.booked, settled.awaiting) == (8, 0, 0)


async def test_earlier_years_come_as_sums_newest_first(
    unit_of_work: UnitOfWorkFactory, hours: LearningHours, cast: Cast
) -> None:
    days = ((6, date(2024, 2, 1)), (2, date(2025, 3, 1)), (20, date(2025, 12, 31)), (5, date(2026, 1, 1)))
    await _earn(unit_of_work, cast.joko.person_id, *days)
    await _earn(unit_of_work, cast.sari.person_id, (9, date(2025, 5, 1)))
    assert (await hours.summary(caller(cast.joko))).earlier == ((2025, 22), (2024, 6))
