"""What campaigns need without anybody asking: release when due, late joiners, reminders, and stopping when they fail."""

from datetime import datetime

from core.domain import campaigns as rules
from core.domain.campaigns import CampaignStatus
from core.domain.errors import CampaignRefused
from core.ports import Clock, UnitOfWorkFactory
from core.services.campaign_messages import stopped
from core.services.campaign_steps import release


class CampaignRounds:
    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def tend(self) -> int:
        """Any number of times: what was done is not done again. Returns how many rows are new."""
        return await self._release_due() + await self._reach_everybody() + await self._recall_stragglers()

    async def _release_due(self) -> int:
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            waiting = await uow.campaigns.in_status([CampaignStatus.SCHEDULED])
        new = 0
        for campaign in waiting:
            if campaign.scheduled_at is None or campaign.scheduled_at > now:
                continue
            async with self._unit_of_work() as uow:
                locked = await uow.campaigns.lock(campaign.campaign_id)
                if locked is None or locked.scheduled_at is None or locked.scheduled_at > now:
                    continue
                try:
                    await release(uow, locked, now, actor="scheduler")
                except CampaignRefused:  # edited, cancelled, or too late meanwhile: it stays where it is
                    continue
                await uow.commit()
            new += 1
        return new

    async def _recall_stragglers(self) -> int:
        """What was in flight while its campaign was recalled."""
        now, new = self._clock.now(), 0
        async with self._unit_of_work() as uow:
            for campaign in await uow.campaigns.recalled_since(now - rules.RECALL_WITHIN):
                new += await uow.campaigns.open_recalls(campaign.campaign_id, now)
            await uow.commit()
        return new

    async def _reach_everybody(self) -> int:
        """Who came to belong to the audience of a running campaign gets it too; who stays silent is reminded."""
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            running = await uow.campaigns.in_status([CampaignStatus.RUNNING])
        new = 0
        for campaign in running:
            async with self._unit_of_work() as uow:
                locked = await uow.campaigns.lock(campaign.campaign_id)
                if locked is None or locked.status is not CampaignStatus.RUNNING:
                    continue
                if locked.latest_at is None or locked.latest_at > now:
                    new += await uow.campaigns.open_deliveries(locked, now, rules.expires_at(locked, now))
                    new += await uow.campaigns.open_steps(locked, now, rules.expires_at(locked, now))
                    new += await uow.campaigns.open_chases(locked, now)
                await uow.commit()
        return new


async def finish_done(unit_of_work: UnitOfWorkFactory, now: datetime) -> None:
    """Running campaigns with nothing left to send are finished."""
    async with unit_of_work() as uow:
        for campaign_id in await uow.campaigns.finish_done(now):
            await uow.audit.record("campaign_finished", now, actor="scheduler", subject=f"campaign:{campaign_id}")
        await uow.commit()


async def stop_failing(unit_of_work: UnitOfWorkFactory, now: datetime) -> None:
    """Pauses the running campaigns that fail too often, and tells HR."""
    async with unit_of_work() as uow:
        for found in await uow.campaigns.in_status([CampaignStatus.RUNNING]):
            failed, tried = await uow.campaigns.failures(found.campaign_id)
            campaign = await uow.campaigns.lock(found.campaign_id)
            is_bad = rules.has_failed_too_often(failed, tried)
            if not is_bad or campaign is None or campaign.status is not CampaignStatus.RUNNING:
                continue
            await uow.campaigns.save(rules.paused(campaign))
            await uow.outbox.hold(campaign.campaign_id, now)
            await uow.outbox.add(stopped(campaign, failed, tried, await uow.people.hr_officers(), now))
            await uow.audit.record(
                "campaign_paused",
                now,
                actor="scheduler",
                subject=campaign.subject,
                facts={"failed": failed, "tried": tried},
            )
        await uow.commit()
