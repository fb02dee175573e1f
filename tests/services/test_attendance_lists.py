"""The list in HR's hands: confirming writes the hours once, corrections are new rows, everybody is told."""

import asyncio
from datetime import timedelta

import pytest

from core.domain.enrollment import Enrollment, Status
from core.domain.errors import (
    AttendanceNotOpen,
    AttendanceNotOver,
    EmptyText,
    HoursOutOfRange,
    ListNotConfirmed,
    NoCertificate,
    NotAParticipant,
    NotHR,
    NotYours,
    UnknownCertificate,
    UnknownEnrollment,
    UnknownPerson,
    UnknownSession,
)
from core.domain.messages import Kind
from core.domain.people import Person
from core.ports import UnitOfWorkFactory
from core.services.attendance import Attendances
from core.services.attendance_lists import AttendanceLists, Confirmed
from core.services.certificates import Certificates
from core.services.enrollment import Enrollments
from core.services.learning import LearningHours
from tests.factories import Cast, add_sessions, caller, session
from tests.fakes import FixedClock

ROOM = session()


@pytest.fixture
def lists(unit_of_work: UnitOfWorkFactory, clock: FixedClock) -> AttendanceLists:
    return AttendanceLists(unit_of_work, clock)


@pytest.fixture
async def seats(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast, clock: FixedClock
) -> dict[str, Enrollment]:
    """Sari, Joko and Budi have a seat, Sari signed in on both days, and the session is over."""
    await add_sessions(unit_of_work, ROOM)
    held = {}
    for name in ("sari", "joko", "budi"):
        held[name] = (await enrollments.enroll(caller(getattr(cast, name)), ROOM.code)).enrollment
    attendances = Attendances(unit_of_work, clock)
    for day in range(2):
        clock.moment = ROOM.starts_at + timedelta(days=day)
        shown = await attendances.code(caller(cast.dewi), ROOM.code)
        await attendances.sign_in(caller(cast.sari), shown.code)
    clock.moment = ROOM.ends_at
    return held


async def status(unit_of_work: UnitOfWorkFactory, enrollment: Enrollment) -> Status:
    async with unit_of_work() as uow:
        row = await uow.enrollments.get(enrollment.enrollment_id)
    assert row is not None
    return row.status


async def hours(unit_of_work: UnitOfWorkFactory, enrollment: Enrollment) -> list[tuple[int, str | None]]:
    async with unit_of_work() as uow:
        return [(e.hours, e.reason) for e in await uow.hours.of_enrollment(enrollment.enrollment_id)]


async def told(unit_of_work: UnitOfWorkFactory, enrollment: Enrollment) -> list[Kind]:
    """What the person was told beside the reminder, as it falls due."""
    async with unit_of_work() as uow:
        messages = await uow.outbox.of_enrollment(enrollment.enrollment_id)
    messages.sort(key=lambda m: (m.due_at, m.message_id))
    return [m.kind for m in messages if m.kind is not Kind.SESSION_REMINDER]


async def test_the_list_shows_who_was_there_and_for_how_many_days(
    lists: AttendanceLists, cast: Cast, seats: dict[str, Enrollment]
) -> None:
    listed = await lists.of_session(caller(cast.dewi), ROOM.code)
    assert [(row.person.name, row.days) for row in listed.participants] == [
        ("Budi Hartono", 0),
        ("Joko Prasetyo", 0),
        ("Sari Puspita", 2),
    ]
    assert [row.person for row in listed.of(Status.ATTENDED)] == [cast.sari]
    assert listed.is_over
    assert not listed.is_confirmed


async def test_confirming_completes_those_present_and_marks_the_others_absent(
    unit_of_work: UnitOfWorkFactory, lists: AttendanceLists, cast: Cast, clock: FixedClock, seats: dict[str, Enrollment]
) -> None:
    assert await lists.confirm(caller(cast.dewi), ROOM.code) == Confirmed(completed=1, no_shows=2)
    assert [await status(unit_of_work, row) for row in seats.values()] == [
        Status.COMPLETED,
        Status.NO_SHOW,
        Status.NO_SHOW,
    ]
    assert await hours(unit_of_work, seats["sari"]) == [(16, None)]
    assert await hours(unit_of_work, seats["joko"]) == []
    assert await told(unit_of_work, seats["sari"]) == [Kind.TRAINING_COMPLETED, Kind.EVALUATION_REQUEST]
    assert await told(unit_of_work, seats["joko"]) == [Kind.NO_SHOW_NOTED]
    assert (await LearningHours(unit_of_work, clock).summary(caller(cast.sari))).done == 16
    async with unit_of_work() as uow:
        trail = await uow.audit.of_subject(f"enrollment:{seats['sari'].enrollment_id}")
    assert trail[-1] == ("enrollment_completed", f"person:{cast.dewi.person_id}")


