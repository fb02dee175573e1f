"""The ledger rows that steps of an enrollment cause. Decides no step and reads nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.domain.approvals import Request, asked_at
from core.domain.enrollment import Enrollment
from core.domain.messages import Kind, NewMessage
from core.domain.people import Person
from core.domain.reminders import day_before_reminder


@dataclass(frozen=True)
class Step:
    """A step just taken. `number` counts the steps of this enrollment from 1, so that a row that lives again gets new keys."""

    enrollment: Enrollment
    number: int
    taken_at: datetime


def reminders_after_move(step: Step) -> list[NewMessage]:
    """Those still to come: what would be due by now is said by the news of the move itself."""
    return [row for row in [reminder(step)] if row.due_at > step.taken_at]


def reminder(step: Step) -> NewMessage:
    """Key `reminder:<enrollment_id>:<step number>`."""
    session = step.enrollment.session
    due = day_before_reminder(session)
    return _row(
        step,
        "reminder",
        Kind.SESSION_REMINDER,
        step.enrollment.person_id,
        _when_and_where(step) | {"mode": session.course.mode.value},
        due_at=due.due_at,
        expires_at=due.expires_at,
    )


def approval_requests(step: Step, request: Request, approvers: Iterable[Person]) -> list[NewMessage]:
    return _asking(step, request, "approval", Kind.APPROVAL_REQUEST, approvers, {})


def approval_nudges(step: Step, request: Request, approvers: Iterable[Person]) -> list[NewMessage]:
    return _asking(step, request, "nudge", Kind.APPROVAL_NUDGE, approvers, {})


def approval_escalated(
    step: Step, request: Request, approvers: Iterable[Person], supervisor: Person | None
) -> list[NewMessage]:
    """To the one above, and a word to the applicant."""
    facts: dict[str, Any] = {}
    if supervisor is not None:
        facts = {"supervisor": supervisor.name, "supervisor_id": supervisor.person_id}
    told = _row(step, "escalated", Kind.REQUEST_ESCALATED, step.enrollment.person_id, _what(step))
    return [told, *_asking(step, request, "escalation", Kind.APPROVAL_ESCALATED, approvers, facts)]


def request_lapsed(step: Step, applicant: Person, asked: Iterable[int]) -> list[NewMessage]:
    """To the applicant, and to the people (by id) who were asked for their approval."""
    facts = _what(step) | {"person": applicant.name}
    return [
        _row(step, "request_lapsed", Kind.REQUEST_LAPSED, step.enrollment.person_id, _what(step)),
        *(
            _row(step, f"undecided.{person_id}", Kind.REQUEST_UNDECIDED, person_id, facts)
            for person_id in sorted(asked)
        ),
    ]


def withdrawn(step: Step, applicant: Person, told: Iterable[int]) -> list[NewMessage]:
    """To the people (by id) who were asked for their approval before the applicant withdrew."""
    facts = {
        "enrollment_id": step.enrollment.enrollment_id,
        "title": step.enrollment.session.course.title,
        "person": applicant.name,
    }
    return [
        _row(step, f"withdrawn.{person_id}", Kind.REQUEST_WITHDRAWN, person_id, facts) for person_id in sorted(told)
    ]


def approved(step: Step) -> NewMessage:
    return _row(
        step,
        "approved",
        Kind.REQUEST_APPROVED,
        step.enrollment.person_id,
        _when_and_where(step),
        expires_at=step.enrollment.session.ends_at,
    )


def declined(step: Step) -> NewMessage:
    reason = {"reason": step.enrollment.reason} if step.enrollment.reason else {}
    return _row(
        step,
        "declined",
        Kind.REQUEST_DECLINED,
        step.enrollment.person_id,
        _what(step) | reason,
        expires_at=step.enrollment.session.ends_at,
    )


def offered(step: Step, deadline: datetime) -> NewMessage:
    facts = _what(step) | {
        "starts_at": step.enrollment.session.starts_at.isoformat(),
        "offer_expires_at": deadline.isoformat(),
    }
    return _row(step, "offer", Kind.SEAT_OFFERED, step.enrollment.person_id, facts, expires_at=deadline)


def lapsed(step: Step) -> NewMessage:
    return _row(step, "lapsed", Kind.OFFER_LAPSED, step.enrollment.person_id, _what(step))


def _what(step: Step) -> dict[str, Any]:
    enrollment = step.enrollment
    return {
        "enrollment_id": enrollment.enrollment_id,
        "session_code": enrollment.session.code,
        "title": enrollment.session.course.title,
    }


def _asking(
    step: Step, request: Request, name: str, kind: Kind, approvers: Iterable[Person], more: dict[str, Any]
) -> list[NewMessage]:
    facts = _when_and_where(step) | {
        "person": request.applicant.name,
        "unit": request.applicant.unit.name,
        "hours": step.enrollment.session.course.hours,
        "done": request.done,
        "booked": request.booked,
        "clashes": [f"{session.course.title} ({session.code})" for session in request.clashes],
        "asked_at": asked_at(step.enrollment).isoformat(),
        "decide_by": request.decide_by.isoformat(),
    }
    return [
        _row(step, f"{name}.{approver.person_id}", kind, approver.person_id, facts | more, expires_at=request.decide_by)
        for approver in approvers
    ]


def _when_and_where(step: Step) -> dict[str, Any]:
    session = step.enrollment.session
    return _what(step) | {
        "starts_at": session.starts_at.isoformat(),
        "ends_at": session.ends_at.isoformat(),
        "place": session.place,
    }


def _row(
    step: Step,
    name: str,
    kind: Kind,
    person_id: int,
    facts: dict[str, Any],
    *,
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
) -> NewMessage:
    """Due at once and useful until the session starts, unless said otherwise. A moved session has keys of its own."""
    sequence = step.enrollment.session.sequence
    return NewMessage(
        key=f"{name}:{step.enrollment.enrollment_id}:{step.number}" + (f".{sequence}" if sequence else ""),
        kind=kind,
        facts=facts,
        due_at=due_at or step.taken_at,
        expires_at=expires_at or step.enrollment.session.starts_at,
        person_id=person_id,
        enrollment_id=step.enrollment.enrollment_id,
    )
