"""Evaluations: asked for once the list is confirmed, given once, counted by session, erased on request."""

from datetime import timedelta

import pytest

from core.domain.calendar import jakarta
from core.domain.enrollment import Enrollment
from core.domain.errors import (
    AlreadyEvaluated,
    EmptyText,
    NotAParticipant,
    NotLinked,
    NotYours,
    RatingOutOfRange,
    TextTooLong,
    UnknownEnrollment,
)
from core.domain.evaluations import SessionEvaluations
from core.domain.messages import DeliveryStatus, Kind
from core.domain.people import Caller
from core.ports import UnitOfWorkFactory
from core.services.attendance_lists import AttendanceLists
from core.services.enrollment import Enrollments
from core.services.evaluations import Evaluations
from core.services.identity import Identity
from tests.factories import Cast, add_sessions, caller, session
from tests.fakes import FixedClock

ROOM = session()


@pytest.fixture
def evaluations(unit_of_work: UnitOfWorkFactory, clock: FixedClock) -> Evaluations:
    return Evaluations(unit_of_work, clock)


@pytest.fixture
async def seats(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast, clock: FixedClock
) -> dict[str, Enrollment]:
    """Sari and Budi completed the session, Joko did not come."""
    await add_sessions(unit_of_work, ROOM)
    held = {}
    for name in ("sari", "budi", "joko"):
        held[name] = (await enrollments.enroll(caller(getattr(cast, name)), ROOM.code)).enrollment
    clock.moment = ROOM.ends_at
    lists = AttendanceLists(unit_of_work, clock)
    await lists.confirm(None, ROOM.code, absent_nips=[cast.joko.nip], everybody_came=True)
    return held


async def requests(unit_of_work: UnitOfWorkFactory, row: Enrollment) -> list[DeliveryStatus]:
    async with unit_of_work() as uow:
        rows = await uow.outbox.of_enrollment(row.enrollment_id)
    return [message.status for message in rows if message.kind is Kind.EVALUATION_REQUEST]


async def test_those_who_completed_it_are_asked_in_office_hours(
    unit_of_work: UnitOfWorkFactory, seats: dict[str, Enrollment]
) -> None:
    async with unit_of_work() as uow:
        rows = await uow.outbox.of_enrollment(seats["sari"].enrollment_id)
        assert [m for m in await uow.outbox.of_enrollment(seats["joko"].enrollment_id) if "evaluation" in m.kind] == []
    (asked,) = [message for message in rows if message.kind is Kind.EVALUATION_REQUEST]
    # the session ended on a Saturday evening
    assert jakarta(asked.due_at).strftime("%A %H:%M") == "Monday 07:00"
    assert asked.expires_at == asked.due_at + timedelta(days=14)


async def test_a_rating_counts_once_and_the_question_is_taken_back(
    unit_of_work: UnitOfWorkFactory, evaluations: Evaluations, cast: Cast, seats: dict[str, Enrollment]
) -> None:
    number = seats["sari"].enrollment_id
    first = await evaluations.rate(caller(cast.sari), number, 4)
    assert await evaluations.rate(caller(cast.sari), number, 4) == first
    with pytest.raises(AlreadyEvaluated) as told:
        await evaluations.rate(caller(cast.sari), number, 5)
    assert told.value.rating == 4
    assert await requests(unit_of_work, seats["sari"]) == [DeliveryStatus.WITHDRAWN]
    assert await requests(unit_of_work, seats["budi"]) == [DeliveryStatus.QUEUED]


async def test_averages_are_of_those_who_answered(
    evaluations: Evaluations, cast: Cast, seats: dict[str, Enrollment]
) -> None:
    title = ROOM.course.title
    assert await evaluations.by_session() == [SessionEvaluations(ROOM.code, title, 2, 0, None)]
    await evaluations.rate(caller(cast.sari), seats["sari"].enrollment_id, 4)
    await evaluations.rate(caller(cast.budi), seats["budi"].enrollment_id, 3)
    await evaluations.comment(caller(cast.budi), seats["budi"].enrollment_id, " Terlalu cepat ")
    assert await evaluations.by_session() == [SessionEvaluations(ROOM.code, title, 2, 2, 3.5, ("Terlalu cepat",))]


async def test_a_comment_comes_after_the_number_and_once(
    evaluations: Evaluations, cast: Cast, seats: dict[str, Enrollment]
) -> None:
    number = seats["sari"].enrollment_id
    with pytest.raises(UnknownEnrollment):
        await evaluations.comment(caller(cast.sari), number, "Bagus")
    await evaluations.rate(caller(cast.sari), number, 5)
    with pytest.raises(EmptyText):
        await evaluations.comment(caller(cast.sari), number, "  ")
    with pytest.raises(TextTooLong):
        await evaluations.comment(caller(cast.sari), number, "x" * 501)
    await evaluations.comment(caller(cast.sari), number, "Bagus")
    with pytest.raises(AlreadyEvaluated):
        await evaluations.comment(caller(cast.sari), number, "Lagi")


async def test_nobody_rates_for_another_or_without_having_been_there(
    evaluations: Evaluations, cast: Cast, seats: dict[str, Enrollment]
) -> None:
    for someone, row, refusal in (
        (caller(cast.budi), seats["sari"].enrollment_id, NotYours),
        (caller(cast.joko), seats["joko"].enrollment_id, NotAParticipant),
        (caller(cast.sari), 4711, UnknownEnrollment),
        (Caller(telegram_id=5), seats["sari"].enrollment_id, NotLinked),
    ):
        with pytest.raises(refusal):
            await evaluations.rate(someone, row, 3)
    for wrong in (0, 6):
        with pytest.raises(RatingOutOfRange):
            await evaluations.rate(caller(cast.sari), seats["sari"].enrollment_id, wrong)


async def test_erasing_a_person_takes_their_words_and_keeps_the_number(
    evaluations: Evaluations, identity: Identity, cast: Cast, seats: dict[str, Enrollment]
) -> None:
    await evaluations.rate(caller(cast.sari), seats["sari"].enrollment_id, 5)
    await evaluations.comment(caller(cast.sari), seats["sari"].enrollment_id, "Saya yang duduk di depan")
    await identity.delete_my_data(caller(cast.sari))
    (row,) = await evaluations.by_session()
    assert (row.answers, row.comments) == (1, ())


async def test_a_correction_to_no_hours_takes_the_question_back(
    unit_of_work: UnitOfWorkFactory, clock: FixedClock, cast: Cast, seats: dict[str, Enrollment]
) -> None:
    lists = AttendanceLists(unit_of_work, clock)
    await lists.correct(None, ROOM.code, cast.sari.nip, 0, "Tidak hadir")
    assert await requests(unit_of_work, seats["sari"]) == [DeliveryStatus.WITHDRAWN]