async def test_confirming_twice_writes_nothing_more(
    unit_of_work: UnitOfWorkFactory, lists: AttendanceLists, cast: Cast, seats: dict[str, Enrollment]
) -> None:
    done = await asyncio.gather(*(lists.confirm(caller(cast.dewi), ROOM.code) for _ in range(4)))
    assert sorted(one.completed + one.no_shows for one in done) == [0, 0, 0, 3]
    assert await hours(unit_of_work, seats["sari"]) == [(16, None)]
    assert await told(unit_of_work, seats["joko"]) == [Kind.NO_SHOW_NOTED]
    assert (await lists.of_session(None, ROOM.code)).is_confirmed


async def test_absent_ones_count_as_absent_whatever_the_code_says(
    unit_of_work: UnitOfWorkFactory, lists: AttendanceLists, cast: Cast, seats: dict[str, Enrollment]
) -> None:
    done = await lists.confirm(None, ROOM.code, absent_nips=[cast.sari.nip], everybody_came=True)
    assert done == Confirmed(completed=2, no_shows=1)
    assert await status(unit_of_work, seats["sari"]) is Status.NO_SHOW
    assert await status(unit_of_work, seats["budi"]) is Status.COMPLETED
    async with unit_of_work() as uow:
        trail = await uow.audit.of_subject(f"enrollment:{seats['budi'].enrollment_id}")
    assert trail[-2:] == [("enrollment_attended", "hr"), ("enrollment_completed", "hr")]


async def test_an_officer_can_say_that_somebody_was_there(
    unit_of_work: UnitOfWorkFactory, lists: AttendanceLists, cast: Cast, seats: dict[str, Enrollment]
) -> None:
    for _ in range(2):
        listed = await lists.mark_present(caller(cast.agus), seats["joko"].enrollment_id)
        assert [row.person.name for row in listed.of(Status.ATTENDED)] == ["Joko Prasetyo", "Sari Puspita"]
    listed = await lists.mark_all_present(caller(cast.agus), ROOM.code)
    assert listed.of(Status.CONFIRMED) == []
    async with unit_of_work() as uow:
        by = {presence.by for presence in await uow.attendance.of_session(ROOM.code)}
    assert by == {f"person:{cast.sari.person_id}", f"person:{cast.agus.person_id}"}


async def test_a_confirmed_list_is_not_changed_by_marking(
    unit_of_work: UnitOfWorkFactory, lists: AttendanceLists, cast: Cast, seats: dict[str, Enrollment]
) -> None:
    await lists.confirm(None, ROOM.code)
    await lists.mark_present(caller(cast.dewi), seats["joko"].enrollment_id)
    await lists.mark_all_present(caller(cast.dewi), ROOM.code)
    assert await status(unit_of_work, seats["joko"]) is Status.NO_SHOW


@pytest.mark.parametrize("who", ["sari", "bambang"])
async def test_nobody_but_officers_touches_the_list(
    lists: AttendanceLists, cast: Cast, seats: dict[str, Enrollment], who: str
) -> None:
    someone: Person = getattr(cast, who)
    asked = caller(someone)
    for work in (
        lists.of_session(asked, ROOM.code),
        lists.mark_present(asked, seats["joko"].enrollment_id),
        lists.mark_all_present(asked, ROOM.code),
        lists.confirm(asked, ROOM.code),
        lists.correct(asked, ROOM.code, cast.joko.nip, 16, "Hadir"),
    ):
        with pytest.raises(NotHR):
            await work


async def test_the_list_opens_with_the_session_and_is_confirmed_at_its_end(
    lists: AttendanceLists, cast: Cast, clock: FixedClock, seats: dict[str, Enrollment]
) -> None:
    clock.moment = ROOM.starts_at - timedelta(hours=2)
    for work in (lists.of_session(None, ROOM.code), lists.mark_present(None, seats["joko"].enrollment_id)):
        with pytest.raises(AttendanceNotOpen):
            await work
    clock.moment = ROOM.starts_at
    with pytest.raises(AttendanceNotOver):
        await lists.confirm(None, ROOM.code)


async def test_unknown_sessions_enrollments_and_people_are_told(
    lists: AttendanceLists, cast: Cast, seats: dict[str, Enrollment]
) -> None:
    with pytest.raises(UnknownSession):
        await lists.of_session(None, "XXX-01-A")
    with pytest.raises(UnknownEnrollment):
        await lists.mark_present(None, 4711)
    with pytest.raises(UnknownPerson):
        await lists.confirm(None, ROOM.code, absent_nips=["123"])
    with pytest.raises(NotAParticipant):
        await lists.confirm(None, ROOM.code, absent_nips=[cast.tono.nip])
    assert not (await lists.of_session(None, ROOM.code)).is_confirmed


