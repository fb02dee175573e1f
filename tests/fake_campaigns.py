"""The fake database's campaigns: their rows in the ledger, who belongs to an audience, who acknowledged."""

import json
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from core.domain import audience as audiences
from core.domain.anchors import GRACE, AnchorKind
from core.domain.audience import Group
from core.domain.calendar import year_of
from core.domain.campaign_content import Fields, fill
from core.domain.campaigns import Campaign, CampaignProgress, CampaignStatus
from core.domain.courses import Session, SessionStatus
from core.domain.enrollment import HOLDS_SEAT, Status
from core.domain.learning import YEARLY_MINIMUM
from core.domain.messages import HELD, NEWS, DeliveryStatus, Kind, Message, NewMessage
from core.domain.people import Person
from core.domain.sending_times import CAP, CAP_WINDOW
from core.services.campaign_messages import content
from tests.fake_follow_ups import FakeFollowUps
from tests.fake_readings import FakeReadings
from tests.fake_records import Records, next_id

_WAITING = (DeliveryStatus.QUEUED, DeliveryStatus.FAILED, DeliveryStatus.SENDING)


class FakeCampaigns(FakeFollowUps, FakeReadings):
    def __init__(self, records: Records) -> None:
        self._records = records

    async def create(self, campaign: Campaign) -> Campaign:
        campaign = replace(campaign, campaign_id=next_id(self._records.campaigns))
        self._records.campaigns[campaign.campaign_id] = campaign
        return campaign

    async def save(self, campaign: Campaign) -> None:
        if campaign.approved_by is not None and campaign.approved_by == campaign.author_id:
            raise AssertionError("check: second_person")
        self._records.campaigns[campaign.campaign_id] = campaign

    async def get(self, campaign_id: int) -> Campaign | None:
        return self._records.campaigns.get(campaign_id)

    lock = get

    async def recent(self, limit: int, statuses: Collection[CampaignStatus] = tuple(CampaignStatus)) -> list[Campaign]:
        return [c for c in reversed(self._records.campaigns.values()) if c.status in statuses][:limit]

    async def in_status(self, statuses: Collection[CampaignStatus]) -> list[Campaign]:
        return [c for c in self._records.campaigns.values() if c.status in statuses]

    def _news(self, campaign_id: int) -> list[Message]:
        return [m for m in self._records.messages.values() if m.campaign_id == campaign_id and m.kind is Kind.CAMPAIGN]

    async def progress(self, campaign_id: int) -> CampaignProgress | None:
        campaign = self._records.campaigns.get(campaign_id)
        if campaign is None:
            return None
        states = [m.status for m in self._news(campaign_id)]
        return CampaignProgress(
            campaign=campaign,
            recipients=len(states),
            sent=states.count(DeliveryStatus.SENT),
            waiting=sum(s in _WAITING for s in states),
            unreachable=states.count(DeliveryStatus.UNREACHABLE),
            expired=states.count(DeliveryStatus.EXPIRED),
            chased=self._count(campaign_id, Kind.CAMPAIGN_CHASE),
            recalled=self._count(campaign_id, Kind.CAMPAIGN_RECALL),
            acknowledged=sum(number == campaign_id for number, _ in self._records.acknowledgements),
            replied=sum(number == campaign_id for number, _ in self._records.replies),
        )

    def _count(self, campaign_id: int, kind: Kind) -> int:
        rows = self._records.messages.values()
        return sum(m.campaign_id == campaign_id and m.kind is kind and m.status is DeliveryStatus.SENT for m in rows)

    async def audience_size(self, audience: str, now: datetime) -> tuple[int, int]:
        accounts = {a.person_id: a for a in self._records.accounts.values()}
        matching = [p.person_id for p in matching_people(self._records, audience, now)]
        reached = sum(i in accounts and accounts[i].opted_out_at is None for i in matching)
        return reached, sum(i not in accounts for i in matching)

    async def open_deliveries(self, campaign: Campaign, now: datetime, expires_at: datetime) -> int:
        from tests.fake_ledger import FakeOutbox

        accounts = {a.person_id: a for a in self._records.accounts.values()}
        opted_out = {i for i, a in accounts.items() if a.opted_out_at is not None}
        has_one = {m.person_id for m in self._news(campaign.campaign_id)}
        new = [
            NewMessage(
                key=f"campaign:{campaign.campaign_id}:{person.person_id}",
                kind=Kind.CAMPAIGN,
                facts={"campaign_id": campaign.campaign_id},
                due_at=now,
                expires_at=min([expires_at, *last_uses(self._records, person, campaign, now)]),
                person_id=person.person_id,
                is_bulk=True,
                campaign_id=campaign.campaign_id,
            )
            for person in matching_people(self._records, campaign.audience, now)
            if person.person_id not in opted_out | has_one and has_come(self._records, person, campaign, now)
        ]
        count = await FakeOutbox(self._records).add(new)
        for message in self._news(campaign.campaign_id):
            account = accounts.get(message.person_id or 0)
            is_new = message.person_id not in has_one
            if is_new and (account is None or account.unreachable_since is not None):
                self._records.messages[message.message_id] = replace(message, status=DeliveryStatus.UNREACHABLE)
        return count

    async def finish_done(self, now: datetime) -> list[int]:
        done = []
        for campaign in list(self._records.campaigns.values()):
            waits = any(
                m.campaign_id == campaign.campaign_id and m.status in _WAITING for m in self._records.messages.values()
            )
            is_over = campaign.latest_at is None or campaign.latest_at <= now
            if campaign.status is CampaignStatus.RUNNING and is_over and not waits:
                self._records.campaigns[campaign.campaign_id] = replace(campaign, status=CampaignStatus.FINISHED)
                done.append(campaign.campaign_id)
        return done

    async def failures(self, campaign_id: int) -> tuple[int, int]:
        states = [m.status for m in self._records.messages.values() if m.campaign_id == campaign_id and m.kind in NEWS]
        failed = states.count(DeliveryStatus.FAILED)
        return failed, failed + states.count(DeliveryStatus.SENT)

    async def acknowledge(self, campaign_id: int, person_id: int, now: datetime) -> bool:
        campaign = self._records.campaigns.get(campaign_id)
        got = [m for m in self._news(campaign_id) if m.person_id == person_id]
        has_it = any(m.status in (DeliveryStatus.SENT, DeliveryStatus.SENDING) for m in got)
        if campaign is not None and campaign.needs_acknowledgement and has_it:
            self._records.acknowledgements.setdefault((campaign_id, person_id), now)
        return (campaign_id, person_id) in self._records.acknowledgements


