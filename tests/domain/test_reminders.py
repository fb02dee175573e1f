"""Which reminders there are, and that each still helps when it comes. The session begins on a Friday at 10:00 in Jakarta."""

from datetime import datetime, timedelta

import pytest

from core.domain.quiet_hours import is_quiet
from core.domain.reminders import Occasion, offer_reminder, reminders
from tests.factories import session

START = datetime.fromisoformat("2026-12-04T10:00:00+07:00")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}:00+07:00")


@pytest.mark.parametrize(
    ("held_since", "expected"),
    [
        ("11-24T10:00", {"week": "11-27T09:00", "day": "12-03T09:00", "morning": "12-04T07:00"}),
        (
            "11-27T09:00",
            {"day": "12-03T09:00", "morning": "12-04T07:00"},
        ),  # nobody needs a week's notice of this minute
        ("12-03T15:00", {"day": "12-03T09:00", "morning": "12-04T07:00"}),  # due already: it goes with the news
        ("12-04T07:30", {"day": "12-03T09:00"}),
    ],
)
def test_a_seat_is_reminded_a_week_before_a_day_before_and_that_morning(
    held_since: str, expected: dict[str, str]
) -> None:
    found = reminders(session(starts_at=START), at(held_since))
    assert {one.occasion.value: one.due_at for one in found} == {name: at(due) for name, due in expected.items()}


def test_each_is_dropped_when_the_next_has_come() -> None:
    week, day, morning = reminders(session(starts_at=START), at("11-24T10:00"))
    assert (week.expires_at, day.expires_at, morning.expires_at) == (day.due_at, START, START)


def test_a_session_at_dawn_has_no_reminder_that_morning() -> None:
    dawn = session(starts_at=at("12-04T06:30"))
    assert [one.occasion for one in reminders(dawn, at("11-24T10:00"))] == [Occasion.WEEK, Occasion.DAY]


@pytest.mark.parametrize(
    ("offered", "expires", "reminded"),
    [
        ("11-24T15:00", "11-25T15:00", "11-25T11:00"),
        ("11-24T10:00", "11-25T10:00", "11-25T07:00"),  # four hours before is six in the morning
        ("11-24T08:00", "11-25T08:00", "11-24T19:00"),  # seven would leave an hour
        ("11-24T03:00", "11-25T03:00", "11-24T19:00"),
        ("11-24T18:30", "11-25T08:00", None),  # the evening before is too near to the offer itself
        ("11-24T10:00", "11-24T14:00", None),
    ],
)
def test_an_offer_is_called_to_mind_near_its_end_but_not_at_night(
    offered: str, expires: str, reminded: str | None
) -> None:
    assert offer_reminder(at(offered), at(expires)) == (at(reminded) if reminded else None)


def test_no_reminder_of_an_offer_ever_comes_at_night_or_too_late() -> None:
    for hour in range(48):
        for lasts in (2, 5, 9, 24):
            offered = at("11-24T00:00") + timedelta(hours=hour)
            due = offer_reminder(offered, offered + timedelta(hours=lasts))
            assert due is None or (not is_quiet(due) and offered < due < offered + timedelta(hours=lasts))
