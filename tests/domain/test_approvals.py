"""When a request that nobody decides is nudged, escalated and ended."""

from datetime import datetime, timedelta

import pytest

from core.domain.approvals import asked_at, escalate_at, lapses_at, nudge_at
from core.domain.enrollment import Enrollment, Status
from tests.factories import NOW, session

HOUR = timedelta(hours=1)


def at(text: str) -> datetime:
    """On Jakarta's wall clock."""
    return datetime.fromisoformat(f"{text}+07:00")


def _request(asked: datetime, **other: object) -> Enrollment:
    return Enrollment(1, 1, session(**other), Status.REQUESTED, asked)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "nudged", "escalated"),
    [
        ("2026-11-24 10:00", "2026-11-26 10:00", "2026-11-30 10:00"),
        ("2026-11-26 22:15", "2026-12-01 07:00", "2026-12-03 07:00"),  # due in the quiet hours: the next morning
        ("2026-11-25 05:00", "2026-11-27 07:00", "2026-12-01 07:00"),
    ],
)
def test_silence_is_noticed_after_two_and_four_working_days(asked: str, nudged: str, escalated: str) -> None:
    request = _request(at(asked))
    assert nudge_at(request, frozenset()) == at(nudged)
    assert escalate_at(request, frozenset()) == at(escalated)


def test_a_seat_taken_from_an_offer_is_asked_about_when_it_was_taken() -> None:
    request = Enrollment(1, 1, session(), Status.REQUESTED, NOW - 50 * HOUR, decided_at=NOW)
    assert asked_at(request) == NOW


@pytest.mark.parametrize(
    ("before_close", "lapses_before_close"),
    [
        (100 * HOUR, 24 * HOUR),
        (48 * HOUR, 24 * HOUR),
        (47 * HOUR, timedelta(0)),  # too late to be passed on: until enrolling closes
        (24 * HOUR, timedelta(0)),
        (10 * HOUR, -14 * HOUR),  # later still: a day to decide
    ],
)
def test_an_undecided_request_lapses_while_its_seat_can_still_be_offered(
    before_close: timedelta, lapses_before_close: timedelta
) -> None:
    closes_at = session().closes_at
    assert lapses_at(_request(closes_at - before_close)) == closes_at - lapses_before_close


def test_no_request_outlives_the_beginning_of_its_session() -> None:
    room = session(closes_at=session().starts_at)
    assert lapses_at(Enrollment(1, 1, room, Status.REQUESTED, room.starts_at - HOUR)) == room.starts_at
