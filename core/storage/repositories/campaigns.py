"""HR's broadcasts. Their deliveries are rows of the one ledger, opened for a whole audience in one statement."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, case, exists, func, insert, literal, null, or_, select, true, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from core.domain.anchors import read as read_anchor
from core.domain.attachments import Attachment, AttachmentKind
from core.domain.campaign_content import Link
from core.domain.campaigns import Campaign, CampaignProgress, CampaignStatus, chases, expires_at
from core.domain.messages import NEWS, DeliveryStatus, Kind
from core.domain.quizzes import Question
from core.domain.series import Step
from core.storage.anchors import has_come, last_use
from core.storage.audience import belongs_to
from core.storage.repositories.campaign_follow_ups import FollowUps
from core.storage.repositories.campaign_readings import Readings
from core.storage.repositories.campaign_series import Series
from core.storage.repositories.campaign_staff import StaffReadings
from core.storage.repositories.outbox import notify
from core.storage.tables import (
    campaign_acknowledgements,
    campaign_replies,
    campaigns,
    outbox,
    people,
    telegram_accounts,
)

_WAITING = (DeliveryStatus.QUEUED, DeliveryStatus.SENDING, DeliveryStatus.FAILED)
_WITH_ACCOUNTS = people.outerjoin(telegram_accounts, telegram_accounts.c.person_id == people.c.id)


class SqlCampaigns(FollowUps, Readings, StaffReadings, Series):
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def create(self, campaign: Campaign) -> Campaign:
        statement = insert(campaigns).values(created_at=campaign.created_at, **_values(campaign))
        return _campaign((await self._connection.execute(statement.returning(*campaigns.c))).one())

    async def save(self, campaign: Campaign) -> None:
        await self._connection.execute(
            update(campaigns).where(campaigns.c.id == campaign.campaign_id).values(_values(campaign))
        )

    async def get(self, campaign_id: int) -> Campaign | None:
        row = (await self._connection.execute(select(campaigns).where(campaigns.c.id == campaign_id))).one_or_none()
        return _campaign(row) if row else None

    async def lock(self, campaign_id: int) -> Campaign | None:
        query = select(campaigns).where(campaigns.c.id == campaign_id).with_for_update(key_share=True)
        row = (await self._connection.execute(query)).one_or_none()
        return _campaign(row) if row else None

    async def recent(self, limit: int, statuses: Collection[CampaignStatus] = tuple(CampaignStatus)) -> list[Campaign]:
        query = select(campaigns).where(campaigns.c.status.in_(statuses)).order_by(campaigns.c.id.desc()).limit(limit)
        return [_campaign(row) for row in await self._connection.execute(query)]

    async def in_status(self, statuses: Collection[CampaignStatus]) -> list[Campaign]:
        query = select(campaigns).where(campaigns.c.status.in_(statuses)).order_by(campaigns.c.id)
        return [_campaign(row) for row in await self._connection.execute(query)]

    async def progress(self, campaign_id: int) -> CampaignProgress | None:
        campaign = await self.get(campaign_id)
        if campaign is None:
            return None
        query = (
            select(outbox.c.kind, outbox.c.status, func.count())
            .where(outbox.c.campaign_id == campaign_id)
            .group_by(outbox.c.kind, outbox.c.status)
        )
        counted = {(kind, status): number for kind, status, number in await self._connection.execute(query)}
        count = {status: number for (kind, status), number in counted.items() if kind is Kind.CAMPAIGN}
        read = campaign_acknowledgements.c
        acknowledged = select(func.count()).where(read.campaign_id == campaign_id)
        asked = campaign_replies.c
        replied = select(func.count()).where(asked.campaign_id == campaign_id)
        return CampaignProgress(
            campaign=campaign,
            recipients=sum(count.values()),
            sent=count.get(DeliveryStatus.SENT, 0),
            waiting=sum(count.get(status, 0) for status in _WAITING),
            unreachable=count.get(DeliveryStatus.UNREACHABLE, 0),
            expired=count.get(DeliveryStatus.EXPIRED, 0),
            acknowledged=(await self._connection.execute(acknowledged)).scalar_one(),
            replied=(await self._connection.execute(replied)).scalar_one(),
            chased=counted.get((Kind.CAMPAIGN_CHASE, DeliveryStatus.SENT), 0),
            recalled=counted.get((Kind.CAMPAIGN_RECALL, DeliveryStatus.SENT), 0),
        )

    async def audience_size(self, audience: str, now: datetime) -> tuple[int, int]:
        account = telegram_accounts.c
        query = (
            select(
                func.count().filter(account.telegram_id.is_not(None), account.opted_out_at.is_(None)),
                func.count().filter(account.telegram_id.is_(None)),
            )
            .select_from(_WITH_ACCOUNTS)
            .where(belongs_to(audience, now))
        )
        reached, without = (await self._connection.execute(query)).one()
        return reached, without

    async def open_deliveries(self, campaign: Campaign, now: datetime, expires_at: datetime) -> int:
        """Who cannot be reached today is written down as such at once and costs the sender nothing; linking revives it."""
        account = telegram_accounts.c
        reachable = account.telegram_id.is_not(None) & account.unreachable_since.is_(None)
        has_one = exists().where(
            outbox.c.campaign_id == campaign.campaign_id,
            outbox.c.person_id == people.c.id,
            outbox.c.kind == Kind.CAMPAIGN,
        )
        moment, since = outbox.c.due_at.type, campaign.released_at or now
        last = last_use(campaign.anchor, since, now)
        rows = (
            select(
                func.concat("campaign:", campaign.campaign_id, ":", people.c.id),
                literal(Kind.CAMPAIGN, outbox.c.kind.type),
                literal({"campaign_id": campaign.campaign_id}, postgresql.JSONB),
                literal(now, moment),
                literal(expires_at, moment) if last is None else func.least(literal(expires_at, moment), last),
                true(),
                people.c.id,
                literal(campaign.campaign_id),
                case((reachable, DeliveryStatus.QUEUED.value), else_=DeliveryStatus.UNREACHABLE.value),
            )
            .select_from(_WITH_ACCOUNTS)
            .where(
                belongs_to(campaign.audience, now),
                has_come(campaign.anchor, since, now),
                account.opted_out_at.is_(None),
                ~has_one,
            )
            .order_by(people.c.id)
        )
        columns = ["key", "kind", "facts", "due_at", "expires_at", "is_bulk", "person_id", "campaign_id", "status"]
        statement = (
            postgresql.insert(outbox).from_select(columns, rows).on_conflict_do_nothing(index_elements=[outbox.c.key])
        )
        counted = statement.execution_options(preserve_rowcount=True)
        new = (await self._connection.execute(counted)).rowcount
        if new:
            await notify(self._connection)
        return new

    async def open_chases(self, campaign: Campaign, now: datetime) -> int:
        if not chases(campaign):
            return 0
        days, expiry = campaign.chase_after_days or 0, expires_at(campaign, now)
        return await self.chase(campaign.campaign_id, days, campaign.chase_times, now, expiry)

    async def recalled_since(self, moment: datetime) -> list[Campaign]:
        query = select(campaigns).where(campaigns.c.recalled_at > moment).order_by(campaigns.c.id)
        return [_campaign(row) for row in await self._connection.execute(query)]

    async def finish_done(self, now: datetime) -> list[int]:
        waits = exists().where(outbox.c.campaign_id == campaigns.c.id, outbox.c.status.in_(_WAITING))
        is_over = or_(campaigns.c.latest_at.is_(None), campaigns.c.latest_at <= now)
        statement = (
            update(campaigns)
            .where(campaigns.c.status == CampaignStatus.RUNNING, is_over, ~waits)
            .values(status=CampaignStatus.FINISHED)
            .returning(campaigns.c.id)
        )
        return sorted(await self._connection.scalars(statement))

    async def failures(self, campaign_id: int) -> tuple[int, int]:
        failed = outbox.c.status == DeliveryStatus.FAILED
        query = select(
            func.count().filter(failed), func.count().filter(failed | (outbox.c.status == DeliveryStatus.SENT))
        ).where(outbox.c.campaign_id == campaign_id, outbox.c.kind.in_(NEWS))
        row = (await self._connection.execute(query)).one()
        return row[0], row[1]

    async def acknowledge(self, campaign_id: int, person_id: int, now: datetime) -> bool:
        got_it = exists().where(
            outbox.c.campaign_id == campaign_id,
            outbox.c.person_id == person_id,
            outbox.c.kind == Kind.CAMPAIGN,
            outbox.c.status.in_((DeliveryStatus.SENT, DeliveryStatus.SENDING)),
        )
        asks = select(campaigns.c.id, literal(person_id), literal(now, campaigns.c.created_at.type)).where(
            campaigns.c.id == campaign_id, campaigns.c.needs_acknowledgement, got_it
        )
        statement = postgresql.insert(campaign_acknowledgements)
        statement = statement.from_select(["campaign_id", "person_id", "at"], asks).on_conflict_do_nothing()
        await self._connection.execute(statement)
        read = campaign_acknowledgements.c
        query = select(exists().where(read.campaign_id == campaign_id, read.person_id == person_id))
        return bool((await self._connection.execute(query)).scalar_one())


def _values(campaign: Campaign) -> dict[str, Any]:
    return {
        "text": campaign.text,
        "audience": campaign.audience,
        "status": campaign.status,
        "links": [asdict(link) for link in campaign.links],
        "attachment": asdict(campaign.attachment) if campaign.attachment else null(),
        "quiz": [asdict(question) for question in campaign.quiz],
        "pulse": campaign.pulse,
        "anchor": str(campaign.anchor) if campaign.anchor else None,
        "steps": [asdict(step) for step in campaign.steps],
        "needs_acknowledgement": campaign.needs_acknowledgement,
        "takes_questions": campaign.takes_questions,
        "is_urgent": campaign.is_urgent,
        "latest_at": campaign.latest_at,
        "scheduled_at": campaign.scheduled_at,
        "chase_after_days": campaign.chase_after_days,
        "chase_times": campaign.chase_times,
        "recalled_at": campaign.recalled_at,
        "correction": campaign.correction,
        "corrected_by": campaign.corrected_by,
        "author_id": campaign.author_id,
        "approved_by": campaign.approved_by,
        "version": campaign.version,
        "released_at": campaign.released_at,
        "supervisors_told_at": campaign.supervisors_told_at,
    }


def _campaign(row: Row[*tuple[Any, ...]]) -> Campaign:
    return Campaign(
        campaign_id=row.id,
        text=row.text,
        audience=row.audience,
        status=row.status,
        created_at=row.created_at,
        links=tuple(Link(**link) for link in row.links),
        attachment=_attachment(row.attachment),
        quiz=tuple(Question(**{**question, "options": tuple(question["options"])}) for question in row.quiz),
        pulse=row.pulse,
        anchor=read_anchor(row.anchor or ""),
        steps=tuple(_step(step) for step in row.steps),
        needs_acknowledgement=row.needs_acknowledgement,
        takes_questions=row.takes_questions,
        is_urgent=row.is_urgent,
        latest_at=row.latest_at,
        scheduled_at=row.scheduled_at,
        chase_after_days=row.chase_after_days,
        chase_times=row.chase_times,
        recalled_at=row.recalled_at,
        correction=row.correction,
        corrected_by=row.corrected_by,
        author_id=row.author_id,
        approved_by=row.approved_by,
        version=row.version,
        released_at=row.released_at,
        supervisors_told_at=row.supervisors_told_at,
    )


def _step(value: dict[str, Any]) -> Step:
    links = tuple(Link(**link) for link in value["links"])
    return Step(value["text"], value["after_days"], links, _attachment(value["attachment"]))


def _attachment(value: dict[str, Any] | None) -> Attachment | None:
    if value is None:
        return None
    return Attachment(value["attachment_id"], AttachmentKind(value["kind"]), value["name"], value["size"])
