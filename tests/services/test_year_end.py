"""The word of the last quarter: who hears it, once, and which trainings it names."""

from datetime import datetime, timedelta

import pytest

from core.domain.learning import HoursEntry
from core.domain.messages import DeliveryStatus, Kind, Message
from core.domain.people import Person
from core.domain.year_end import is_time
from core.ports import UnitOfWorkFactory
from core.services import year_end
from core.services.enrollment import Enrollments
from core.services.year_end import YearEnd
from tests.factories import NOW, SERVICE, VALUES, Cast, add_sessions, caller, session, telegram_id
from tests.fakes import FixedClock


@pytest.fixture
def rounds(unit_of_work: UnitOfWorkFactory, clock: FixedClock) -> YearEnd:
    """Two days after everybody linked their account: a Thursday, 10:00 in Jakarta."""
    clock.pass_by(days=2)
    return YearEnd(unit_of_work, clock)


async def earn(unit_of_work: UnitOfWorkFactory, someone: Person, hours: int, year: int = 2026) -> None:
    async with unit_of_work() as uow:
        await uow.hours.add(HoursEntry(someone.person_id, hours, NOW.date().replace(year=year), "Diklat"))
        await uow.commit()


async def written(unit_of_work: UnitOfWorkFactory) -> dict[int | None, Message]:
    """By person; claimed, as it is the sender who sees them next."""
    async with unit_of_work() as uow:
        rows = await uow.outbox.claim(NOW + timedelta(days=2), limit=50, bulk=True, claimed_by="test")
    return {row.person_id: row for row in rows if row.kind is Kind.HOURS_SHORT}


async def test_those_under_twenty_hours_hear_it_once_a_year(
    unit_of_work: UnitOfWorkFactory, rounds: YearEnd, cast: Cast, clock: FixedClock
) -> None:
    await earn(unit_of_work, cast.sari, 20)
    await earn(unit_of_work, cast.joko, 19)
    await earn(unit_of_work, cast.budi, 30, year=2025)
    assert await rounds.remind() == 9
    assert await rounds.remind() == 0
    found = await written(unit_of_work)
    assert cast.sari.person_id not in found
    assert found[cast.joko.person_id].facts["missing"] == 1
    assert (found[cast.budi.person_id].facts["done"], found[cast.budi.person_id].facts["missing"]) == (0, 20)
    clock.pass_by(days=365)
    assert await rounds.remind() == 10


async def test_booked_hours_count_and_trainings_that_fit_are_named(
    unit_of_work: UnitOfWorkFactory, rounds: YearEnd, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(
        unit_of_work,
        session(),  # 16 JP; Sari has a seat
        session(letter="B", in_days=14),  # the same course
        session(VALUES, in_days=10),  # 8 JP, at the same time
        session(VALUES, "B", in_days=14),
        session(SERVICE, in_days=12),  # 16 JP, not for supervisors
        session(SERVICE, "N", in_days=60),  # ends in the next year
    )
    await earn(unit_of_work, cast.sari, 2)
    await enrollments.enroll(caller(cast.sari), "TIK-02-A")
    await rounds.remind()
    found = await written(unit_of_work)
    facts = found[cast.sari.person_id].facts
    assert (facts["done"], facts["booked"], facts["missing"]) == (2, 16, 2)
    assert [one["session_code"] for one in facts["trainings"]] == ["PLY-01-A", "SOS-01-B"]
    mine = [one["session_code"] for one in found[cast.bambang.person_id].facts["trainings"]]
    assert mine == ["SOS-01-A", "TIK-02-A"]


async def test_whose_booked_hours_close_the_gap_hears_nothing(
    unit_of_work: UnitOfWorkFactory, rounds: YearEnd, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session())
    await earn(unit_of_work, cast.sari, 4)
    await enrollments.enroll(caller(cast.sari), "TIK-02-A")
    await rounds.remind()
    assert cast.sari.person_id not in await written(unit_of_work)


async def test_who_opted_out_is_left_in_peace_before_and_after_the_row_is_written(
    unit_of_work: UnitOfWorkFactory, rounds: YearEnd, cast: Cast
) -> None:
    async with unit_of_work() as uow:
        await uow.accounts.set_opted_out(telegram_id(cast.sari), NOW)
        await uow.accounts.set_unreachable(telegram_id(cast.budi), NOW)
        await uow.commit()
    assert await rounds.remind() == 8
    async with unit_of_work() as uow:
        await uow.accounts.set_opted_out(telegram_id(cast.joko), NOW)
        await uow.commit()
    found = await written(unit_of_work)
    assert found.keys().isdisjoint({cast.sari.person_id, cast.budi.person_id, cast.joko.person_id})
    assert all(row.status is DeliveryStatus.SENDING for row in found.values())


async def test_newcomers_are_left_in_peace_for_a_day(
    unit_of_work: UnitOfWorkFactory, clock: FixedClock, cast: Cast
) -> None:
    clock.pass_by(hours=5)
    assert await YearEnd(unit_of_work, clock).remind() == 0


async def test_many_people_are_reached_in_batches_whoever_is_passed_over(
    unit_of_work: UnitOfWorkFactory, rounds: YearEnd, enrollments: Enrollments, cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(year_end, "BATCH", 2)
    await add_sessions(unit_of_work, session())
    for someone in (cast.ratna, cast.bambang):  # the whole first batch
        await earn(unit_of_work, someone, 10)
        await enrollments.enroll(caller(someone), "TIK-02-A")
    assert await rounds.remind() == 8


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-09-30T10:00", False),
        ("2026-10-01T10:00", True),
        ("2026-10-01T06:59", False),
        ("2026-10-01T17:00", False),
        ("2026-10-03T10:00", False),  # a Saturday
        ("2026-12-15T10:00", True),
        ("2026-12-16T10:00", False),
    ],
)
def test_it_goes_out_on_working_days_from_october_to_the_middle_of_december(moment: str, expected: bool) -> None:
    assert is_time(datetime.fromisoformat(f"{moment}:00+07:00"), frozenset()) is expected
