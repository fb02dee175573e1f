"""The small rules: calendar, reminders, the line, texts, hours, names, retries."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from core.domain import errors
from core.domain.calendar import at_jakarta, day_before, year_of
from core.domain.campaign_content import check_text
from core.domain.courses import Availability
from core.domain.enrollment import Enrollment, Status
from core.domain.errors import EmptyText, TextTooLong
from core.domain.learning import HoursSummary
from core.domain.messages import retry_delay
from core.domain.people import Employment
from core.domain.reminders import day_before_reminder
from core.domain.waiting_list import line, offer_deadline, place_in_line
from tests.factories import NOW, person, session


def test_jakarta_is_seven_hours_ahead() -> None:
    assert at_jakarta(date(2026, 12, 1), time(8, 0)) == datetime(2026, 12, 1, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "year"),
    [("2026-12-31T16:59:59+00:00", 2026), ("2026-12-31T17:00:00+00:00", 2027), ("2027-01-01T00:00:00+00:00", 2027)],
)
def test_the_year_turns_in_jakarta(moment: str, year: int) -> None:
    assert year_of(datetime.fromisoformat(moment)) == year


@pytest.mark.parametrize(
    ("starts", "reminded"),
    [
        ("2026-12-01T08:00:00+07:00", "2026-11-30T09:00:00+07:00"),
        ("2026-12-01T00:30:00+07:00", "2026-11-30T09:00:00+07:00"),  # still the thirtieth in London
        ("2027-01-01T13:00:00+07:00", "2026-12-31T09:00:00+07:00"),
    ],
)
def test_the_reminder_comes_at_nine_the_day_before_in_jakarta(starts: str, reminded: str) -> None:
    room = session(starts_at=datetime.fromisoformat(starts))
    reminder = day_before_reminder(room)
    assert reminder.due_at == datetime.fromisoformat(reminded) == day_before(room.starts_at, time(9, 0))
    assert reminder.expires_at == room.starts_at


def _waiting(number: int, seconds: int, status: Status = Status.WAITLISTED) -> Enrollment:
    return Enrollment(number, number, session(), status, NOW, queued_at=NOW + timedelta(seconds=seconds))


def test_the_line_is_in_order_of_arrival_and_the_row_breaks_a_tie() -> None:
    rows = [_waiting(1, 30), _waiting(4, 10), _waiting(2, 10), _waiting(3, 0, Status.CONFIRMED), _waiting(5, 5)]
    assert [e.enrollment_id for e in line(rows)] == [5, 2, 4, 1]
    assert [place_in_line(rows, number) for number in (5, 2, 4, 1, 3, 99)] == [1, 2, 3, 4, None, None]


def test_an_offer_lasts_a_day_but_never_past_the_close_of_enrolling() -> None:
    room = session(in_days=10)  # closes in 8 days
    assert offer_deadline(room, NOW) == NOW + timedelta(hours=24)
    assert offer_deadline(room, room.closes_at - timedelta(hours=5)) == room.closes_at
    assert offer_deadline(room, room.closes_at) is None


def test_seats_left_are_never_negative() -> None:
    assert Availability(session(seats=7), 9, 0).left == 0


def test_texts_are_stripped_and_measured_in_utf16() -> None:
    assert check_text("  halo \n") == "halo"
    assert check_text("😀" * 2048) == "😀" * 2048
    with pytest.raises(EmptyText):
        check_text(" \n\t ")
    with pytest.raises(TextTooLong) as refusal:
        check_text("x" * 11, limit=10)
    assert (refusal.value.length, refusal.value.limit) == (11, 10)


def test_hours_missing_are_counted_down_to_none() -> None:
    assert HoursSummary(2026, Employment.PNS, done=8, booked=8).missing == 12
    assert HoursSummary(2026, Employment.PNS, done=8, booked=8).missing_after_booked == 4
    assert HoursSummary(2026, Employment.PNS, done=24, booked=8).missing_after_booked == 0


@pytest.mark.parametrize(
    ("name", "greeted"),
    [
        ("Sari Puspitasari", "Sari"),
        ("Drs. Bambang Irawan", "Bambang"),
        ("I Ketut Ardana", "Ketut"),
        ("Ni Luh Ayu Saraswati", "Luh"),
        ("H. Ahmad Fauzan", "Ahmad"),
        ("Sukarno", "Sukarno"),
        ("Ed", "Ed"),
    ],
)
def test_people_are_greeted_by_a_name_and_not_by_a_title(name: str, greeted: str) -> None:
    assert person(1, name).first_name == greeted


def test_the_nip_is_never_shown_in_full() -> None:
    assert person(7, "Sari").masked_nip == "•" * 15 + "007"
    assert "199013" not in repr(person(7, "Sari"))
    assert "Sari" not in repr(person(7, "Sari"))


def test_retries_rest_longer_and_longer_up_to_half_an_hour() -> None:
    rests = [retry_delay(n, 0.0).total_seconds() for n in range(1, 9)]
    assert rests == sorted(rests)
    assert rests[0] <= 5
    assert rests[-1] == 1800


def test_chance_makes_a_rest_up_to_a_quarter_longer() -> None:
    assert retry_delay(8, 1.0).total_seconds() == 1800 * 1.25


def test_the_tree_of_refusals_is_drawn_as_it_is() -> None:
    assert errors.__doc__ is not None
    drawn = {word for word in errors.__doc__.replace("│", " ").split() if word[0].isupper() and word.isidentifier()}

    def below(kind: type) -> set[str]:
        return {kind.__name__} | {name for child in kind.__subclasses__() for name in below(child)}

    assert below(errors.CoreError) <= drawn
