"""HR's broadcasts. Their deliveries are rows of the one ledger, opened for a whole audience in one statement."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, case, exists, func, insert, literal, select, true, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from core.domain.campaigns import Campaign, CampaignProgress, CampaignStatus
from core.domain.messages import DeliveryStatus, Kind
from core.storage.repositories.outbox import notify
from core.storage.tables import campaigns, outbox, people, telegram_accounts

_WAITING = (DeliveryStatus.QUEUED, DeliveryStatus.SENDING, DeliveryStatus.FAILED)
_WITH_ACCOUNTS = people.outerjoin(telegram_accounts, telegram_accounts.c.person_id == people.c.id)


class SqlCampaigns:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def create(self, text: str, audience: str, status: CampaignStatus, now: datetime) -> Campaign:
        statement = (
            insert(campaigns)
            .values(text=text, audience=audience, status=status, created_at=now)
            .returning(*campaigns.c)
        )
        return _campaign((await self._connection.execute(statement)).one())

    async def get(self, campaign_id: int) -> Campaign | None:
        row = (await self._connection.execute(select(campaigns).where(campaigns.c.id == campaign_id))).one_or_none()
        return _campaign(row) if row else None

    async def recent(self, limit: int) -> list[Campaign]:
        """Newest first."""
        rows = await self._connection.execute(select(campaigns).order_by(campaigns.c.id.desc()).limit(limit))
        return [_campaign(row) for row in rows]

    async def progress(self, campaign_id: int) -> CampaignProgress | None:
        campaign = await self.get(campaign_id)
        if campaign is None:
            return None
        query = (
            select(outbox.c.status, func.count()).where(outbox.c.campaign_id == campaign_id).group_by(outbox.c.status)
        )
        count = {status: number for status, number in await self._connection.execute(query)}
        return CampaignProgress(
            campaign=campaign,
            recipients=sum(count.values()),
            sent=count.get(DeliveryStatus.SENT, 0),
            waiting=sum(count.get(status, 0) for status in _WAITING),
            unreachable=count.get(DeliveryStatus.UNREACHABLE, 0),
            expired=count.get(DeliveryStatus.EXPIRED, 0),
        )

    async def audience_size(self, audience: str) -> tuple[int, int]:
        account = telegram_accounts.c
        query = (
            select(
                func.count().filter(account.telegram_id.is_not(None), account.opted_out_at.is_(None)),
                func.count().filter(account.telegram_id.is_(None)),
            )
            .select_from(_WITH_ACCOUNTS)
            .where(_belongs_to(audience))
        )
        reached, without = (await self._connection.execute(query)).one()
        return reached, without

    async def open_deliveries(self, campaign: Campaign, now: datetime, expires_at: datetime) -> int:
        """Who cannot be reached today is written down as such at once and costs the sender nothing; linking revives it."""
        account = telegram_accounts.c
        reachable = account.telegram_id.is_not(None) & account.unreachable_since.is_(None)
        rows = (
            select(
                func.concat("campaign:", campaign.campaign_id, ":", people.c.id),
                literal(Kind.CAMPAIGN, outbox.c.kind.type),
                literal({"campaign_id": campaign.campaign_id}, postgresql.JSONB),
                literal(now, outbox.c.due_at.type),
                literal(expires_at, outbox.c.expires_at.type),
                true(),
                people.c.id,
                literal(campaign.campaign_id),
                case((reachable, DeliveryStatus.QUEUED.value), else_=DeliveryStatus.UNREACHABLE.value),
            )
            .select_from(_WITH_ACCOUNTS)
            .where(_belongs_to(campaign.audience), account.opted_out_at.is_(None))
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

    async def finish_done(self) -> list[int]:
        waits = exists().where(outbox.c.campaign_id == campaigns.c.id, outbox.c.status.in_(_WAITING))
        statement = (
            update(campaigns)
            .where(campaigns.c.status == CampaignStatus.RUNNING, ~waits)
            .values(status=CampaignStatus.FINISHED)
            .returning(campaigns.c.id)
        )
        return sorted(await self._connection.scalars(statement))


def _belongs_to(audience: str) -> ColumnElement[bool]:
    if audience != "all":
        raise ValueError(f"unknown audience: {audience}")
    return true()


def _campaign(row: Row[*tuple[Any, ...]]) -> Campaign:
    return Campaign(
        campaign_id=row.id,
        text=row.text,
        audience=row.audience,
        status=row.status,
        created_at=row.created_at,
    )
