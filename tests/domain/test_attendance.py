"""The rotating code and the hours in which it counts."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain import attendance as rules
from core.domain.courses import SessionStatus
from core.domain.tries import locked_until, tries_left
from tests.factories import NOW, session

SECRET = b"s" * 32
ROOM = session()  # two days, 10:00 to 18:00 in Jakarta


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


def test_a_code_is_six_letters_without_look_alikes() -> None:
    code = rules.code_at(SECRET, "TIK-02-A", NOW)
    assert len(code) == rules.LENGTH
    assert set(code) <= set(rules.ALPHABET)
    assert not set("ILO01") & set(rules.ALPHABET)


@given(seconds=st.integers(0, 4 * 3600))
def test_a_code_counts_while_shown_and_one_window_longer(seconds: int) -> None:
    later = NOW + timedelta(seconds=seconds)
    code = rules.code_at(SECRET, "TIK-02-A", NOW)
    in_time = later < rules.shown_until(NOW) + rules.WINDOW
    assert rules.is_current(SECRET, "TIK-02-A", later, code) is in_time
    is_remembered = later < rules.shown_until(NOW) + (rules.REMEMBERED + 1) * rules.WINDOW
    assert rules.is_outdated(SECRET, "TIK-02-A", later, code) is (is_remembered and not in_time)


@pytest.mark.parametrize(
    "typed", [str.lower, lambda code: f"{code[:3]} {code[3:]}", lambda code: f" {code[:3]}-{code[3:]} "]
)
def test_case_blanks_and_dashes_do_not_matter(typed) -> None:  # type: ignore[no-untyped-def]
    assert rules.is_current(SECRET, "TIK-02-A", NOW, typed(rules.code_at(SECRET, "TIK-02-A", NOW)))


def test_another_session_or_secret_has_another_code() -> None:
    codes = {
        rules.code_at(secret, session_code, NOW)
        for secret in (SECRET, b"t" * 32)
        for session_code in ("TIK-02-A", "TIK-02-B")
    }
    assert len(codes) == 4


@pytest.mark.parametrize("typed", ["", "ABC", "ÄÖÜ123", "A" * 200])
def test_anything_else_is_no_code(typed: str) -> None:
    assert not rules.is_current(SECRET, "TIK-02-A", NOW, typed)
    assert not rules.is_outdated(SECRET, "TIK-02-A", NOW, typed)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-12-04 08:59", False),
        ("2026-12-04 09:00", True),  # an hour before
        ("2026-12-04 19:00", True),  # an hour after
        ("2026-12-04 19:01", False),
        ("2026-12-05 03:00", False),  # the night between
        ("2026-12-05 09:00", True),
        ("2026-12-05 19:00", True),
        ("2026-12-05 19:01", False),
        ("2026-12-03 10:00", False),
    ],
)
def test_presence_counts_on_the_days_of_the_session_within_its_hours(moment: str, is_open: bool) -> None:
    assert rules.is_open(ROOM, at(moment)) is is_open


def test_a_session_over_midnight_is_open_until_it_ends() -> None:
    night = replace(ROOM, starts_at=at("2026-12-04 22:00"), ends_at=at("2026-12-05 04:00"))
    assert rules.is_open(night, at("2026-12-05 02:00"))
    assert not rules.is_open(night, at("2026-12-05 05:01"))


def test_it_is_known_when_the_code_can_be_shown_next() -> None:
    assert rules.opens_at(ROOM, NOW) == at("2026-12-04 09:00")
    assert rules.opens_at(ROOM, at("2026-12-04 20:00")) == at("2026-12-05 09:00")
    assert rules.opens_at(ROOM, at("2026-12-05 20:00")) is None


def test_a_cancelled_session_is_never_open() -> None:
    gone = replace(ROOM, status=SessionStatus.CANCELLED)
    assert not rules.is_open(gone, at("2026-12-04 10:00"))
    assert rules.opens_at(gone, NOW) is None


def test_the_list_may_be_confirmed_from_shortly_before_the_end() -> None:
    assert not rules.is_over(ROOM, at("2026-12-05 16:59"))
    assert rules.is_over(ROOM, at("2026-12-05 17:00"))


def test_the_fifth_wrong_try_in_time_locks_and_the_lock_ends() -> None:
    lasts = timedelta(minutes=15)
    tries = [NOW + timedelta(minutes=number) for number in range(5)]
    assert locked_until(tries[:4], 5, lasts) is None
    assert tries_left(tries[:4], tries[3], 5, lasts) == 1
    assert locked_until(tries, 5, lasts) == tries[-1] + lasts
    assert locked_until([NOW - timedelta(minutes=16), *tries[1:]], 5, lasts) is None
