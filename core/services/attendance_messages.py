"""The ledger rows that the confirmed list of a session causes. Decides nothing and reads nothing."""

from datetime import timedelta
from typing import Any

from core.domain.messages import Kind, NewMessage
from core.services.enrollment_messages import Step

_LASTS = timedelta(days=30)


def completed(step: Step) -> NewMessage:
    return _row(step, "completed", Kind.TRAINING_COMPLETED, {"hours": step.enrollment.session.course.hours})


def missed(step: Step) -> NewMessage:
    return _row(step, "no_show", Kind.NO_SHOW_NOTED, {})


def corrected(step: Step, hours: int, change: int, reason: str) -> NewMessage:
    return _row(step, "corrected", Kind.HOURS_CORRECTED, {"hours": hours, "change": change, "reason": reason})


def _row(step: Step, name: str, kind: Kind, facts: dict[str, Any]) -> NewMessage:
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
        due_at=step.taken_at,
        expires_at=step.taken_at + _LASTS,
        person_id=step.enrollment.person_id,
        enrollment_id=step.enrollment.enrollment_id,
    )
