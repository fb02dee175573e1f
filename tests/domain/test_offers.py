"""How long an offered seat is held, and when its person is told."""

from datetime import datetime, timedelta

import pytest

from core.domain.waiting_list import offer_deadline, offer_told_at, shortened_offer
from tests.factories import NOW, session

HOUR = timedelta(hours=1)
TONIGHT = NOW.replace(hour=15)
"""22:00 in Jakarta."""
MORNING = NOW.replace(day=NOW.day + 1, hour=0)
"""07:00 in Jakarta."""


@pytest.mark.parametrize(("days", "hours"), [(10, 24), (3.1, 24), (3, 6), (1.1, 6), (1, 2), (0.5, 2)])
def test_an_offer_is_shorter_near_the_session(days: float, hours: int) -> None:
    room = session(in_days=days)
    room = session(in_days=days, closes_at=room.starts_at)
    assert offer_deadline(room, NOW) == NOW + hours * HOUR


def test_an_offer_made_at_night_counts_from_the_morning() -> None:
    assert offer_deadline(session(), TONIGHT) == MORNING + 24 * HOUR
    assert offer_told_at(TONIGHT, MORNING + 24 * HOUR) == MORNING
    assert offer_told_at(NOW, NOW + 24 * HOUR) == NOW


@pytest.mark.parametrize("closes_at", [MORNING + HOUR, MORNING - HOUR])
def test_an_offer_that_ends_before_the_morning_leaves_time_is_told_at_once(closes_at: datetime) -> None:
    room = session(closes_at=closes_at)
    assert offer_deadline(room, TONIGHT) == closes_at
    assert offer_told_at(TONIGHT, closes_at) == TONIGHT


def test_no_seat_is_offered_once_enrolling_is_over() -> None:
    assert offer_deadline(session(closes_at=NOW), NOW) is None


def test_an_offer_never_outlives_the_deadline_still_ahead_nor_the_start() -> None:
    expires_at = NOW + 24 * HOUR
    assert shortened_offer(expires_at, session(), NOW) is None
    assert shortened_offer(expires_at, session(closes_at=NOW + HOUR), NOW) == NOW + HOUR
    assert shortened_offer(expires_at, session(closes_at=NOW), NOW) is None  # closed by hand: it keeps its time
    assert shortened_offer(expires_at, session(in_days=0.5, closes_at=NOW), NOW) == session(in_days=0.5).starts_at
