"""What comes after a campaign went out: reminders for the silent, corrections and deletions. Mixed into SqlCampaigns."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, String, exists, func, literal, select, true
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from core.domain.campaigns import RECALL_WITHIN
from core.domain.messages import FIRST_WORDS, NEWS, DeliveryStatus, Kind
from core.storage.repositories.outbox import notify
from core.storage.tables import campaign_acknowledgements, outbox, telegram_accounts

_COLUMNS = ["key", "kind", "facts", "due_at", "expires_at", "is_bulk", "person_id", "campaign_id", "status"]
_WAITING = (DeliveryStatus.QUEUED, DeliveryStatus.SENDING, DeliveryStatus.FAILED)


class LedgerRows:
    _connection: AsyncConnection

    async def _write(self, rows: object) -> int:
        statement = postgresql.insert(outbox).from_select(_COLUMNS, rows)  # type: ignore[arg-type]
        statement = statement.on_conflict_do_nothing(index_elements=[outbox.c.key])
        new = (await self._connection.execute(statement.execution_options(preserve_rowcount=True))).rowcount
        if new:
            await notify(self._connection)
        return new


class FollowUps(LedgerRows):
    async def chase(self, campaign_id: int, days: int, times: int, now: datetime, expires_at: datetime) -> int:
        is_sent = outbox.c.status == DeliveryStatus.SENT
        chases = func.count().filter(outbox.c.kind == Kind.CAMPAIGN_CHASE)
        silent = (
            select(outbox.c.person_id, (chases + 1).label("number"))
            .where(outbox.c.campaign_id == campaign_id, outbox.c.kind.in_(NEWS), ~_has_read())
            .group_by(outbox.c.person_id)
            .having(
                chases < times,
                func.count().filter(outbox.c.kind == Kind.CAMPAIGN, is_sent) > 0,
                func.count().filter(outbox.c.status.in_(_WAITING)) == 0,
                func.max(outbox.c.settled_at).filter(is_sent) <= now - timedelta(days=days),
            )
            .cte("silent")
        )
        moment = outbox.c.due_at.type
        rows = select(
            func.concat("campaign:", campaign_id, ":chase:", silent.c.number, ":", silent.c.person_id),
            literal(Kind.CAMPAIGN_CHASE, outbox.c.kind.type),
            func.jsonb_build_object("campaign_id", campaign_id, "chase", silent.c.number),
            literal(now, moment),
            literal(expires_at, moment),
            true(),
            silent.c.person_id,
            literal(campaign_id),
            literal(DeliveryStatus.QUEUED.value, String()),
        )
        return await self._write(rows)

    async def open_recalls(self, campaign_id: int, now: datetime) -> int:
        return await self._about_sent(campaign_id, now, Kind.CAMPAIGN_RECALL, "recall:", NEWS)

    async def open_corrections(self, campaign_id: int, version: int, now: datetime) -> int:
        return await self._about_sent(campaign_id, now, Kind.CAMPAIGN_CORRECTION, f"correction:{version}:", FIRST_WORDS)

    async def _about_sent(self, campaign_id: int, now: datetime, kind: Kind, key: str, of: Collection[Kind]) -> int:
        """Message numbers count per chat: to whoever changed accounts since, the number means another message."""
        moment = outbox.c.due_at.type
        rows = (
            select(
                func.concat(key, outbox.c.id),
                literal(kind, outbox.c.kind.type),
                func.jsonb_build_object("campaign_id", campaign_id, "message_id", outbox.c.telegram_message_id),
                literal(now, moment),
                outbox.c.settled_at + literal(RECALL_WITHIN),
                true(),
                outbox.c.person_id,
                literal(campaign_id),
                literal(DeliveryStatus.QUEUED.value, String()),
            )
            .join(telegram_accounts, telegram_accounts.c.person_id == outbox.c.person_id)
            .where(
                outbox.c.campaign_id == campaign_id,
                outbox.c.kind.in_(of),
                outbox.c.status == DeliveryStatus.SENT,
                outbox.c.telegram_message_id.is_not(None),
                outbox.c.settled_at > now - RECALL_WITHIN,
                outbox.c.settled_at >= telegram_accounts.c.linked_at,
            )
        )
        return await self._write(rows)


def _has_read() -> ColumnElement[bool]:
    read = campaign_acknowledgements.c
    return exists().where(read.campaign_id == outbox.c.campaign_id, read.person_id == outbox.c.person_id)
