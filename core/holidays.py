"""Indonesia's public holidays and collective leave days (cuti bersama), from the package `holidays`."""

from datetime import date

from holidays import country_holidays

_CATEGORIES = ("public", "government")
"""`government` holds the collective leave days, on which offices of the state are closed too."""


class IndonesianHolidays:
    """A container of dates; a year is worked out when it is first asked about.

    Years whose joint decree is not out yet hold estimated dates and no collective leave.
    """

    def __init__(self) -> None:
        self._days = country_holidays("ID", categories=_CATEGORIES)

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and day in self._days
