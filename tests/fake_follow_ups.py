"""The fake database's reminders, corrections and deletions of campaigns."""

from collections.abc import Collection
from datetime import datetime, timedelta

from core.domain.campaign_results import StepProgress
from core.domain.campaigns import RECALL_WITHIN, Campaign, chases, expires_at
from core.domain.messages import FIRST_WORDS, NEWS, DeliveryStatus, Kind, Message, NewMessage
from tests.fake_records import Records

_WAITING = (DeliveryStatus.QUEUED, DeliveryStatus.FAILED, DeliveryStatus.SENDING)


class FakeFollowUps:
    _records: Records

    def _rows(self, campaign_id: int) -> list[Message]:
        return [m for m in self._records.messages.values() if m.campaign_id == campaign_id and m.kind in NEWS]

    async def open_chases(self, campaign: Campaign, now: datetime) -> int:
        from tests.fake_ledger import FakeOutbox

        if not chases(campaign):
            return 0
        new = []
        for first in [m for m in self._rows(campaign.campaign_id) if m.kind is Kind.CAMPAIGN]:
            mine = [m for m in self._rows(campaign.campaign_id) if m.person_id == first.person_id]
            earlier = sum(m.kind is Kind.CAMPAIGN_CHASE for m in mine)
            sent = [self._records.settled[m.message_id] for m in mine if m.status is DeliveryStatus.SENT]
            has_read = (campaign.campaign_id, first.person_id) in self._records.acknowledgements
            waits = any(m.status in _WAITING for m in mine)
            if first.status is not DeliveryStatus.SENT or has_read or waits or earlier >= campaign.chase_times:
                continue
            if max(sent) > now - timedelta(days=campaign.chase_after_days or 0):
                continue
            new.append(
                NewMessage(
                    key=f"campaign:{campaign.campaign_id}:chase:{earlier + 1}:{first.person_id}",
                    kind=Kind.CAMPAIGN_CHASE,
                    facts={"campaign_id": campaign.campaign_id, "chase": earlier + 1},
                    due_at=now,
                    expires_at=expires_at(campaign, now),
                    person_id=first.person_id,
                    is_bulk=True,
                    campaign_id=campaign.campaign_id,
                )
            )
        return await FakeOutbox(self._records).add(new)

    async def open_steps(self, campaign: Campaign, now: datetime, expires_at: datetime) -> int:
        from tests.fake_ledger import FakeOutbox

        accounts = {a.person_id: a for a in self._records.accounts.values()}
        number, new = campaign.campaign_id, []
        for place, step in enumerate(campaign.steps, 2):
            due = now - timedelta(days=step.after_days)
            for row in self._steps(number, place - 1):
                account = accounts.get(row.person_id or 0)
                if row.status is not DeliveryStatus.SENT or self._records.settled[row.message_id] > due:
                    continue
                if account is None or account.opted_out_at is not None:
                    continue
                new.append(
                    NewMessage(
                        key=f"campaign:{number}:step:{place}:{row.person_id}",
                        kind=Kind.CAMPAIGN_STEP,
                        facts={"campaign_id": number, "step": place},
                        due_at=now,
                        expires_at=expires_at,
                        person_id=row.person_id,
                        is_bulk=True,
                        campaign_id=number,
                    )
                )
        return await FakeOutbox(self._records).add(new)

    def _steps(self, campaign_id: int, number: int) -> list[Message]:
        kind = Kind.CAMPAIGN if number == 1 else Kind.CAMPAIGN_STEP
        mine = [m for m in self._rows(campaign_id) if m.kind is kind]
        return [m for m in mine if number == 1 or f":step:{number}:" in m.key]

    async def step_progress(self, campaign: Campaign) -> list[StepProgress]:
        found = []
        for number in range(1, len(campaign.steps) + 2):
            states = [m.status for m in self._steps(campaign.campaign_id, number)]
            found.append(
                StepProgress(
                    number,
                    len(states),
                    states.count(DeliveryStatus.SENT),
                    sum(s in _WAITING for s in states),
                    states.count(DeliveryStatus.UNREACHABLE),
                    states.count(DeliveryStatus.EXPIRED),
                )
            )
        return found

    async def open_recalls(self, campaign_id: int, now: datetime) -> int:
        return await self._about_sent(campaign_id, now, Kind.CAMPAIGN_RECALL, "recall:", NEWS)

    async def open_corrections(self, campaign_id: int, version: int, now: datetime) -> int:
        return await self._about_sent(campaign_id, now, Kind.CAMPAIGN_CORRECTION, f"correction:{version}:", FIRST_WORDS)

    async def _about_sent(self, campaign_id: int, now: datetime, kind: Kind, key: str, of: Collection[Kind]) -> int:
        from tests.fake_ledger import FakeOutbox

        accounts = {a.person_id: a for a in self._records.accounts.values()}
        new = []
        for row in self._rows(campaign_id):
            account, settled = accounts.get(row.person_id or 0), self._records.settled.get(row.message_id)
            if row.kind not in of or row.status is not DeliveryStatus.SENT or account is None or settled is None:
                continue
            if row.telegram_message_id is None or settled < account.linked_at or settled <= now - RECALL_WITHIN:
                continue
            new.append(
                NewMessage(
                    key=f"{key}{row.message_id}",
                    kind=kind,
                    facts={"campaign_id": campaign_id, "message_id": row.telegram_message_id},
                    due_at=now,
                    expires_at=settled + RECALL_WITHIN,
                    person_id=row.person_id,
                    is_bulk=True,
                    campaign_id=campaign_id,
                )
            )
        return await FakeOutbox(self._records).add(new)

    async def recalled_since(self, moment: datetime) -> list[Campaign]:
        found = self._records.campaigns.values()
        return [c for c in found if c.recalled_at is not None and c.recalled_at > moment]
