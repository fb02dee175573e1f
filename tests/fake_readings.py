"""The fake database's reports of campaigns: who read them, and whom they did not reach and why."""

from collections import Counter
from datetime import datetime, timedelta

from core.domain.campaigns import Campaign, CampaignStatus, UnitReading, Unreached
from core.domain.messages import NEWS, DeliveryStatus, Kind, Message
from core.domain.people import TelegramAccount
from core.domain.reach import is_gone
from core.domain.readings import Reading, Recipient
from tests.fake_reach import account_is_gone
from tests.fake_records import Records

_WAITING = (DeliveryStatus.QUEUED, DeliveryStatus.FAILED, DeliveryStatus.SENDING)
_OPEN_TO_ALL = (CampaignStatus.RUNNING, CampaignStatus.PAUSED, CampaignStatus.FINISHED)


class FakeReadings:
    _records: Records

    def _rows(self, campaign_id: int) -> list[Message]:
        return [m for m in self._records.messages.values() if m.campaign_id == campaign_id and m.kind in NEWS]

    async def by_unit(self, campaign_id: int) -> list[UnitReading]:
        from tests.fake_campaigns import units_above

        counts: dict[str, list[int]] = {}
        for row in self._rows(campaign_id):
            if row.kind is not Kind.CAMPAIGN:
                continue
            has_read = (campaign_id, row.person_id) in self._records.acknowledgements
            for code in units_above(self._records, self._records.people[row.person_id or 0]):
                count = counts.setdefault(code, [0, 0, 0, 0])
                count[0] += 1
                count[1] += row.status is DeliveryStatus.SENT
                count[2] += has_read
                count[3] += (campaign_id, row.person_id) in self._records.replies
        return [UnitReading(self._records.units[code], *counts[code]) for code in sorted(counts)]

    async def unreached_counts(self, campaign: Campaign) -> dict[Unreached, int]:
        counts = Counter(row.why for row in await self.recipients(campaign, Reading.UNREACHED))
        return {why: counts[why] for why in Unreached if counts[why]}

    async def recipients(
        self,
        campaign: Campaign,
        reading: Reading | None = None,
        *,
        unit: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Recipient]:
        from tests.fake_campaigns import matching_people, units_above

        accounts = {a.person_id: a for a in self._records.accounts.values()}
        rows = [row for row in self._rows(campaign.campaign_id) if row.kind is Kind.CAMPAIGN]
        found = [self._recipient(campaign.campaign_id, row, accounts.get(row.person_id or 0)) for row in rows]
        if campaign.status in _OPEN_TO_ALL:
            has_row = {row.person_id for row in rows}
            found += [
                Recipient(person, Reading.UNREACHED, why=Unreached.OPTED_OUT)
                for person in matching_people(self._records, campaign.audience, campaign.created_at)
                if person.person_id not in has_row
                and person.person_id in accounts
                and accounts[person.person_id].opted_out_at is not None
            ]
        found = [one for one in found if reading in (None, one.reading)]
        found = [one for one in found if unit is None or unit in units_above(self._records, one.person)]
        found.sort(key=lambda one: (one.person.unit.code, one.person.name, one.person.person_id))
        return found[offset : None if limit is None else offset + limit]

    async def staff_recipients(self, campaign: Campaign, supervisor_id: int) -> list[Recipient]:
        accounts = {a.person_id: a for a in self._records.accounts.values()}
        rows = [row for row in self._rows(campaign.campaign_id) if row.kind is Kind.CAMPAIGN]
        found = [self._recipient(campaign.campaign_id, row, accounts.get(row.person_id or 0)) for row in rows]
        found = [one for one in found if one.person.supervisor_id == supervisor_id]
        return sorted(found, key=lambda one: (one.person.name, one.person.person_id))

    async def staff_readings(self, supervisor_id: int, since: datetime, limit: int) -> list[tuple[int, int, int]]:
        found = []
        for campaign in reversed(self._records.campaigns.values()):
            is_told = campaign.needs_acknowledgement and campaign.status in _OPEN_TO_ALL
            if not is_told or campaign.released_at is None or campaign.released_at <= since:
                continue
            staff = await self.staff_recipients(campaign, supervisor_id)
            if staff:
                silent = sum(one.reading is not Reading.READ for one in staff)
                found.append((campaign.campaign_id, len(staff), silent))
        return found[:limit]

    async def silent_by_supervisor(self, campaign_id: int) -> list[tuple[int, int, int]]:
        campaign, found = self._records.campaigns[campaign_id], []
        for supervisor_id in sorted({p.supervisor_id for p in self._records.people.values() if p.supervisor_id}):
            staff = await self.staff_recipients(campaign, supervisor_id)
            silent = sum(one.reading is not Reading.READ for one in staff)
            if silent:
                found.append((supervisor_id, len(staff), silent))
        return found

    async def has_chased_all(self, campaign: Campaign, now: datetime) -> bool:
        if campaign.status is CampaignStatus.FINISHED:
            return True
        rested = now - timedelta(days=campaign.chase_after_days or 0)
        for first in (row for row in self._rows(campaign.campaign_id) if row.kind is Kind.CAMPAIGN):
            mine = [m for m in self._rows(campaign.campaign_id) if m.person_id == first.person_id]
            if (campaign.campaign_id, first.person_id) in self._records.acknowledgements:
                continue
            if any(m.status in _WAITING for m in mine):
                return False
            chases = sum(m.kind is Kind.CAMPAIGN_CHASE for m in mine)
            sent = [self._records.settled[m.message_id] for m in mine if m.status is DeliveryStatus.SENT]
            if first.status is DeliveryStatus.SENT and (chases < campaign.chase_times or max(sent) > rested):
                return False
        return True

    def _recipient(self, campaign_id: int, row: Message, account: TelegramAccount | None) -> Recipient:
        read_at = self._records.acknowledgements.get((campaign_id, row.person_id or 0))
        why = None
        if read_at is not None:
            reading = Reading.READ
        elif row.status is DeliveryStatus.SENT:
            reading = Reading.SILENT
        elif row.status in _WAITING:
            reading = Reading.WAITING
        else:
            reading, why = Reading.UNREACHED, self._why(row, account)
        chases = [m for m in self._rows(campaign_id) if m.person_id == row.person_id and m.kind is Kind.CAMPAIGN_CHASE]
        return Recipient(
            person=self._records.people[row.person_id or 0],
            reading=reading,
            sent_at=self._records.settled.get(row.message_id) if row.status is DeliveryStatus.SENT else None,
            read_at=read_at,
            reminders=sum(m.status is DeliveryStatus.SENT for m in chases),
            why=why,
            has_replied=(campaign_id, row.person_id or 0) in self._records.replies,
        )

    def _why(self, row: Message, account: TelegramAccount | None) -> Unreached:
        if account is None:
            return Unreached.NOT_LINKED
        if account.opted_out_at is not None:
            return Unreached.OPTED_OUT
        if row.status is DeliveryStatus.UNREACHABLE:
            gone = is_gone(self._records.errors.get(row.message_id)) or account_is_gone(self._records, account)
            return Unreached.NOT_FOUND if gone else Unreached.BLOCKED
        return Unreached.FAILED if row.message_id in self._records.errors else Unreached.TOO_LATE
