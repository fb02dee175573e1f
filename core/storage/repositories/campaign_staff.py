"""Whose staff stayed silent, as supervisors are told. Mixed into SqlCampaigns."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.domain.campaigns import Campaign, CampaignStatus
from core.domain.messages import NEWS, DeliveryStatus, Kind
from core.storage.tables import campaign_acknowledgements, campaigns, outbox, people

_WAITING = (DeliveryStatus.QUEUED, DeliveryStatus.SENDING, DeliveryStatus.FAILED)
_TOLD_ABOUT = (CampaignStatus.RUNNING, CampaignStatus.PAUSED, CampaignStatus.FINISHED)


class StaffReadings:
    _connection: AsyncConnection

    async def staff_readings(self, supervisor_id: int, since: datetime, limit: int) -> list[tuple[int, int, int]]:
        silent = func.count().filter(~_has_read())
        query = (
            select(campaigns.c.id, func.count(), silent)
            .join_from(outbox, people, people.c.id == outbox.c.person_id)
            .join(campaigns, campaigns.c.id == outbox.c.campaign_id)
            .where(
                people.c.supervisor_id == supervisor_id,
                outbox.c.kind == Kind.CAMPAIGN,
                campaigns.c.needs_acknowledgement,
                campaigns.c.status.in_(_TOLD_ABOUT),
                campaigns.c.released_at > since,
            )
            .group_by(campaigns.c.id)
            .order_by(campaigns.c.id.desc())
        )
        return [(row[0], row[1], row[2]) for row in await self._connection.execute(query.limit(limit))]

    async def silent_by_supervisor(self, campaign_id: int) -> list[tuple[int, int, int]]:
        silent = func.count().filter(~_has_read())
        query = (
            select(people.c.supervisor_id, func.count(), silent)
            .join_from(outbox, people, people.c.id == outbox.c.person_id)
            .where(
                outbox.c.campaign_id == campaign_id,
                outbox.c.kind == Kind.CAMPAIGN,
                people.c.supervisor_id.is_not(None),
            )
            .group_by(people.c.supervisor_id)
            .having(silent > 0)
            .order_by(people.c.supervisor_id)
        )
        return [(row[0], row[1], row[2]) for row in await self._connection.execute(query)]

    async def has_chased_all(self, campaign: Campaign, now: datetime) -> bool:
        if campaign.status is CampaignStatus.FINISHED:
            return True
        is_sent = outbox.c.status == DeliveryStatus.SENT
        waiting = func.count().filter(outbox.c.status.in_(_WAITING))
        chases = func.count().filter(outbox.c.kind == Kind.CAMPAIGN_CHASE)
        last = func.max(outbox.c.settled_at).filter(is_sent)
        still = (
            select(outbox.c.person_id)
            .where(outbox.c.campaign_id == campaign.campaign_id, outbox.c.kind.in_(NEWS), ~_has_read())
            .group_by(outbox.c.person_id)
            .having(
                (waiting > 0)
                | (
                    (func.count().filter(outbox.c.kind == Kind.CAMPAIGN, is_sent) > 0)
                    & ((chases < campaign.chase_times) | (last > now - timedelta(days=campaign.chase_after_days or 0)))
                )
            )
            .limit(1)
        )
        return (await self._connection.execute(still)).first() is None


def _has_read() -> ColumnElement[bool]:
    read = campaign_acknowledgements.c
    return exists().where(read.campaign_id == outbox.c.campaign_id, read.person_id == outbox.c.person_id)
