"""Nobody is written to between 20:00 and 07:00 without need."""

from datetime import datetime

import pytest

from core.domain.quiet_hours import is_quiet, next_waking_time


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        ("2026-11-24T06:59:59+07:00", "2026-11-24T07:00:00+07:00"),
        ("2026-11-24T07:00:00+07:00", "2026-11-24T07:00:00+07:00"),
        ("2026-11-24T19:59:59+07:00", "2026-11-24T19:59:59+07:00"),
        ("2026-11-24T20:00:00+07:00", "2026-11-25T07:00:00+07:00"),
        ("2026-11-28T23:30:00+07:00", "2026-11-29T07:00:00+07:00"),  # a Sunday: phones are read on Sundays
    ],
)
def test_what_can_wait_waits_for_seven_in_jakarta(moment: str, due: str) -> None:
    asked, expected = datetime.fromisoformat(moment), datetime.fromisoformat(due)
    assert next_waking_time(asked) == expected
    assert is_quiet(asked) == (asked != expected)
