"""An audience as one SQL condition on `people`. What its words mean stands in `core.domain.audience`."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import CTE, ColumnElement, and_, exists, false, func, literal, not_, or_, select, true

from core.domain import audience as domain
from core.domain.audience import Group
from core.domain.calendar import year_of
from core.domain.enrollment import HOLDS_SEAT, Status
from core.storage.tables import campaign_acknowledgements, enrollments, learning_hours, people, sessions, units

_TAKES_PART = HOLDS_SEAT - {Status.NO_SHOW}


def belongs_to(audience: str, now: datetime) -> ColumnElement[bool]:
    """Raises AudienceNotReadable."""
    parsed = domain.parse(audience)
    included = or_(false(), *(_in_group(group, now) for group in parsed.include)) if parsed.include else true()
    if not parsed.exclude:
        return included
    return and_(included, not_(or_(false(), *(_in_group(group, now) for group in parsed.exclude))))


def _in_group(group: Group, now: datetime) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [true()]
    if group.units:
        conditions.append(people.c.unit_code.in_(subtree(group.units)))
    if group.employments:
        conditions.append(people.c.employment.in_(group.employments))
    if group.levels:
        conditions.append(people.c.level.in_(group.levels))
    if group.hours_below is not None:
        conditions.append(hours_in_year(now) < group.hours_below)
    if group.enrolled:
        conditions.append(people.c.id.in_(_takers(group.enrolled)))
    if group.not_enrolled:
        conditions.append(people.c.id.not_in(_takers(group.not_enrolled)))
    for numbers, wanted in ((group.acknowledged, True), (group.not_acknowledged, False)):
        if numbers:
            has_read = exists().where(
                campaign_acknowledgements.c.person_id == people.c.id,
                campaign_acknowledgements.c.campaign_id.in_(numbers),
            )
            conditions.append(has_read if wanted else not_(has_read))
    if group.nips:
        conditions.append(people.c.nip.in_(group.nips))
    return and_(*conditions)


def subtree(codes: Collection[str]):  # type: ignore[no-untyped-def]  # SQLAlchemy's type of it takes a paragraph
    """SELECT of the codes of these units and of everything below them."""
    # UNION, not UNION ALL: a circle in the registry must not turn for ever
    below = select(units.c.code).where(units.c.code.in_(codes)).cte(recursive=True)
    below = below.union(select(units.c.code).where(units.c.parent == below.c.code))
    return select(below.c.code)


def units_above() -> CTE:
    """Each unit (`code`) beside itself and every unit above it (`ancestor`)."""
    above = select(units.c.code, units.c.code.label("ancestor")).cte("above", recursive=True)
    return above.union(
        select(above.c.code, units.c.parent)
        .join_from(above, units, units.c.code == above.c.ancestor)
        .where(units.c.parent.is_not(None))
    )


def hours_in_year(now: datetime) -> ColumnElement[int]:
    """The learning hours of the row of `people`, in the calendar year of `now`."""
    year = year_of(now)
    return hours_between(literal(date(year, 1, 1)), literal(date(year, 12, 31)))


def hours_between(first: ColumnElement[date], last: ColumnElement[date]) -> ColumnElement[int]:
    return func.coalesce(
        select(func.sum(learning_hours.c.hours))
        .where(
            learning_hours.c.person_id == people.c.id,
            learning_hours.c.earned_on.between(first, last),
        )
        .correlate(people)
        .scalar_subquery(),
        0,
    )


def _takers(course_codes: Collection[str]):  # type: ignore[no-untyped-def]
    return (
        select(enrollments.c.person_id)
        .join(sessions, sessions.c.code == enrollments.c.session_code)
        .where(sessions.c.course_code.in_(course_codes), enrollments.c.status.in_(_TAKES_PART))
    )
