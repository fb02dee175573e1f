"""Whose own date has come, as SQL over the rows of `people` and their accounts. The dates stand in `core.domain.anchors`."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select, true

from core.domain.anchors import GRACE, Anchor, AnchorKind
from core.domain.courses import SessionStatus
from core.domain.enrollment import Status
from core.storage.tables import enrollments, people, sessions, telegram_accounts

TAKES_PART = (Status.CONFIRMED, Status.ATTENDED, Status.COMPLETED)


def has_come(anchor: Anchor | None, released_at: datetime, now: datetime) -> ColumnElement[bool]:
    """True for everybody without an anchor."""
    if anchor is None:
        return true()
    if anchor.kind is AnchorKind.LINKED:
        return _between(telegram_accounts.c.linked_at, timedelta(days=anchor.days), released_at, now)
    return exists(_sessions(anchor, released_at, now))


def last_use(anchor: Anchor | None, released_at: datetime, now: datetime) -> ColumnElement[datetime] | None:
    """From when on the message is of no use to the person: before a session, when that begins."""
    if anchor is None or anchor.kind is not AnchorKind.BEFORE_SESSION:
        return None
    first = _sessions(anchor, released_at, now).with_only_columns(func.min(sessions.c.starts_at))
    return first.correlate(people).scalar_subquery()


def _sessions(anchor: Anchor, released_at: datetime, now: datetime) -> Select[Any]:
    """SELECT of the sessions by which the date of the row of `people` has come."""
    if anchor.kind is AnchorKind.BEFORE_SESSION:
        days = timedelta(days=-anchor.days)
        when = and_(_between(sessions.c.starts_at, days, released_at, now), sessions.c.starts_at > now)
    else:
        when = _between(sessions.c.ends_at, timedelta(days=anchor.days), released_at, now)
    return (
        select(sessions.c.code)
        .join(enrollments, enrollments.c.session_code == sessions.c.code)
        .where(
            enrollments.c.person_id == people.c.id,
            enrollments.c.status.in_(TAKES_PART),
            sessions.c.course_code == anchor.course_code,
            sessions.c.status != SessionStatus.CANCELLED,
            when,
        )
        .correlate(people)
    )


def _between(
    moment: ColumnElement[datetime], shift: timedelta, released_at: datetime, now: datetime
) -> ColumnElement[bool]:
    return and_(moment > released_at - GRACE - shift, moment <= now - shift)
