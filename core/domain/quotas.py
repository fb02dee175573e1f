"""Sub-quotas of a session: of its seats, so many at most for one unit and all below it. Counted from rows, never stored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from core.domain.courses import UnitQuota
from core.domain.people import Unit


@dataclass(frozen=True)
class QuotaUse:
    """How the quotas of one session stand. `taken` and `waiting` count people by the unit they work in."""

    quotas: tuple[UnitQuota, ...]
    units: Mapping[str, Unit]
    taken: Mapping[str, int]
    waiting: Mapping[str, int]

    def full_for(self, unit_code: str) -> UnitQuota | None:
        """The quota that leaves no seat for somebody of this unit, if there is one."""
        above = set(self._with_those_above(unit_code))
        return next((quota for quota in self.quotas if quota.unit_code in above and self._is_full(quota)), None)

    @property
    def waiting_for_a_seat(self) -> int:
        """Those in line whom no quota holds back: they come before whoever enrolls now."""
        return sum(count for unit, count in self.waiting.items() if self.full_for(unit) is None)

    def with_seat_for(self, unit_code: str) -> "QuotaUse":
        return replace(self, taken={**self.taken, unit_code: self.taken.get(unit_code, 0) + 1})

    def name_of(self, quota: UnitQuota) -> str:
        unit = self.units.get(quota.unit_code)
        return unit.name if unit is not None else quota.unit_code

    def _is_full(self, quota: UnitQuota) -> bool:
        below = (count for unit, count in self.taken.items() if quota.unit_code in self._with_those_above(unit))
        return sum(below) >= quota.seats

    def _with_those_above(self, unit_code: str) -> Iterator[str]:
        seen: set[str] = set()
        code: str | None = unit_code
        while code is not None and code not in seen:
            seen.add(code)
            yield code
            unit = self.units.get(code)
            code = unit.parent if unit is not None else None
