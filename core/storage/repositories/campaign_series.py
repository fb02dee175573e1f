"""The later steps of a series: opened for whoever got the one before long enough ago. Mixed into SqlCampaigns."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, exists, func, literal, select, true

from core.domain.campaign_results import StepProgress
from core.domain.campaigns import Campaign
from core.domain.messages import DeliveryStatus, Kind
from core.storage.repositories.campaign_follow_ups import LedgerRows
from core.storage.tables import outbox, telegram_accounts

_WAITING = (DeliveryStatus.QUEUED, DeliveryStatus.SENDING, DeliveryStatus.FAILED)


class Series(LedgerRows):
    async def open_steps(self, campaign: Campaign, now: datetime, expires_at: datetime) -> int:
        new = 0
        for number, step in enumerate(campaign.steps, 2):
            new += await self._write(_rows(campaign.campaign_id, number, step.after_days, now, expires_at))
        return new

    async def step_progress(self, campaign: Campaign) -> list[StepProgress]:
        number = _number_of(outbox)
        query = (
            select(number, outbox.c.status, func.count())
            .where(outbox.c.campaign_id == campaign.campaign_id, outbox.c.kind.in_((Kind.CAMPAIGN, Kind.CAMPAIGN_STEP)))
            .group_by(number, outbox.c.status)
        )
        counts: dict[int, dict[DeliveryStatus, int]] = {n: {} for n in range(1, len(campaign.steps) + 2)}
        for step, status, count in await self._connection.execute(query):
            counts.setdefault(int(step), {})[status] = count
        return [
            StepProgress(
                step,
                recipients=sum(found.values()),
                sent=found.get(DeliveryStatus.SENT, 0),
                waiting=sum(found.get(status, 0) for status in _WAITING),
                unreachable=found.get(DeliveryStatus.UNREACHABLE, 0),
                expired=found.get(DeliveryStatus.EXPIRED, 0),
            )
            for step, found in sorted(counts.items())
        ]


def _rows(campaign_id: int, number: int, after_days: int, now: datetime, expires_at: datetime) -> Any:
    before, own = outbox.alias("before"), outbox.alias("own")
    key = func.concat("campaign:", campaign_id, ":step:", number, ":", before.c.person_id)
    moment = outbox.c.due_at.type
    return (
        select(
            key,
            literal(Kind.CAMPAIGN_STEP, outbox.c.kind.type),
            func.jsonb_build_object("campaign_id", campaign_id, "step", number),
            literal(now, moment),
            literal(expires_at, moment),
            true(),
            before.c.person_id,
            literal(campaign_id),
            literal(DeliveryStatus.QUEUED.value, String()),
        )
        .join(telegram_accounts, telegram_accounts.c.person_id == before.c.person_id)
        .where(
            before.c.campaign_id == campaign_id,
            before.c.kind == (Kind.CAMPAIGN if number == 2 else Kind.CAMPAIGN_STEP),
            before.c.status == DeliveryStatus.SENT,
            before.c.settled_at <= now - timedelta(days=after_days),
            _number_of(before) == str(number - 1),
            telegram_accounts.c.opted_out_at.is_(None),
            ~exists().where(own.c.key == key),
        )
        .order_by(before.c.settled_at, before.c.id)
    )


def _number_of(table: Any) -> ColumnElement[str]:
    """Read from the key, which outlives the facts of somebody who had their data erased."""
    after = func.split_part(table.c.key, ":step:", 2)
    return func.coalesce(func.nullif(func.split_part(after, ":", 1), ""), "1")
