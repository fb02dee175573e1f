"""The ledger of the fake database: claiming, settling, withdrawing, and the rows of campaigns."""

import json
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from core.domain.campaigns import Campaign, CampaignProgress, CampaignStatus
from core.domain.messages import LEASE, DeliveryStatus, Kind, Message, NewMessage
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

    async def claim(self, now: datetime, *, limit: int, bulk: bool, claimed_by: str) -> list[Message]:
        due = sorted(
            (m for m in self._all() if m.is_bulk is bulk and self._is_due(m, now)),
            key=lambda m: (m.due_at, m.message_id),
        )
        accounts = {a.person_id: a for a in self._records.accounts.values()}
        claimed: list[Message] = []
        for message in due:
            if len(claimed) == limit:
                break
            account = accounts.get(message.person_id) if message.person_id is not None else None
            if message.expires_at is not None and message.expires_at <= now:
                self._set(replace(message, status=DeliveryStatus.EXPIRED))
            elif message.person_id is not None and (account is None or account.unreachable_since is not None):
                self._set(replace(message, status=DeliveryStatus.UNREACHABLE))
            elif message.campaign_id is not None and account is not None and account.opted_out_at is not None:
                self._set(replace(message, status=DeliveryStatus.WITHDRAWN))
            else:
                taken = replace(message, status=DeliveryStatus.SENDING, attempts=message.attempts + 1)
                self._set(taken)
                self._records.claims[message.message_id] = (now, claimed_by)
                claimed.append(replace(taken, telegram_id=account.telegram_id if account else message.telegram_id))
        return claimed

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
        return True

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

    async def next_due_at(self) -> datetime | None:
        moments = [m.due_at for m in self._all() if m.status in _WAITING]
        moments += [
            self._records.claims[m.message_id][0] + LEASE for m in self._all() if m.status is DeliveryStatus.SENDING
        ]
        return min(moments, default=None)

    async def of_enrollment(self, enrollment_id: int) -> list[Message]:
        return [m for m in self._all() if m.enrollment_id == enrollment_id]


class FakeCampaigns:
    def __init__(self, records: Records) -> None:
        self._records = records

    async def create(self, text: str, audience: str, status: CampaignStatus, now: datetime) -> Campaign:
        campaign = Campaign(next_id(self._records.campaigns), text, audience, status, now)
        self._records.campaigns[campaign.campaign_id] = campaign
        return campaign

    async def get(self, campaign_id: int) -> Campaign | None:
        return self._records.campaigns.get(campaign_id)

    async def recent(self, limit: int) -> list[Campaign]:
        return list(reversed(self._records.campaigns.values()))[:limit]

    async def progress(self, campaign_id: int) -> CampaignProgress | None:
        campaign = self._records.campaigns.get(campaign_id)
        if campaign is None:
            return None
        states = [m.status for m in self._records.messages.values() if m.campaign_id == campaign_id]
        return CampaignProgress(
            campaign=campaign,
            recipients=len(states),
            sent=states.count(DeliveryStatus.SENT),
            waiting=sum(s in (*_WAITING, DeliveryStatus.SENDING) for s in states),
            unreachable=states.count(DeliveryStatus.UNREACHABLE),
            expired=states.count(DeliveryStatus.EXPIRED),
        )

    async def audience_size(self, audience: str) -> tuple[int, int]:
        accounts = self._records.accounts.values()
        reached = sum(account.opted_out_at is None for account in accounts)
        return reached, len(self._records.people) - len(accounts)

    async def open_deliveries(self, campaign: Campaign, now: datetime, expires_at: datetime) -> int:
        opted_out = {a.person_id for a in self._records.accounts.values() if a.opted_out_at is not None}
        return await FakeOutbox(self._records).add(
            NewMessage(
                key=f"campaign:{campaign.campaign_id}:{person_id}",
                kind=Kind.CAMPAIGN,
                facts={"campaign_id": campaign.campaign_id, "text": campaign.text},
                due_at=now,
                expires_at=expires_at,
                person_id=person_id,
                is_bulk=True,
                campaign_id=campaign.campaign_id,
            )
            for person_id in self._records.people
            if person_id not in opted_out
        )

    async def finish_done(self) -> list[int]:
        done = []
        for campaign in list(self._records.campaigns.values()):
            progress = await self.progress(campaign.campaign_id)
            if campaign.status is CampaignStatus.RUNNING and progress is not None and not progress.waiting:
                self._records.campaigns[campaign.campaign_id] = replace(campaign, status=CampaignStatus.FINISHED)
                done.append(campaign.campaign_id)
        return done
