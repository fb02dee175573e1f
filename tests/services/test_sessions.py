"""What HR makes of a session, and what its people hear of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from icalendar import Calendar

from core.domain.courses import SessionStatus
from core.domain.enrollment import Status
from core.domain.errors import (
    BadSessionTimes,
    EmptyText,
    NotHR,
    SeatsTaken,
    SessionCancelled,
    SessionExists,
    SessionStarted,
    UnknownCourse,
    UnknownSession,
)
from core.domain.messages import DeliveryStatus, Kind
from core.domain.session_changes import SessionChange
from core.ports import UnitOfWorkFactory
from core.services.enrollment import Enrollments
from core.services.sessions import Sessions
from tests.factories import NOW, SPREADSHEET, VALUES, Cast, add_sessions, caller, session
from tests.fakes import FixedClock
from tests.services.ledger import audited, kinds, rows

LATER = NOW + timedelta(days=20)


@pytest.fixture
def sessions(unit_of_work: UnitOfWorkFactory, clock: FixedClock) -> Sessions:
    return Sessions(unit_of_work, clock)


@pytest.mark.parametrize("who", ["sari", "bambang", "yatim"])
async def test_only_officers_may_and_the_registry_says_who_is_one(
    unit_of_work: UnitOfWorkFactory, sessions: Sessions, cast: Cast, who: str
) -> None:
    await add_sessions(unit_of_work, session())
    # what the caller says of themselves counts for nothing
    liar = caller(replace(getattr(cast, who), is_hr=True))
    for attempt in (
        sessions.coming(liar),
        sessions.roster(liar, "TIK-02-A"),
        sessions.open(liar, session(letter="B")),
        sessions.change(liar, "TIK-02-A", SessionChange(seats=9)),
        sessions.preview(liar, "TIK-02-A", SessionChange(seats=9)),
        sessions.close_enrolling(liar, "TIK-02-A"),
        sessions.cancel(liar, "TIK-02-A", "Iseng"),
    ):
        with pytest.raises(NotHR):
            await attempt
    async with unit_of_work() as uow:
        assert await uow.courses.session("TIK-02-A") == session()
    assert await audited(unit_of_work, "session:TIK-02-A") == []


async def test_a_session_is_opened_once_and_of_a_known_course(
    unit_of_work: UnitOfWorkFactory, sessions: Sessions, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work)
    opened = await sessions.open(caller(cast.dewi), session())
    assert opened == session()
    assert (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment.status is Status.CONFIRMED
    with pytest.raises(SessionExists):
        await sessions.open(caller(cast.dewi), session())
    with pytest.raises(UnknownCourse):
        await sessions.open(caller(cast.dewi), session(replace(SPREADSHEET, code="XXX-09")))
    for wrong in (
        session(letter="P", in_days=-1),
        session(letter="P", ends_at=session().starts_at),
        session(letter="P", closes_at=session().ends_at),
    ):
        with pytest.raises(BadSessionTimes):
            await sessions.open(caller(cast.dewi), wrong)
    assert await audited(unit_of_work, "session:TIK-02-A") == [("session_opened", f"person:{cast.dewi.person_id}")]


async def test_a_moved_session_is_told_to_all_who_hold_or_wait_for_a_seat_once(
    unit_of_work: UnitOfWorkFactory, sessions: Sessions, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session(seats=1))
    holds = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    waits = (await enrollments.enroll(caller(cast.joko), "TIK-02-A")).enrollment
    left = (await enrollments.enroll(caller(cast.budi), "TIK-02-A")).enrollment
    await enrollments.cancel(caller(cast.budi), left.enrollment_id)
    change = SessionChange(starts_at=LATER, place="BPSDM, Aula 2")

    done = await sessions.change(caller(cast.dewi), "tik-02-a", change)
    again = await sessions.change(caller(cast.dewi), "TIK-02-A", change)

    assert (done.told, again.told) == (2, 0)
    assert done.session.ends_at == LATER + timedelta(days=1, hours=8)  # as long as before
    assert done.session.sequence == again.session.sequence == 1
    assert await kinds(unit_of_work, left.enrollment_id) == []
    assert await kinds(unit_of_work, waits.enrollment_id) == [(Kind.SESSION_MOVED, DeliveryStatus.QUEUED)]
    assert await kinds(unit_of_work, holds.enrollment_id) == [
        (Kind.SESSION_REMINDER, DeliveryStatus.WITHDRAWN),
        (Kind.SESSION_MOVED, DeliveryStatus.QUEUED),
        (Kind.SESSION_REMINDER, DeliveryStatus.QUEUED),
    ]
    [told] = await rows(unit_of_work, holds.enrollment_id, Kind.SESSION_MOVED)
    assert (told.facts["was_place"], told.facts["place"]) == ("Daring (Zoom)", "BPSDM, Aula 2")
    assert told.facts["was_starts_at"] == session().starts_at.isoformat()
    assert told.facts["starts_at"] == LATER.isoformat()
    assert told.facts["clashes"] == []
    *_, reminder = await rows(unit_of_work, holds.enrollment_id, Kind.SESSION_REMINDER)
    assert reminder.facts["place"] == "BPSDM, Aula 2"
    assert LATER - timedelta(days=2) < reminder.due_at < LATER
    [event] = Calendar.from_ical(told.facts["calendar"]).walk("VEVENT")
    assert (str(event["uid"]), event["sequence"]) == ("tik-02-a@rekan-asn", 1)


async def test_moved_there_and_back_everybody_hears_of_both(
    unit_of_work: UnitOfWorkFactory, sessions: Sessions, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session())
    mine = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    await sessions.change(caller(cast.dewi), "TIK-02-A", SessionChange(starts_at=LATER))
    back = await sessions.change(caller(cast.dewi), "TIK-02-A", SessionChange(starts_at=session().starts_at))
    assert (back.told, back.session.sequence) == (1, 2)
    assert [row.status for row in await rows(unit_of_work, mine.enrollment_id, Kind.SESSION_MOVED)] == [
        DeliveryStatus.WITHDRAWN,  # never sent, and no longer true
        DeliveryStatus.QUEUED,
    ]
    assert [row.status for row in await rows(unit_of_work, mine.enrollment_id, Kind.SESSION_REMINDER)] == [
        DeliveryStatus.WITHDRAWN,
        DeliveryStatus.WITHDRAWN,
        DeliveryStatus.QUEUED,
    ]


async def test_a_clash_made_by_the_move_is_told(
    unit_of_work: UnitOfWorkFactory, sessions: Sessions, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session(), session(VALUES, in_days=20))
    await enrollments.enroll(caller(cast.sari), "SOS-01-A")
    mine = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    await sessions.change(caller(cast.dewi), "TIK-02-A", SessionChange(starts_at=LATER))
    [told] = await rows(unit_of_work, mine.enrollment_id, Kind.SESSION_MOVED)
    assert told.facts["clashes"] == ["Internalisasi BerAKHLAK (SOS-01-A)"]


async def test_a_request_follows_the_session_and_the_supervisor_is_asked_about_the_new_time(
    unit_of_work: UnitOfWorkFactory, sessions: Sessions, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session(needs_approval=True))
    asked = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    await sessions.change(caller(cast.dewi), "TIK-02-A", SessionChange(starts_at=LATER))
    first, second = await rows(unit_of_work, asked.enrollment_id, Kind.APPROVAL_REQUEST)
    assert (first.status, second.status) == (DeliveryStatus.WITHDRAWN, DeliveryStatus.QUEUED)
    assert second.person_id == cast.bambang.person_id
    assert second.facts["starts_at"] == LATER.isoformat()
    decided = await enrollments.decide_request(caller(cast.bambang), asked.enrollment_id, approve=True)
    assert decided.status is Status.CONFIRMED


async def test_more_seats_are_offered_at_once_and_taken_ones_cannot_go(
    unit_of_work: UnitOfWorkFactory, sessions: Sessions, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session(seats=2))
    for someone in (cast.sari, cast.joko, cast.budi):
        last = (await enrollments.enroll(caller(someone), "TIK-02-A")).enrollment
    with pytest.raises(SeatsTaken) as refusal:
        await sessions.change(caller(cast.dewi), "TIK-02-A", SessionChange(seats=1))
    assert refusal.value.taken == 2
    done = await sessions.change(caller(cast.dewi), "TIK-02-A", SessionChange(seats=3))
    assert (done.told, done.session.sequence) == (0, 0)  # nobody's calendar changes
    assert await kinds(unit_of_work, last.enrollment_id) == [(Kind.SEAT_OFFERED, DeliveryStatus.QUEUED)]


async def test_a_cancelled_session_ends_every_live_enrollment_and_tells_each_person_once(
    unit_of_work: UnitOfWorkFactory, sessions: Sessions, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session(seats=1), session(letter="B", in_days=40))
    holds = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    waits = (await enrollments.enroll(caller(cast.joko), "TIK-02-A")).enrollment
    with pytest.raises(EmptyText):
        await sessions.cancel(caller(cast.dewi), "TIK-02-A", "  ")

    done = await sessions.cancel(caller(cast.dewi), "TIK-02-A", "Pengajar berhalangan")
    with pytest.raises(SessionCancelled):
        await sessions.cancel(caller(cast.agus), "TIK-02-A", "Sekali lagi")

    assert (done.told, done.session.status) == (2, SessionStatus.CANCELLED)
    for enrollment in (holds, waits):
        async with unit_of_work() as uow:
            now = await uow.enrollments.get(enrollment.enrollment_id)
        assert now is not None
        assert (now.status, now.reason) == (Status.CANCELLED, "Pengajar berhalangan")
    assert await kinds(unit_of_work, waits.enrollment_id) == [(Kind.SESSION_CANCELLED, DeliveryStatus.QUEUED)]
    assert await kinds(unit_of_work, holds.enrollment_id) == [
        (Kind.SESSION_REMINDER, DeliveryStatus.WITHDRAWN),
        (Kind.SESSION_CANCELLED, DeliveryStatus.QUEUED),
    ]
    [told] = await rows(unit_of_work, holds.enrollment_id, Kind.SESSION_CANCELLED)
    assert [one["session_code"] for one in told.facts["others"]] == ["TIK-02-B"]
    calendar = Calendar.from_ical(told.facts["calendar"])
    [event] = calendar.walk("VEVENT")
    assert (str(calendar["method"]), str(event["status"]), event["sequence"]) == ("CANCEL", "CANCELLED", 1)
    assert (await audited(unit_of_work, "session:TIK-02-A"))[-1] == (
        "session_cancelled",
        f"person:{cast.dewi.person_id}",
    )


async def test_a_supervisor_asked_before_hears_that_the_session_is_cancelled(
    unit_of_work: UnitOfWorkFactory, sessions: Sessions, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session(needs_approval=True))
    asked = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    async with unit_of_work() as uow:
        [row] = await uow.outbox.claim(NOW, limit=5, bulk=False, claimed_by="test")
        await uow.outbox.settle(row.message_id, DeliveryStatus.SENT, NOW)
        await uow.commit()
    await sessions.cancel(caller(cast.dewi), "TIK-02-A", "Gedung dipakai")
    [told] = await rows(unit_of_work, asked.enrollment_id, Kind.REQUEST_WITHDRAWN)
    assert told.person_id == cast.bambang.person_id
    assert told.facts["session_cancelled"] is True


async def test_what_has_begun_or_is_cancelled_is_not_changed(
    unit_of_work: UnitOfWorkFactory, sessions: Sessions, cast: Cast, clock: FixedClock
) -> None:
    await add_sessions(unit_of_work, session(), session(letter="B", status=SessionStatus.CANCELLED))
    hr = caller(cast.dewi)
    with pytest.raises(SessionCancelled):
        await sessions.change(hr, "TIK-02-B", SessionChange(place="X"))
    with pytest.raises(UnknownSession):
        await sessions.roster(hr, "TIK-02-Z")
    clock.moment = session().starts_at
    for attempt in (
        sessions.change(hr, "TIK-02-A", SessionChange(place="X")),
        sessions.close_enrolling(hr, "TIK-02-A"),
        sessions.cancel(hr, "TIK-02-A", "Terlambat"),
    ):
        with pytest.raises(SessionStarted):
            await attempt


async def test_news_that_can_wait_comes_in_the_morning_and_urgent_news_at_once(
    unit_of_work: UnitOfWorkFactory, sessions: Sessions, enrollments: Enrollments, cast: Cast, clock: FixedClock
) -> None:
    tonight = NOW.replace(hour=15)  # 22:00 in Jakarta
    soon = session(letter="B", starts_at=tonight + timedelta(hours=10), ends_at=tonight + timedelta(hours=18))
    soon = replace(soon, closes_at=soon.starts_at)
    await add_sessions(unit_of_work, session(), soon)
    can_wait = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    urgent = (await enrollments.enroll(caller(cast.joko), "TIK-02-B")).enrollment
    clock.moment = tonight
    for code in ("TIK-02-A", "TIK-02-B"):
        await sessions.cancel(caller(cast.dewi), code, "Listrik padam")
    [first] = await rows(unit_of_work, can_wait.enrollment_id, Kind.SESSION_CANCELLED)
    [second] = await rows(unit_of_work, urgent.enrollment_id, Kind.SESSION_CANCELLED)
    assert first.due_at == NOW.replace(day=25, hour=0)  # 07:00 in Jakarta
    assert second.due_at == tonight


async def test_the_list_names_everybody_by_name_with_their_state(
    unit_of_work: UnitOfWorkFactory, sessions: Sessions, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session(seats=1), session(letter="C", in_days=-30))
    for someone in (cast.sari, cast.joko, cast.budi):
        await enrollments.enroll(caller(someone), "TIK-02-A")
    roster = await sessions.roster(caller(cast.dewi), "TIK-02-A")
    assert [(person.first_name, enrollment.status) for enrollment, person in roster.people] == [
        ("Budi", Status.WAITLISTED),
        ("Joko", Status.WAITLISTED),
        ("Sari", Status.CONFIRMED),
    ]
    assert (roster.live, roster.availability.left, roster.availability.waiting) == (3, 0, 2)
    coming = await sessions.coming(None)  # HR's command line
    assert [one.session.code for one in coming] == ["TIK-02-A"]
