"""The ledger rows that a moved or cancelled session causes. Decides nothing and reads nothing."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from core.domain.courses import Availability, Session
from core.domain.enrollment import Enrollment, Status
from core.domain.messages import Kind, NewMessage
from core.domain.people import Person
from core.domain.quiet_hours import next_waking_time
from core.services.calendar_files import session_calendar
from core.services.enrollment_messages import facts_of_others

_URGENT = timedelta(hours=2)
"""News that would reach somebody later than this before the session is told at once, whatever the hour."""


def moved(enrollment: Enrollment, before: Session, clashes: Iterable[Session], now: datetime) -> NewMessage:
    """`enrollment` holds the session as it is now. Key `moved:<enrollment_id>:<sequence>`."""
    after = enrollment.session
    facts = _what(enrollment) | {
        "status": enrollment.status.value,
        "starts_at": after.starts_at.isoformat(),
        "ends_at": after.ends_at.isoformat(),
        "place": after.place,
        "was_starts_at": before.starts_at.isoformat(),
        "was_ends_at": before.ends_at.isoformat(),
        "was_place": before.place,
        "clashes": [f"{other.course.title} ({other.code})" for other in clashes],
    }
    needed_by = min(before.starts_at, after.starts_at)
    if enrollment.status is Status.CONFIRMED:
        facts["calendar"] = session_calendar(after).decode()
    if enrollment.offer_expires_at is not None:
        facts["offer_expires_at"] = enrollment.offer_expires_at.isoformat()
        needed_by = min(needed_by, enrollment.offer_expires_at)
    return NewMessage(
        key=f"moved:{enrollment.enrollment_id}:{after.sequence}",
        kind=Kind.SESSION_MOVED,
        facts=facts,
        due_at=_when_to_tell(needed_by, now),
        expires_at=after.ends_at,
        person_id=enrollment.person_id,
        enrollment_id=enrollment.enrollment_id,
    )


def cancelled(
    stood: Enrollment,
    cancelled_session: Session,
    reason: str,
    number: int,
    now: datetime,
    others: Iterable[Availability] = (),
) -> NewMessage:
    """`stood`: the enrollment before it was ended; `others`: where they may enroll instead.

    Key `session_cancelled:<enrollment_id>:<step number>`.
    """
    facts = _what(stood) | {
        "starts_at": cancelled_session.starts_at.isoformat(),
        "ends_at": cancelled_session.ends_at.isoformat(),
        "reason": reason,
        "others": facts_of_others(others),
    }
    if stood.status is Status.CONFIRMED:
        facts["calendar"] = session_calendar(cancelled_session).decode()
    return NewMessage(
        key=f"session_cancelled:{stood.enrollment_id}:{number}",
        kind=Kind.SESSION_CANCELLED,
        facts=facts,
        due_at=_when_to_tell(cancelled_session.starts_at, now),
        expires_at=cancelled_session.ends_at,
        person_id=stood.person_id,
        enrollment_id=stood.enrollment_id,
    )


def request_gone(
    stood: Enrollment, applicant: Person, asked: Iterable[int], number: int, now: datetime
) -> list[NewMessage]:
    """To the people (by id) who were asked for their approval of what is now cancelled."""
    facts = {
        "enrollment_id": stood.enrollment_id,
        "title": stood.session.course.title,
        "person": applicant.name,
        "session_cancelled": True,
    }
    return [
        NewMessage(
            key=f"withdrawn.{person_id}:{stood.enrollment_id}:{number}",
            kind=Kind.REQUEST_WITHDRAWN,
            facts=facts,
            due_at=next_waking_time(now),
            expires_at=max(stood.session.starts_at, now + timedelta(days=1)),
            person_id=person_id,
            enrollment_id=stood.enrollment_id,
        )
        for person_id in sorted(asked)
    ]


def _when_to_tell(needed_by: datetime, now: datetime) -> datetime:
    waking = next_waking_time(now)
    return waking if waking < needed_by - _URGENT else now


def _what(enrollment: Enrollment) -> dict[str, Any]:
    return {
        "enrollment_id": enrollment.enrollment_id,
        "session_code": enrollment.session.code,
        "title": enrollment.session.course.title,
    }