def matching_people(records: Records, audience: str, now: datetime) -> list[Person]:
    parsed = audiences.parse(audience)
    return [
        person
        for person in records.people.values()
        if (not parsed.include or any(_in_group(records, person, group, now) for group in parsed.include))
        and not any(_in_group(records, person, group, now) for group in parsed.exclude)
    ]


def _in_group(records: Records, person: Person, group: Group, now: datetime) -> bool:
    takes = {
        e.session.code.rpartition("-")[0]
        for e in records.enrollments.values()
        if e.person_id == person.person_id and e.status in HOLDS_SEAT - {Status.NO_SHOW}
    }
    read = {number for number, person_id in records.acknowledgements if person_id == person.person_id}
    below = group.hours_below is None or hours_of(records, person, now) < group.hours_below
    return (
        below
        and (not group.units or bool(units_above(records, person) & set(group.units)))
        and (not group.employments or person.employment in group.employments)
        and (not group.levels or person.level in group.levels)
        and (not group.enrolled or bool(takes & set(group.enrolled)))
        and not takes & set(group.not_enrolled)
        and (not group.acknowledged or bool(read & set(group.acknowledged)))
        and not read & set(group.not_acknowledged)
        and (not group.nips or person.nip in group.nips)
    )


def has_come(records: Records, person: Person, campaign: Campaign, now: datetime) -> bool:
    """Whether the person's own date has come since the release."""
    anchor, since = campaign.anchor, (campaign.released_at or now) - GRACE
    if anchor is None:
        return True
    if anchor.kind is AnchorKind.LINKED:
        mine = [a.linked_at for a in records.accounts.values() if a.person_id == person.person_id]
        return any(since < at + timedelta(days=anchor.days) <= now for at in mine)
    return bool(_dated(records, person, campaign, now))


