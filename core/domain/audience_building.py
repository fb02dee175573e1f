"""Building an audience step by step, as buttons do: one condition put in or taken out at a time."""

from dataclasses import fields, replace
from enum import StrEnum
from typing import Any

from core.domain.audience import Audience, Group, parse


class Condition(StrEnum):
    """What a button can set; the values are the words `core.domain.audience` reads."""

    UNIT = "unit"
    STATUS = "status"
    LEVEL = "jenjang"
    HOURS = "jp"
    ENROLLED = "ikut"
    NOT_ENROLLED = "tidak-ikut"
    ACKNOWLEDGED = "paham"
    NOT_ACKNOWLEDGED = "belum-paham"


_EMPTY = Group()


def toggled(audience: Audience, condition: Condition, value: str, *, is_excluded: bool) -> Audience:
    """With the value put in, or taken out if it was there. Raises AudienceNotReadable for a value of another kind.

    What is included holds together in the first group. Each exclusion stands for itself: whom one of them fits is left out.
    """
    sign = "<" if condition is Condition.HOURS else "="
    wanted = parse(f"{condition}{sign}{value}").include[0]
    if not is_excluded:
        first = audience.include[0] if audience.include else _EMPTY
        return replace(audience, include=_without_empty((_toggled(first, wanted), *audience.include[1:])))
    name = _field(wanted)
    groups = list(audience.exclude)
    place = next((n for n, group in enumerate(groups) if _only(group) == name), None)
    if place is None:
        return replace(audience, exclude=(*groups, wanted))
    groups[place] = _toggled(groups[place], wanted)
    return replace(audience, exclude=_without_empty(tuple(groups)))


def holds(audience: Audience, condition: Condition, value: str, *, is_excluded: bool) -> bool:
    """Whether `toggled` would take the value out."""
    after = toggled(audience, condition, value, is_excluded=is_excluded)
    if is_excluded:
        return _count(after.exclude) < _count(audience.exclude)
    return _count(after.include) < _count(audience.include)


def _count(groups: tuple[Group, ...]) -> int:
    values = [getattr(group, field.name) for group in groups for field in fields(group)]
    return sum(len(value) if isinstance(value, tuple) else value is not None for value in values)


def cleared(audience: Audience, *, is_excluded: bool) -> Audience:
    return replace(audience, exclude=()) if is_excluded else replace(audience, include=())


def _toggled(group: Group, wanted: Group) -> Group:
    name = _field(wanted)
    old, new = getattr(group, name), getattr(wanted, name)
    changed: Any
    if not isinstance(new, tuple):
        changed = None if old == new else new
    else:
        changed = tuple(v for v in old if v not in new) if set(new) <= set(old) else (*old, *new)
    return replace(group, **{name: changed})


def _field(group: Group) -> str:
    return next(field.name for field in fields(group) if getattr(group, field.name) not in ((), None))


def _only(group: Group) -> str | None:
    """The one condition of the group; None if it has several."""
    names = [field.name for field in fields(group) if getattr(group, field.name) not in ((), None)]
    return names[0] if len(names) == 1 else None


def _without_empty(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    return tuple(group for group in groups if group != _EMPTY)
