"""The ledger rows that the confirmed list of a session causes. Decides nothing and reads nothing."""

from datetime import datetime, timedelta
from typing import Any

from core.domain.evaluations import ASKED_FOR
from core.domain.messages import Kind, NewMessage
from core.services.enrollment_messages import Step

_LASTS = timedelta(days=30)


def completed(step: Step, certificate: str) -> NewMessage:
    """`certificate`: its number; the sender draws it."""
    facts = {"hours": step.enrollment.session.course.hours, "certificate": certificate}
    return _row(step, "completed", Kind.TRAINING_COMPLETED, facts)


def missed(step: Step) -> NewMessage:
    return _row(step, "no_show", Kind.NO_SHOW_NOTED, {})


def corrected(step: Step, hours: int, change: int, reason: str, certificate: str | None) -> NewMessage:
    facts: dict[str, Any] = {"hours": hours, "change": change, "reason": reason}
    return _row(step, "corrected", Kind.HOURS_CORRECTED, facts | ({"certificate": certificate} if certificate else {}))


def evaluation_request(step: Step, due_at: datetime) -> NewMessage:
    return _row(step, "evaluation", Kind.EVALUATION_REQUEST, {}, due_at=due_at, lasts=ASKED_FOR)


def _row(
    step: Step,
    name: str,
    kind: Kind,
    facts: dict[str, Any],
    *,
    due_at: datetime | None = None,
    lasts: timedelta = _LASTS,
) -> NewMessage:
    session = step.enrollment.session
    what = {
        "enrollment_id": step.enrollment.enrollment_id,
        "session_code": session.code,
        "title": session.course.title,
        "starts_at": session.starts_at.isoformat(),
        "ends_at": session.ends_at.isoformat(),
    }
    return NewMessage(
        key=f"{name}:{step.enrollment.enrollment_id}:{step.number}",
        kind=kind,
        facts=what | facts,
        due_at=due_at or step.taken_at,
        expires_at=(due_at or step.taken_at) + lasts,
        person_id=step.enrollment.person_id,
        enrollment_id=step.enrollment.enrollment_id,
    )