async def test_a_correction_is_a_new_row_with_a_reason(
    unit_of_work: UnitOfWorkFactory, lists: AttendanceLists, cast: Cast, clock: FixedClock, seats: dict[str, Enrollment]
) -> None:
    await lists.confirm(None, ROOM.code)
    done = await lists.correct(None, ROOM.code, cast.sari.nip, 8, "Hadir satu hari saja")
    assert (done.hours, done.change) == (8, -8)
    assert await hours(unit_of_work, seats["sari"]) == [(16, None), (-8, "Hadir satu hari saja")]
    assert await status(unit_of_work, seats["sari"]) is Status.COMPLETED
    assert (await lists.correct(None, ROOM.code, cast.sari.nip, 8, "Sekali lagi")).change == 0
    assert await told(unit_of_work, seats["sari"]) == [
        Kind.TRAINING_COMPLETED,
        Kind.HOURS_CORRECTED,
        Kind.EVALUATION_REQUEST,
    ]
    assert (await LearningHours(unit_of_work, clock).summary(caller(cast.sari))).done == 8


async def test_a_contested_absence_becomes_completion_and_back(
    unit_of_work: UnitOfWorkFactory, lists: AttendanceLists, cast: Cast, seats: dict[str, Enrollment]
) -> None:
    await lists.confirm(None, ROOM.code)
    await lists.correct(caller(cast.dewi), ROOM.code, cast.joko.nip, 16, "Tanda tangan ada di daftar kertas")
    assert await status(unit_of_work, seats["joko"]) is Status.COMPLETED
    await lists.correct(caller(cast.dewi), ROOM.code, cast.joko.nip, 0, "Tanda tangan orang lain")
    assert await status(unit_of_work, seats["joko"]) is Status.NO_SHOW
    assert [number for number, _ in await hours(unit_of_work, seats["joko"])] == [16, -16]


async def test_a_correction_needs_a_confirmed_list_a_reason_and_hours_the_course_has(
    lists: AttendanceLists, cast: Cast, seats: dict[str, Enrollment]
) -> None:
    with pytest.raises(ListNotConfirmed):
        await lists.correct(None, ROOM.code, cast.sari.nip, 8, "Hadir satu hari saja")
    await lists.confirm(None, ROOM.code)
    with pytest.raises(EmptyText):
        await lists.correct(None, ROOM.code, cast.sari.nip, 8, "  ")
    for wrong in (-1, 17):
        with pytest.raises(HoursOutOfRange):
            await lists.correct(None, ROOM.code, cast.sari.nip, wrong, "Salah ketik")
    with pytest.raises(NotAParticipant):
        await lists.correct(None, ROOM.code, cast.tono.nip, 8, "Salah orang")


async def test_completion_brings_a_certificate_that_follows_the_corrections(
    unit_of_work: UnitOfWorkFactory, clock: FixedClock, lists: AttendanceLists, cast: Cast, seats: dict[str, Enrollment]
) -> None:
    certificates = Certificates(unit_of_work, clock)
    sari = caller(cast.sari)
    with pytest.raises(NoCertificate):
        await certificates.of_mine(sari, seats["sari"].enrollment_id)
    await lists.confirm(None, ROOM.code)
    own = await certificates.of_mine(sari, seats["sari"].enrollment_id)
    assert own.hours == 16
    assert [row.enrollment_id for row in await certificates.mine(sari)] == [seats["sari"].enrollment_id]
    assert await certificates.mine(caller(cast.joko)) == []
    await lists.correct(None, ROOM.code, cast.sari.nip, 8, "Hadir satu hari saja")
    assert (await certificates.of_mine(sari, seats["sari"].enrollment_id)).hours == 8
    await lists.correct(None, ROOM.code, cast.sari.nip, 0, "Tidak hadir")
    assert not (await certificates.check(own.certificate.number)).is_valid
    assert await certificates.mine(sari) == []
    await lists.correct(None, ROOM.code, cast.sari.nip, 16, "Bukti diterima")
    assert (await certificates.of_mine(sari, seats["sari"].enrollment_id)).certificate == own.certificate


async def test_a_certificate_is_its_owners(
    unit_of_work: UnitOfWorkFactory, clock: FixedClock, lists: AttendanceLists, cast: Cast, seats: dict[str, Enrollment]
) -> None:
    await lists.confirm(None, ROOM.code)
    certificates = Certificates(unit_of_work, clock)
    with pytest.raises(NotYours):
        await certificates.of_mine(caller(cast.joko), seats["sari"].enrollment_id)
    with pytest.raises(UnknownEnrollment):
        await certificates.of_mine(caller(cast.sari), 4711)
    with pytest.raises(UnknownCertificate):
        await certificates.check("RA-2026-AAAA-BBBB")
