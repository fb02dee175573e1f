"""How many wrong codes are too many, and how long one waits then."""

from collections.abc import Sequence
from datetime import datetime, timedelta


def locked_until(tries: Sequence[datetime], limit: int, lasts: timedelta) -> datetime | None:
    """When typing is possible again after these wrong tries (oldest first), if the last of them locked.

    Callers read the tries of twice the time of the lock: the one that locked may be that old and its first as much older.
    """
    if len(tries) < limit or tries[-1] - tries[-limit] >= lasts:
        return None
    return tries[-1] + lasts


def tries_left(tries: Sequence[datetime], now: datetime, limit: int, lasts: timedelta) -> int:
    return limit - sum(now - tried < lasts for tried in tries)
