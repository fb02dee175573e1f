"""A day and time as somebody types it, on Jakarta's clock."""

import re
from datetime import datetime

from core.domain.calendar import JAKARTA

_TYPED = re.compile(
    r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})[ ,]+(?:pukul |jam )?(\d{1,2})[.:](\d{2})(?: *wib)?", re.IGNORECASE
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})[ T](\d{1,2})[.:](\d{2})")


def read(text: str) -> datetime | None:
    """1-12-2026 09.00, 1/12/2026 pukul 9:00, 2026-12-01 09:00; None for anything else."""
    text = " ".join(text.split())
    if match := _TYPED.fullmatch(text):
        day, month, year, hour, minute = map(int, match.groups())
    elif match := _ISO.fullmatch(text):
        year, month, day, hour, minute = map(int, match.groups())
    else:
        return None
    try:
        return datetime(year, month, day, hour, minute, tzinfo=JAKARTA)
    except ValueError:  # the 31st of February
        return None
