"""The one ledger of what is sent unasked: written with its cause, claimed by conditional update, settled once."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Row, ScalarSelect, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from core.domain.campaign_content import Fields, fill
from core.domain.learning import YEARLY_MINIMUM
from core.domain.messages import ABOUT_TICKETS, HELD, LEASE, NEWS, DeliveryStatus, Kind, Message, NewMessage, Settlement
from core.domain.series import said
from core.storage.claims import STATEMENT, claim, put_off
from core.storage.notifications import OUTBOX
from core.storage.settlements import SETTLE, settle
from core.storage.tables import outbox, telegram_accounts

_WAITING = (DeliveryStatus.QUEUED, DeliveryStatus.FAILED)
_CLAIMABLE = (*_WAITING, DeliveryStatus.SENDING)
_UNSENT = (*_CLAIMABLE, DeliveryStatus.UNREACHABLE)
_UNCLAIMED = (*_WAITING, DeliveryStatus.UNREACHABLE)
_ROUNDS = 20
"""Rounds of one claim that may go to rows nobody can get, so that a claim stays short."""


class SqlOutbox:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, messages: Iterable[NewMessage]) -> int:
        rows = [_values(message) for message in messages]
        if not rows:
            return 0
        statement = insert(outbox).on_conflict_do_nothing(index_elements=[outbox.c.key]).returning(outbox.c.id)
        new = len((await self._connection.execute(statement, rows)).all())
        if new:
            await notify(self._connection)
        return new

    async def claim(
        self, now: datetime, *, limit: int, bulk: bool | None, claimed_by: str, quiet_until: datetime | None = None
    ) -> list[Message]:
        if bulk is not False and quiet_until is not None:
            await self._connection.execute(put_off(now, quiet_until))
        claimed: list[Message] = []
        for _ in range(_ROUNDS):
            wanted = limit - len(claimed)
            seen = (await self._connection.execute(STATEMENT, claim(now, wanted, bulk, claimed_by, quiet_until))).all()
            claimed += [_message(row) for row in seen if row.status is DeliveryStatus.SENDING]
            if len(seen) < wanted or len(claimed) == limit:
                break
        return sorted(claimed, key=lambda message: (message.is_bulk, message.due_at, message.message_id))

    async def settle(
        self,
        message_id: int,
        status: DeliveryStatus,
        now: datetime,
        *,
        due_at: datetime | None = None,
        telegram_message_id: int | None = None,
        error: str | None = None,
        claimed_by: str | None = None,
    ) -> bool:
        one = Settlement(message_id, status, due_at, telegram_message_id, error)
        return await self._settle([one], now, claimed_by) > 0

    async def settle_all(self, settlements: Collection[Settlement], now: datetime, *, claimed_by: str) -> int:
        return await self._settle(settlements, now, claimed_by) if settlements else 0

    async def _settle(self, settlements: Collection[Settlement], now: datetime, claimed_by: str | None) -> int:
        return (await self._connection.execute(SETTLE, settle(settlements, now, claimed_by))).rowcount

    async def withdraw(self, enrollment_id: int, kinds: Collection[str], now: datetime) -> int:
        return await self.withdraw_all([enrollment_id], kinds, now)

    async def withdraw_all(self, enrollment_ids: Sequence[int], kinds: Collection[str], now: datetime) -> int:
        statement = (
            update(outbox)
            .where(
                outbox.c.enrollment_id.in_(enrollment_ids),
                outbox.c.kind.in_([Kind(kind) for kind in kinds]),
                outbox.c.status.in_(_UNSENT),
            )
            .values(status=DeliveryStatus.WITHDRAWN, settled_at=now)
        )
        return (await self._connection.execute(statement)).rowcount

    async def revive(self, person_id: int, now: datetime) -> int:
        statement = (
            update(outbox)
            .where(
                outbox.c.person_id == person_id,
                outbox.c.status == DeliveryStatus.UNREACHABLE,
                or_(outbox.c.expires_at.is_(None), outbox.c.expires_at > now),
            )
            .values(status=DeliveryStatus.QUEUED, attempts=0)
        )
        revived = (await self._connection.execute(statement)).rowcount
        if revived:
            await notify(self._connection)
        return revived

    async def hold(self, campaign_id: int, now: datetime) -> int:
        statement = (
            update(outbox)
            .where(outbox.c.campaign_id == campaign_id, outbox.c.kind.in_(NEWS), outbox.c.status.in_(_WAITING))
            .values(due_at=func.coalesce(outbox.c.expires_at, HELD))
        )
        return (await self._connection.execute(statement)).rowcount

    async def let_go(self, campaign_id: int, now: datetime) -> int:
        statement = (
            update(outbox)
            .where(outbox.c.campaign_id == campaign_id, outbox.c.kind.in_(NEWS), outbox.c.status.in_(_WAITING))
            .values(due_at=now, status=DeliveryStatus.QUEUED, error=None)
        )
        count = (await self._connection.execute(statement)).rowcount
        if count:
            await notify(self._connection)
        return count

    async def withdraw_campaign(self, campaign_id: int, now: datetime) -> int:
        statement = (
            update(outbox)
            .where(outbox.c.campaign_id == campaign_id, outbox.c.kind.in_(NEWS), outbox.c.status.in_(_UNCLAIMED))
            .values(status=DeliveryStatus.WITHDRAWN, settled_at=now)
        )
        return (await self._connection.execute(statement)).rowcount

    async def campaign_of(self, person_id: int, telegram_message_id: int) -> int | None:
        return await self._about(outbox.c.campaign_id, NEWS, person_id, telegram_message_id)

    async def ticket_of(self, person_id: int, telegram_message_id: int) -> int | None:
        number = outbox.c.facts["ticket_number"].astext.cast(BigInteger)
        return await self._about(number, ABOUT_TICKETS, person_id, telegram_message_id)

    async def _about(
        self, what: ColumnElement[Any], kinds: Collection[Kind], person_id: int, telegram_message_id: int
    ) -> int | None:
        """Message numbers count per chat: one sent to an account of before means another message."""
        query = (
            select(what)
            .join(telegram_accounts, telegram_accounts.c.person_id == outbox.c.person_id)
            .where(
                outbox.c.person_id == person_id,
                outbox.c.telegram_message_id == telegram_message_id,
                outbox.c.kind.in_(kinds),
                outbox.c.settled_at >= telegram_accounts.c.linked_at,
            )
            .limit(1)
        )
        found: int | None = await self._connection.scalar(query)
        return found

    async def next_due_at(self) -> datetime | None:
        """Counts rows in flight too: they fall due again when their lease runs out."""
        row = (await self._connection.execute(_FIRST_MOMENTS)).one()
        moments = [row.personal, row.bulk, row.in_flight + LEASE if row.in_flight else None]
        return min((moment for moment in moments if moment is not None), default=None)

    async def last_due(self, kind: Kind, person_ids: Collection[int]) -> dict[int, datetime]:
        query = (
            select(outbox.c.person_id, func.max(outbox.c.due_at))
            .where(
                outbox.c.kind == kind,
                outbox.c.person_id.in_(person_ids),
                outbox.c.status != DeliveryStatus.WITHDRAWN,
            )
            .group_by(outbox.c.person_id)
        )
        return {row[0]: row[1] for row in await self._connection.execute(query)}

    async def of_enrollment(self, enrollment_id: int) -> list[Message]:
        """In the order they fall due."""
        query = (
            select(*outbox.c, func.coalesce(outbox.c.telegram_id, telegram_accounts.c.telegram_id).label("address"))
            .select_from(outbox.outerjoin(telegram_accounts, telegram_accounts.c.person_id == outbox.c.person_id))
            .where(outbox.c.enrollment_id == enrollment_id)
            .order_by(outbox.c.due_at, outbox.c.id)
        )
        return [_message(row) for row in await self._connection.execute(query)]


def _first_waiting(bulk: bool) -> ScalarSelect[datetime]:
    # the first entry of the index, where min() would read all of a campaign's
    return (
        select(outbox.c.due_at)
        .where(outbox.c.is_bulk.is_(bulk), outbox.c.status.in_(_WAITING))
        .order_by(outbox.c.due_at)
        .limit(1)
        .scalar_subquery()
    )


_FIRST_MOMENTS = select(
    _first_waiting(False).label("personal"),
    _first_waiting(True).label("bulk"),
    select(func.min(outbox.c.claimed_at))
    .where(outbox.c.status == DeliveryStatus.SENDING)
    .scalar_subquery()
    .label("in_flight"),
)


async def notify(connection: AsyncConnection) -> None:
    """Wakes the sender when, and only if, this transaction commits."""
    await connection.execute(select(func.pg_notify(OUTBOX, "")))


def _values(message: NewMessage) -> dict[str, Any]:
    return {
        "key": message.key,
        "kind": message.kind,
        "facts": message.facts,
        "due_at": message.due_at,
        "expires_at": message.expires_at,
        "is_bulk": message.is_bulk,
        "person_id": message.person_id,
        "telegram_id": message.telegram_id,
        "enrollment_id": message.enrollment_id,
        "campaign_id": message.campaign_id,
        "status": DeliveryStatus.QUEUED,
    }


def _message(row: Row[*tuple[Any, ...]]) -> Message:
    facts = dict(row.facts)
    # a campaign's text stands once in its own row, not a hundred thousand times in the ledger
    text: str | None = getattr(row, "campaign_text", None)
    if text is not None:
        own = said(
            int(facts.get("step", 1)),
            text=text,
            links=row.campaign_links,
            file=row.campaign_file,
            asks=row.campaign_asks,
            questions=row.campaign_questions,
            pulse=row.campaign_pulse,
            steps=row.campaign_steps,
            can_ask=row.campaign_can_ask,
        )
        facts = {**own, "text": fill(own["text"], _fields(row)), **facts}
    return Message(
        message_id=row.id,
        key=row.key,
        kind=row.kind,
        facts=facts,
        due_at=row.due_at,
        status=row.status,
        attempts=row.attempts,
        person_id=row.person_id,
        telegram_id=row.address,
        expires_at=row.expires_at,
        is_bulk=row.is_bulk,
        enrollment_id=row.enrollment_id,
        campaign_id=row.campaign_id,
        telegram_message_id=row.telegram_message_id,
    )


def _fields(row: Row[*tuple[Any, ...]]) -> Fields:
    return Fields(row.person_name or "", row.person_unit or "", max(0, YEARLY_MINIMUM - row.person_hours))
