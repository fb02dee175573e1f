"""The ledger of the fake database: claiming, settling, withdrawing."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from core.domain.campaigns import CampaignStatus
from core.domain.messages import (
    ABOUT_TICKETS,
    CAN_BE_DECLINED,
    HELD,
    LEASE,
    NEWS,
    DeliveryStatus,
    Kind,
    Message,
    NewMessage,
    Settlement,
)
from core.domain.people import TelegramAccount
from tests.fake_campaigns import LOOK_AGAIN, put_off_until, with_words
from tests.fake_records import Records, next_id

_WAITING = (DeliveryStatus.QUEUED, DeliveryStatus.FAILED)


class FakeOutbox:
    def __init__(self, records: Records) -> None:
        self._records = records

    def _set(self, message: Message) -> None:
        self._records.messages[message.message_id] = message

    def _all(self) -> list[Message]:
        return list(self._records.messages.values())

    async def add(self, messages: Iterable[NewMessage]) -> int:
        keys = {message.key for message in self._all()}
        new = 0
        for message in messages:
            if (message.person_id is None) == (message.telegram_id is None):
                raise AssertionError("check: exactly one of person_id and telegram_id")
            if message.key in keys:
                continue
            keys.add(message.key)
            new += 1
            self._set(
                Message(
                    message_id=next_id(self._records.messages),
                    status=DeliveryStatus.QUEUED,
                    attempts=0,
                    **{name: getattr(message, name) for name in NewMessage.__dataclass_fields__ if name != "facts"},
                    facts=json.loads(json.dumps(message.facts)),
                )
            )
        return new

    def _is_due(self, message: Message, now: datetime) -> bool:
        if message.status is DeliveryStatus.SENDING:
            return self._records.claims[message.message_id][0] + LEASE <= now
        return message.status in _WAITING and message.due_at <= now

    async def claim(
        self, now: datetime, *, limit: int, bulk: bool | None, claimed_by: str, quiet_until: datetime | None = None
    ) -> list[Message]:
        due = sorted(
            (m for m in self._all() if bulk in (None, m.is_bulk) and self._is_due(m, now)),
            key=lambda m: (m.is_bulk, m.due_at, m.message_id),
        )
        claimed: list[Message] = []
        for message in due:
            if len(claimed) == limit:
                break
            account = self._account(message)
            never = self._never(message, now)
            later = put_off_until(self._records, message, now, quiet_until)
            if later is None and self._is_second_of(message, claimed):
                later = now + LOOK_AGAIN
            if never is not None:
                self._set(replace(message, status=never))
            elif later is not None:
                due_at = min(later, message.expires_at or later)
                self._set(replace(message, status=DeliveryStatus.QUEUED, due_at=due_at))
            else:
                taken = replace(message, status=DeliveryStatus.SENDING, attempts=message.attempts + 1)
                self._set(taken)
                self._records.claims[message.message_id] = (now, claimed_by)
                self._records.settled.pop(message.message_id, None)
                address = account.telegram_id if account else message.telegram_id
                facts = with_words(self._records, taken, now)
                claimed.append(replace(taken, telegram_id=address, facts=facts))
        return claimed

    def _account(self, message: Message) -> TelegramAccount | None:
        if message.person_id is None:
            return None
        return next((a for a in self._records.accounts.values() if a.person_id == message.person_id), None)

    def _never(self, message: Message, now: datetime) -> DeliveryStatus | None:
        campaign = self._records.campaigns.get(message.campaign_id or 0)
        is_news = message.campaign_id is not None and message.kind in NEWS
        account = self._account(message)
        if message.expires_at is not None and message.expires_at <= now:
            return DeliveryStatus.EXPIRED
        if is_news and campaign is not None and campaign.status is CampaignStatus.CANCELLED:
            return DeliveryStatus.WITHDRAWN
        has_read = (message.campaign_id, message.person_id) in self._records.acknowledgements
        if message.kind is Kind.CAMPAIGN_CHASE and has_read:
            return DeliveryStatus.WITHDRAWN
        if message.person_id is not None and (account is None or account.unreachable_since is not None):
            return DeliveryStatus.UNREACHABLE
        if message.kind in CAN_BE_DECLINED and account is not None and account.opted_out_at is not None:
            return DeliveryStatus.WITHDRAWN
        return None

    def _is_second_of(self, message: Message, claimed: list[Message]) -> bool:
        campaign = self._records.campaigns.get(message.campaign_id or 0)
        if campaign is None or campaign.is_urgent or message.kind not in NEWS:
            return False
        return any(m.person_id == message.person_id and m.campaign_id is not None for m in claimed)

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
        message = self._records.messages.get(message_id)
        if message is None or message.status is not DeliveryStatus.SENDING:
            return False
        if claimed_by not in (None, self._records.claims[message_id][1]):
            return False
        self._set(
            replace(
                message,
                status=status,
                due_at=due_at or message.due_at,
                telegram_message_id=telegram_message_id,
                attempts=message.attempts - (status is DeliveryStatus.QUEUED),
            )
        )
        self._records.settled[message_id] = now
        self._records.errors.pop(message_id, None)
        if error is not None:
            self._records.errors[message_id] = error
        return True

    async def withdraw_all(self, enrollment_ids: Sequence[int], kinds: Collection[str], now: datetime) -> int:
        return sum([await self.withdraw(enrollment_id, kinds, now) for enrollment_id in enrollment_ids])

    async def settle_all(self, settlements: Collection[Settlement], now: datetime, *, claimed_by: str) -> int:
        marked = 0
        for each in settlements:
            facts = {name: getattr(each, name) for name in ("due_at", "telegram_message_id", "error")}
            marked += await self.settle(each.message_id, each.status, now, claimed_by=claimed_by, **facts)
        return marked

    async def withdraw(self, enrollment_id: int, kinds: Collection[str], now: datetime) -> int:
        rows = [
            m
            for m in self._all()
            if m.enrollment_id == enrollment_id
            and m.kind in kinds
            and m.status in (*_WAITING, DeliveryStatus.SENDING, DeliveryStatus.UNREACHABLE)
        ]
        for message in rows:
            self._set(replace(message, status=DeliveryStatus.WITHDRAWN))
        return len(rows)

    def _news(self, campaign_id: int, *statuses: DeliveryStatus) -> list[Message]:
        return [m for m in self._all() if m.campaign_id == campaign_id and m.kind in NEWS and m.status in statuses]

    async def hold(self, campaign_id: int, now: datetime) -> int:
        rows = self._news(campaign_id, *_WAITING)
        for message in rows:
            self._set(replace(message, due_at=message.expires_at or HELD))
        return len(rows)

    async def let_go(self, campaign_id: int, now: datetime) -> int:
        rows = self._news(campaign_id, *_WAITING)
        for message in rows:
            self._set(replace(message, due_at=now, status=DeliveryStatus.QUEUED))
        return len(rows)

    async def withdraw_campaign(self, campaign_id: int, now: datetime) -> int:
        rows = self._news(campaign_id, *_WAITING, DeliveryStatus.UNREACHABLE)
        for message in rows:
            self._set(replace(message, status=DeliveryStatus.WITHDRAWN))
        return len(rows)

    async def revive(self, person_id: int, now: datetime) -> int:
        rows = [
            m
            for m in self._all()
            if m.person_id == person_id
            and m.status is DeliveryStatus.UNREACHABLE
            and (m.expires_at is None or m.expires_at > now)
        ]
        for message in rows:
            self._set(replace(message, status=DeliveryStatus.QUEUED, attempts=0))
        return len(rows)

    async def campaign_of(self, person_id: int, telegram_message_id: int) -> int | None:
        row = self._about(NEWS, person_id, telegram_message_id)
        return row.campaign_id if row is not None else None

    async def ticket_of(self, person_id: int, telegram_message_id: int) -> int | None:
        row = self._about(ABOUT_TICKETS, person_id, telegram_message_id)
        return row.facts["ticket_number"] if row is not None else None

    def _about(self, kinds: Collection[Kind], person_id: int, telegram_message_id: int) -> Message | None:
        linked = {account.person_id: account.linked_at for account in self._records.accounts.values()}
        for row in self._records.messages.values():
            is_meant = (row.person_id, row.telegram_message_id) == (person_id, telegram_message_id)
            if is_meant and row.kind in kinds and person_id in linked:
                return row if self._records.settled[row.message_id] >= linked[person_id] else None
        return None

    async def next_due_at(self) -> datetime | None:
        moments = [m.due_at for m in self._all() if m.status in _WAITING]
        moments += [
            self._records.claims[m.message_id][0] + LEASE for m in self._all() if m.status is DeliveryStatus.SENDING
        ]
        return min(moments, default=None)

    async def last_due(self, kind: Kind, person_ids: Collection[int]) -> dict[int, datetime]:
        found: dict[int, datetime] = {}
        for m in self._all():
            if m.kind is kind and m.person_id in person_ids and m.status is not DeliveryStatus.WITHDRAWN:
                found[m.person_id] = max(found.get(m.person_id, m.due_at), m.due_at)
        return found

    async def of_enrollment(self, enrollment_id: int) -> list[Message]:
        return [m for m in self._all() if m.enrollment_id == enrollment_id]
