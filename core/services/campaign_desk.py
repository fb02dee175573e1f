"""HR's desk: a campaign written, looked at by a second person, released, stopped. Rights are read from the database.

Every step locks the campaign, lets `core.domain.campaigns` speak, saves, and leaves a row in the audit trail.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from core.domain import campaigns as rules
from core.domain.anchors import OPEN_FOR
from core.domain.campaigns import Campaign, CampaignStatus, Impact
from core.domain.errors import (
    AudienceEmpty,
    EmptyText,
    UnknownCampaign,
    UnknownPerson,
)
from core.domain.people import Caller, HrRole, Person
from core.domain.sending_times import ends_at, sending_time
from core.domain.working_days import Holidays
from core.ports import Clock, UnitOfWork, UnitOfWorkFactory
from core.services.campaign_changes import Changes, checked
from core.services.campaign_messages import decided, review, trials
from core.services.campaign_steps import audit, locked, officer, personal, release
from core.services.rights import actor

__all__ = ["CampaignDesk", "Changes"]


class CampaignDesk:
    def __init__(
        self, unit_of_work: UnitOfWorkFactory, clock: Clock, holidays: Holidays, rate_per_second: float
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._holidays = holidays
        self._rate = rate_per_second

    async def draft(self, caller: Caller, changes: Changes) -> Campaign:
        """For everybody unless `changes` says otherwise. Raises NotHR, RoleMissing, and what is wrong with the content."""
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            author = await officer(uow, caller, HrRole.AUTHOR)
            if changes.text is None:
                raise EmptyText
            blank = Campaign(0, "", "semua", CampaignStatus.DRAFT, now, author_id=author.person_id)
            filled = rules.edited(blank, author, **await checked(uow, blank, changes, now))
            campaign = await uow.campaigns.create(filled)
            await audit(uow, "campaign_drafted", now, author, campaign)
            await uow.commit()
        return campaign

    async def edit(self, caller: Caller, campaign_id: int, changes: Changes) -> Campaign:
        """Voids a review or an approval. Raises as `draft`, and UnknownCampaign, NotAllowedInState."""
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            editor = await officer(uow, caller, HrRole.AUTHOR)
            campaign = await locked(uow, campaign_id)
            changed = rules.edited(campaign, editor, **await checked(uow, campaign, changes, now))
            await uow.campaigns.save(changed)
            await audit(uow, "campaign_edited", now, editor, changed)
            await uow.commit()
        return changed

    async def show(self, caller: Caller, campaign_id: int) -> tuple[Campaign, Impact]:
        """The campaign and what releasing it now would do. Raises NotHR, UnknownCampaign."""
        async with self._unit_of_work() as uow:
            await officer(uow, caller, HrRole.VIEWER)
            campaign = await uow.campaigns.get(campaign_id)
            if campaign is None:
                raise UnknownCampaign(campaign_id)
            return campaign, await self._impact(uow, campaign)

    async def recent(self, caller: Caller, limit: int = 8) -> list[Campaign]:
        """Newest first. Raises NotHR."""
        async with self._unit_of_work() as uow:
            await officer(uow, caller, HrRole.VIEWER)
            return await uow.campaigns.recent(limit)

    async def preview(self, caller: Caller, campaign_id: int) -> Campaign:
        """As it would reach the caller, their own name in it. Raises NotHR, UnknownCampaign."""
        async with self._unit_of_work() as uow:
            person = await officer(uow, caller, HrRole.VIEWER)
            campaign = await uow.campaigns.get(campaign_id)
            if campaign is None:
                raise UnknownCampaign(campaign_id)
            return await personal(uow, campaign, person, self._clock.now())

    async def test(self, caller: Caller, campaign_id: int, nips: Sequence[str]) -> int:
        """As it stands, at once, to the people named, who may be anybody. Raises NotHR, RoleMissing, UnknownPerson."""
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            author = await officer(uow, caller, HrRole.AUTHOR)
            campaign = await locked(uow, campaign_id)
            rows = []
            for nip in dict.fromkeys(nips):
                person = await uow.people.by_nip(nip)
                if person is None:
                    raise UnknownPerson(nip)
                rows += trials(await personal(uow, campaign, person, now), person, now)
            await uow.outbox.add(rows)
            await audit(uow, "campaign_tested", now, author, campaign)
            await uow.commit()
        return len(set(nips))

    async def submit(self, caller: Caller, campaign_id: int) -> tuple[Campaign, int]:
        """To everybody who may approve it; also how many they are. Raises AudienceEmpty, TimePassed, NotAllowedInState, …"""
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            author = await officer(uow, caller, HrRole.AUTHOR)
            campaign = rules.submitted(await locked(uow, campaign_id), now)
            impact = await self._impact(uow, campaign)
            if not impact.reached + impact.unlinked:
                raise AudienceEmpty
            judges = [
                person
                for person in await uow.people.hr_officers()
                if person.hr_role is HrRole.APPROVER and person.person_id != campaign.author_id
            ]
            await uow.campaigns.save(campaign)
            await uow.outbox.add(review(campaign, impact, author, judge, now) for judge in judges)
            await audit(uow, "campaign_submitted", now, author, campaign)
            await uow.commit()
        return campaign, len(judges)

    async def approve(self, caller: Caller, campaign_id: int, version: int) -> Campaign:
        """Of an urgent one, this is the consent to its urgency. Raises RoleMissing, OwnCampaign, CampaignChanged, …"""
        return await self._judge(
            caller, campaign_id, "campaign_approved", lambda c, by, now: rules.approved(c, by, version, now)
        )

    async def decline(self, caller: Caller, campaign_id: int, version: int) -> Campaign:
        """Back to its author, who is told. Raises as `approve`."""
        return await self._judge(
            caller, campaign_id, "campaign_declined", lambda c, by, _: rules.declined(c, by, version)
        )

    async def schedule(self, caller: Caller, campaign_id: int, at: datetime | None) -> Campaign:
        """Out at that time once approved; None: when somebody says so. Raises TimePassed, NotAllowedInState."""
        return await self._step(
            caller, campaign_id, "campaign_timed", lambda campaign, now: rules.scheduled(campaign, at, now)
        )

    async def send_now(self, caller: Caller, campaign_id: int) -> Campaign:
        """Raises NotAllowedInState unless it is approved, TimePassed."""
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            person = await officer(uow, caller, HrRole.AUTHOR)
            campaign = await release(uow, await locked(uow, campaign_id), now, actor=actor(person))
            await uow.commit()
        return campaign

    async def pause(self, caller: Caller, campaign_id: int) -> Campaign:
        return await self._step(caller, campaign_id, "campaign_paused", lambda c, _: rules.paused(c), _hold)

    async def resume(self, caller: Caller, campaign_id: int) -> Campaign:
        return await self._step(caller, campaign_id, "campaign_resumed", rules.resumed, _let_go)

    async def cancel(self, caller: Caller, campaign_id: int) -> Campaign:
        """What has not gone out never will."""
        return await self._step(caller, campaign_id, "campaign_cancelled", lambda c, _: rules.cancelled(c), _withdraw)

    async def recall(self, caller: Caller, campaign_id: int) -> Campaign:
        """Cancelled, and what was sent within 48 hours is deleted from the chats, by the sender at its pace."""
        return await self._step(caller, campaign_id, "campaign_recalled", rules.recalled, _recall)

    async def _step(
        self,
        caller: Caller,
        campaign_id: int,
        action: str,
        rule: Callable[[Campaign, datetime], Campaign],
        effect: Callable[..., Any] | None = None,
    ) -> Campaign:
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            person = await officer(uow, caller, HrRole.AUTHOR)
            campaign = rule(await locked(uow, campaign_id), now)
            await uow.campaigns.save(campaign)
            if effect is not None:
                await effect(uow, campaign, now)
            await audit(uow, action, now, person, campaign)
            await uow.commit()
        return campaign

    async def _judge(
        self, caller: Caller, campaign_id: int, action: str, rule: Callable[[Campaign, Person, datetime], Campaign]
    ) -> Campaign:
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            judge = await officer(uow, caller, HrRole.VIEWER)  # the rule asks for more
            campaign = rule(await locked(uow, campaign_id), judge, now)
            await uow.campaigns.save(campaign)
            await uow.outbox.add(decided(campaign, judge, now))
            await audit(uow, action, now, judge, campaign)
            await uow.commit()
        return campaign

    async def _impact(self, uow: UnitOfWork, campaign: Campaign) -> Impact:
        now = self._clock.now()
        reached, unlinked = await uow.campaigns.audience_size(campaign.audience, now)
        starts_at = max(now, campaign.scheduled_at or now)
        end = ends_at(starts_at, reached, self._rate, self._holidays, is_urgent=campaign.is_urgent)
        if campaign.anchor is not None:  # one by one, as their dates come
            end = campaign.latest_at or starts_at + OPEN_FOR
        for step in campaign.steps:
            then = end + timedelta(days=step.after_days)
            end = ends_at(then, reached, self._rate, self._holidays, is_urgent=campaign.is_urgent)
        return Impact(reached, unlinked, sending_time(reached, self._rate), end)


async def _hold(uow: UnitOfWork, campaign: Campaign, now: datetime) -> None:
    await uow.outbox.hold(campaign.campaign_id, now)


async def _let_go(uow: UnitOfWork, campaign: Campaign, now: datetime) -> None:
    await uow.outbox.let_go(campaign.campaign_id, now)


async def _withdraw(uow: UnitOfWork, campaign: Campaign, now: datetime) -> None:
    await uow.outbox.withdraw_campaign(campaign.campaign_id, now)


async def _recall(uow: UnitOfWork, campaign: Campaign, now: datetime) -> None:
    await _withdraw(uow, campaign, now)
    await uow.campaigns.open_recalls(campaign.campaign_id, now)