def last_uses(records: Records, person: Person, campaign: Campaign, now: datetime) -> list[datetime]:
    is_before = campaign.anchor is not None and campaign.anchor.kind is AnchorKind.BEFORE_SESSION
    return [session.starts_at for session in _dated(records, person, campaign, now)] if is_before else []


def _dated(records: Records, person: Person, campaign: Campaign, now: datetime) -> list[Session]:
    anchor, since = campaign.anchor, (campaign.released_at or now) - GRACE
    found = []
    for enrollment in records.enrollments.values():
        session = records.sessions[enrollment.session.code]
        if anchor is None or enrollment.person_id != person.person_id or session.course.code != anchor.course_code:
            continue
        if enrollment.status not in (Status.CONFIRMED, Status.ATTENDED, Status.COMPLETED):
            continue
        is_before = anchor.kind is AnchorKind.BEFORE_SESSION
        days = timedelta(days=anchor.days)
        at = session.starts_at - days if is_before else session.ends_at + days
        is_off = session.status is SessionStatus.CANCELLED or (is_before and session.starts_at <= now)
        if since < at <= now and not is_off:
            found.append(session)
    return found


def units_above(records: Records, person: Person) -> set[str]:
    code: str | None = person.unit.code
    found: set[str] = set()
    while code is not None and code not in found:
        found.add(code)
        code = records.units[code].parent
    return found


def hours_of(records: Records, person: Person, now: datetime) -> int:
    year = year_of(now)
    return sum(e.hours for e in records.hours if e.person_id == person.person_id and e.earned_on.year == year)


def put_off_until(records: Records, message: Message, now: datetime, quiet_until: datetime | None) -> datetime | None:
    """As the claim's verdict "later"."""
    campaign = records.campaigns.get(message.campaign_id or 0)
    if campaign is None or message.kind not in NEWS:
        return None
    if campaign.status not in (CampaignStatus.RUNNING, CampaignStatus.FINISHED):
        return HELD
    if campaign.is_urgent:
        return None
    if quiet_until is not None:
        return quiet_until
    times = sorted(
        records.settled.get(other.message_id) or records.claims[other.message_id][0]
        for other in records.messages.values()
        if other.person_id == message.person_id
        and other.message_id != message.message_id
        and other.campaign_id is not None
        and other.kind in NEWS
        and other.status in (DeliveryStatus.SENT, DeliveryStatus.SENDING)
    )
    recent = [at for at in times if at > now - CAP_WINDOW]
    return recent[-CAP] + CAP_WINDOW if len(recent) >= CAP else None


LOOK_AGAIN = timedelta(seconds=1)


def with_words(records: Records, message: Message, now: datetime) -> dict[str, Any]:
    """The facts a claim returns: the campaign's words, filled in for the person."""
    campaign = records.campaigns.get(message.campaign_id or 0)
    if campaign is None:
        return message.facts
    person = records.people[message.person_id or 0]
    fields = Fields(person.name, person.unit.name, max(0, YEARLY_MINIMUM - hours_of(records, person, now)))
    own = json.loads(json.dumps(content(campaign, message.facts.get("step", 1))))
    return {**own, "text": fill(own["text"], fields), **message.facts}
