"""Being there: the rotating code shown in the room, when it counts, and what one day of presence is.

The code is derived from a secret of the session and the present stretch of time, so that nothing has to be stored for it
and a code sent on to somebody at home is worthless minutes later.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from core.domain.calendar import at_jakarta, jakarta
from core.domain.courses import Session, SessionStatus

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without I, L, O, 0 and 1, which are read for each other across a room."""
LENGTH = 6
WINDOW = timedelta(minutes=5)
"""How long one code is shown; it is accepted for one window more, so for five to ten minutes in all."""
REMEMBERED = 12
"""Windows (an hour) after which an old code of the session is no longer told apart from a wrong one."""
MARGIN = timedelta(minutes=60)
"""Before a day's hours begin and after they end."""

TRIES = 5
LOCK_LASTS = timedelta(minutes=15)
"""Shorter than for linking codes: whoever is locked out stands in the room and the class goes on."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Presence:
    """One person's day in a session. `by`: whose word it is ("code", or the officer who marked it)."""

    enrollment_id: int
    day: date
    at: datetime
    by: str


def code_at(secret: bytes, session_code: str, now: datetime) -> str:
    """The code shown at this moment."""
    return _code(secret, session_code, _window(now))


def shown_until(now: datetime) -> datetime:
    """When the next code takes the place of the one shown now."""
    return _EPOCH + (_window(now) + 1) * WINDOW


def is_current(secret: bytes, session_code: str, now: datetime, typed: str) -> bool:
    """True for the code of this window and of the one before."""
    return any(_matches(secret, session_code, _window(now) - back, typed) for back in (0, 1))


def is_outdated(secret: bytes, session_code: str, now: datetime, typed: str) -> bool:
    """True for a code that was shown within the last hour and counts no longer."""
    return any(_matches(secret, session_code, _window(now) - back, typed) for back in range(2, REMEMBERED + 2))


def tidy(typed: str) -> str:
    """Case, blanks and dashes do not matter."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def is_open(session: Session, now: datetime) -> bool:
    """Whether presence can be noted now: on each day of the session, within its daily hours and a margin."""
    return opens_at(session, now) is not None and any(start <= now <= end for start, end in _hours(session))


def opens_at(session: Session, now: datetime) -> datetime | None:
    """When presence can be noted next (or since when, while it can); None if it is over or the session is cancelled."""
    if session.status is SessionStatus.CANCELLED:
        return None
    return next((start for start, end in _hours(session) if now <= end), None)


def is_over(session: Session, now: datetime) -> bool:
    """Whether the list may be confirmed: from shortly before the end of the last day."""
    return now >= session.ends_at - MARGIN


def _hours(session: Session) -> list[tuple[datetime, datetime]]:
    """Each day's hours with the margin, first day first: the clock of the start to the clock of the end."""
    first, last = jakarta(session.starts_at), jakarta(session.ends_at)
    opens, closes = first.timetz().replace(tzinfo=None), last.timetz().replace(tzinfo=None)
    if first.date() == last.date() or closes <= opens:  # over midnight: no daily hours to speak of
        return [(session.starts_at - MARGIN, session.ends_at + MARGIN)]
    days = [first.date() + timedelta(days=number) for number in range((last.date() - first.date()).days + 1)]
    return [(_at(day, opens) - MARGIN, _at(day, closes) + MARGIN) for day in days]


def _at(day: date, clock: time) -> datetime:
    return at_jakarta(day, clock)


def _window(now: datetime) -> int:
    return (now - _EPOCH) // WINDOW


def _code(secret: bytes, session_code: str, window: int) -> str:
    digest = hmac.digest(secret, f"{session_code}:{window}".encode(), hashlib.sha256)
    number = int.from_bytes(digest[:16])
    letters = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)


def _matches(secret: bytes, session_code: str, window: int, typed: str) -> bool:
    return hmac.compare_digest(_code(secret, session_code, window).encode(), tidy(typed).encode())
