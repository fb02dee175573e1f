"""When the last message goes out: nights, weekends and holidays are waited for."""

from datetime import UTC, date, datetime, timedelta

from core.domain.sending_times import ends_at, sending_time

TUESDAY_TEN = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def test_the_line_of_the_design() -> None:
    assert sending_time(6214, 25) == timedelta(minutes=4, seconds=9)


def test_within_office_hours_it_ends_when_all_are_sent() -> None:
    assert ends_at(TUESDAY_TEN, 6214, 25, (), is_urgent=False) == TUESDAY_TEN + timedelta(seconds=249)


def test_what_does_not_fit_before_eight_in_the_evening_goes_on_in_the_morning() -> None:
    """From 19.30 there is half an hour for 45,000; the last 17,000 go out the next morning."""
    start = TUESDAY_TEN + timedelta(hours=9, minutes=30)
    assert ends_at(start, 62_000, 25, (), is_urgent=False) == TUESDAY_TEN + timedelta(hours=21, seconds=680)


def test_a_slow_sender_waits_two_nights_a_holiday_and_a_weekend() -> None:
    """13 hours a day at 1 a second; Thursday is a holiday."""
    holidays = [date(2026, 11, 26)]
    found = ends_at(TUESDAY_TEN, (10 + 13 + 13) * 3600 + 60, 1, holidays, is_urgent=False)
    assert found == datetime(2026, 11, 30, 0, 1, tzinfo=UTC)


def test_urgent_ones_wait_for_nothing() -> None:
    night = TUESDAY_TEN + timedelta(hours=12)
    assert ends_at(night, 25, 25, (), is_urgent=True) == night + timedelta(seconds=1)
    assert ends_at(night, 25, 25, (), is_urgent=False) == TUESDAY_TEN + timedelta(hours=21, seconds=1)


def test_nobody_takes_no_time() -> None:
    assert ends_at(TUESDAY_TEN, 0, 25, (), is_urgent=False) == TUESDAY_TEN
