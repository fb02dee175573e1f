"""Jakarta's clock on aware UTC times. Everything stored is UTC; this is where it meets the wall clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

JAKARTA = ZoneInfo("Asia/Jakarta")
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
"""As Jakarta calls them, from Monday on."""
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


def jakarta(moment: datetime) -> datetime:
    """The same moment on Jakarta's wall clock. `moment` must be aware."""
    return moment.astimezone(JAKARTA)


def at_jakarta(day: date, clock: time) -> datetime:
    """That wall-clock time in Jakarta, as aware UTC."""
    return datetime.combine(day, clock, tzinfo=JAKARTA).astimezone(UTC)


def day_before(moment: datetime, clock: time) -> datetime:
    """The given wall-clock time on the Jakarta day before `moment`, as aware UTC."""
    return at_jakarta(jakarta(moment).date() - timedelta(days=1), clock)


def year_of(moment: datetime) -> int:
    """The calendar year in Jakarta: learning hours are counted in it, and it turns seven hours before UTC's."""
    return jakarta(moment).year
