"""The ledger rows that steps of an enrollment cause. Decides no step and reads nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.domain.approvals import Request, asked_at
from core.domain.courses import Availability
from core.domain.enrollment import Enrollment
from core.domain.messages import Kind, NewMessage
from core.domain.people import Person
from core.domain.quiet_hours import next_waking_time
from core.domain.reminders import Occasion, offer_reminder
from core.domain.reminders import reminders as domain_reminders
from core.domain.waiting_list import offer_told_at

_REMINDER_KEYS = {
    Occasion.WEEK: "reminder_week",
    Occasion.DAY: "reminder",
    Occasion.MORNING: "reminder_morning",
}


@dataclass(frozen=True)
class Step:
    """A step just taken. `number` counts the steps of this enrollment from 1, so that a row that lives again gets new keys."""

    enrollment: Enrollment
    number: int
    taken_at: datetime


def reminders(step: Step) -> list[NewMessage]:
    """Keys `reminder:<enrollment_id>:<step number>`, and `reminder_week` and `reminder_morning` in the same way."""
    session = step.enrollment.session
    return [
        _row(
            step,
            _REMINDER_KEYS[one.occasion],
            Kind.SESSION_REMINDER,
            step.enrollment.person_id,
            _when_and_where(step) | {"mode": session.course.mode.value, "occasion": one.occasion.value},
            due_at=one.due_at,
            expires_at=one.expires_at,
        )
        for one in domain_reminders(session, step.taken_at)
    ]


def reminders_after_move(step: Step) -> list[NewMessage]:
    """Those still to come: what would be due by now is said by the news of the move itself."""
    return [row for row in reminders(step) if row.due_at > step.taken_at]


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


def withdrawn(step: Step, applicant: Person, told: Iterable[int], *, was_approved: bool) -> list[NewMessage]:
    """To the people (by id) who were asked for their approval before the applicant withdrew; at night it can wait."""
    facts = {
        "enrollment_id": step.enrollment.enrollment_id,
        "title": step.enrollment.session.course.title,
        "person": applicant.name,
        "was_approved": was_approved,
    }
    if was_approved and step.enrollment.reason:
        facts["reason"] = step.enrollment.reason
    due_at = next_waking_time(step.taken_at)
    return [
        _row(
            step,
            f"withdrawn.{person_id}",
            Kind.REQUEST_WITHDRAWN,
            person_id,
            facts,
            due_at=due_at,
            expires_at=step.enrollment.session.ends_at,
        )
        for person_id in sorted(told)
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


def offered(step: Step, deadline: datetime, *, is_shortened: bool = False) -> list[NewMessage]:
    """The offer, and the word before it lapses. `is_shortened`: it was made before and lasts less long now."""
    facts = _offer(step, deadline) | ({"is_shortened": True} if is_shortened else {})
    told_at = offer_told_at(step.taken_at, deadline)
    person_id = step.enrollment.person_id
    row = _row(step, "offer", Kind.SEAT_OFFERED, person_id, facts, due_at=told_at, expires_at=deadline)
    return [row, *offer_reminders(step, deadline)]


def offer_reminders(step: Step, deadline: datetime) -> list[NewMessage]:
    """At most one; none where there is no good time for it."""
    due_at = offer_reminder(offer_told_at(step.taken_at, deadline), deadline)
    if due_at is None:
        return []
    person_id, facts = step.enrollment.person_id, _offer(step, deadline)
    return [_row(step, "offer_reminder", Kind.OFFER_REMINDER, person_id, facts, due_at=due_at, expires_at=deadline)]


def lapsed(step: Step) -> NewMessage:
    """Nobody needs to hear at night that an offer has lapsed."""
    due_at = next_waking_time(step.taken_at)
    return _row(step, "lapsed", Kind.OFFER_LAPSED, step.enrollment.person_id, _what(step), due_at=due_at)


def line_ended(step: Step, others: Iterable[Availability]) -> NewMessage:
    """To somebody who waited in vain; `others`: where they may enroll instead. Nobody needs to hear it at night."""
    session = step.enrollment.session
    facts = _what(step) | {
        "starts_at": session.starts_at.isoformat(),
        "is_early": step.taken_at < session.closes_at,
        "others": facts_of_others(others),
    }
    return _row(
        step,
        "line_ended",
        Kind.LINE_ENDED,
        step.enrollment.person_id,
        facts,
        due_at=next_waking_time(step.taken_at),
        expires_at=session.ends_at,
    )


def facts_of_others(others: Iterable[Availability]) -> list[dict[str, Any]]:
    """`left` is 0 where one would wait."""
    return [
        {
            "session_code": other.session.code,
            "starts_at": other.session.starts_at.isoformat(),
            "ends_at": other.session.ends_at.isoformat(),
            "left": other.left if not other.waiting else 0,
        }
        for other in others
    ]


def _what(step: Step) -> dict[str, Any]:
    enrollment = step.enrollment
    return {
        "enrollment_id": enrollment.enrollment_id,
        "session_code": enrollment.session.code,
        "title": enrollment.session.course.title,
    }


def _offer(step: Step, deadline: datetime) -> dict[str, Any]:
    return _what(step) | {
        "starts_at": step.enrollment.session.starts_at.isoformat(),
        "offer_expires_at": deadline.isoformat(),
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
