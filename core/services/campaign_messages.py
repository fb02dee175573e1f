"""What campaigns tell HR through the ledger: a review asked for, its outcome, and that the sender stopped one."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from core.domain.audience import parse
from core.domain.campaigns import Campaign, CampaignStatus, Impact, chases
from core.domain.messages import Kind, NewMessage
from core.domain.people import Person
from core.domain.series import said

_LASTS = timedelta(days=7)


def review(campaign: Campaign, impact: Impact, author: Person, judge: Person, now: datetime) -> NewMessage:
    facts: dict[str, Any] = {
        "campaign_id": campaign.campaign_id,
        "version": campaign.version,
        "author": author.name,
        "text": campaign.text,
        "links": [asdict(link) for link in campaign.links],
        "audience": parse(campaign.audience).shown,
        "reached": impact.reached,
        "unlinked": impact.unlinked,
        "seconds": int(impact.duration.total_seconds()),
        "ends_at": impact.ends_at.isoformat(),
        "is_urgent": campaign.is_urgent,
        "asks": campaign.needs_acknowledgement,
        "can_ask": campaign.takes_questions,
    }
    if chases(campaign):
        facts["chase"] = [campaign.chase_after_days, campaign.chase_times]
    for name, moment in (("scheduled_at", campaign.scheduled_at), ("latest_at", campaign.latest_at)):
        if moment is not None:
            facts[name] = moment.isoformat()
    if campaign.attachment is not None:
        facts["file"] = asdict(campaign.attachment)
    if campaign.quiz:
        facts["quiz"] = [asdict(question) for question in campaign.quiz]
    if campaign.pulse is not None:
        facts["pulse_question"] = campaign.pulse
    if campaign.anchor is not None:
        facts["anchor"] = str(campaign.anchor)
    if campaign.steps:
        facts["steps"] = [asdict(step) for step in campaign.steps]
    return _to(judge.person_id, f"review:{campaign.version}", Kind.CAMPAIGN_REVIEW, campaign, facts, now)


def content(campaign: Campaign, step: int = 1) -> dict[str, Any]:
    """What the campaign says in one step, as the rows of its deliveries carry it when they are claimed."""
    return {"campaign_id": campaign.campaign_id} | said(
        step,
        text=campaign.text,
        links=[asdict(link) for link in campaign.links],
        file=asdict(campaign.attachment) if campaign.attachment else None,
        asks=campaign.needs_acknowledgement,
        questions=len(campaign.quiz),
        pulse=campaign.pulse is not None,
        steps=[asdict(one) for one in campaign.steps],
        can_ask=campaign.takes_questions,
    )


def trials(campaign: Campaign, person: Person, now: datetime) -> list[NewMessage]:
    """Every step of `campaign` with its fields filled in for the person."""
    key = f"test:{now.timestamp():.3f}"
    facts = [content(campaign, number) for number in range(1, len(campaign.steps) + 2)]
    for number, step in enumerate(campaign.steps, 2):
        facts[number - 1]["after_days"] = step.after_days
    return [
        _to(person.person_id, f"{key}:{number}", Kind.CAMPAIGN_TEST, campaign, said_then, now)
        for number, said_then in enumerate(facts, 1)
    ]


def correction_review(campaign: Campaign, author: Person, judge: Person, now: datetime) -> NewMessage:
    facts: dict[str, Any] = {
        "campaign_id": campaign.campaign_id,
        "version": campaign.version,
        "author": author.name,
        "text": campaign.correction,
    }
    return _to(judge.person_id, f"correction:{campaign.version}", Kind.CORRECTION_REVIEW, campaign, facts, now)


def decided(campaign: Campaign, judge: Person, now: datetime) -> list[NewMessage]:
    if campaign.author_id is None:
        return []
    is_approved = campaign.status is CampaignStatus.SCHEDULED
    facts: dict[str, Any] = {"campaign_id": campaign.campaign_id, "is_approved": is_approved, "by": judge.name}
    if campaign.scheduled_at is not None:
        facts["scheduled_at"] = campaign.scheduled_at.isoformat()
    # submitted, declined and submitted again unchanged, it is decided once more: the time tells the two apart
    key = f"decided:{campaign.version}:{now.timestamp():.0f}"
    return [_to(campaign.author_id, key, Kind.CAMPAIGN_DECIDED, campaign, facts, now)]


def stopped(campaign: Campaign, failed: int, tried: int, officers: Iterable[Person], now: datetime) -> list[NewMessage]:
    """To those who wrote and approved it, or to all officers if nobody is named."""
    facts = {"campaign_id": campaign.campaign_id, "failed": failed, "tried": tried}
    named = {campaign.author_id, campaign.approved_by} - {None}
    ids = sorted(person.person_id for person in officers if not named or person.person_id in named)
    key = f"stopped:{now.timestamp():.0f}"
    return [_to(person_id, key, Kind.CAMPAIGN_STOPPED, campaign, facts, now) for person_id in ids]


def _to(person_id: int, about: str, kind: Kind, campaign: Campaign, facts: dict[str, Any], now: datetime) -> NewMessage:
    return NewMessage(
        key=f"campaign:{campaign.campaign_id}:{about}:{person_id}",
        kind=kind,
        facts=facts,
        due_at=now,
        expires_at=now + _LASTS,
        person_id=person_id,
    )
