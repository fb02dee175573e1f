"""HR's broadcasts, through the one ledger."""

from datetime import timedelta

from core.domain.campaigns import Campaign, CampaignProgress, CampaignStatus, check_text
from core.ports import Clock, UnitOfWorkFactory

EVERYBODY = "all"
CAMPAIGN_LASTS = timedelta(days=3)
"""News older than this is not sent any more, to those who link their account late for example."""


class Campaigns:
    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def audience_size(self, audience: str) -> tuple[int, int]:
        """(people who will get it, people who have no linked account). `audience`: "all"."""
        _require_known(audience)
        async with self._unit_of_work() as uow:
            return await uow.campaigns.audience_size(audience)

    async def send(self, text: str, audience: str, *, actor: str) -> Campaign:
        """The campaign and its deliveries in one transaction; the sender starts at once. Raises EmptyText, TextTooLong."""
        _require_known(audience)
        text = check_text(text)
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            campaign = await uow.campaigns.create(text, audience, CampaignStatus.RUNNING, now)
            recipients = await uow.campaigns.open_deliveries(campaign, now, now + CAMPAIGN_LASTS)
            await uow.audit.record(
                "campaign_running",
                now,
                actor=actor,
                subject=f"campaign:{campaign.campaign_id}",
                facts={"audience": audience, "recipients": recipients},
            )
            await uow.commit()
        return campaign

    async def progress(self, campaign_id: int) -> CampaignProgress | None:
        """Counted from the ledger now; None for a campaign nobody knows."""
        async with self._unit_of_work() as uow:
            return await uow.campaigns.progress(campaign_id)

    async def recent(self, limit: int = 10) -> list[CampaignProgress]:
        """Newest first."""
        async with self._unit_of_work() as uow:
            campaigns = await uow.campaigns.recent(limit)
            progress = [await uow.campaigns.progress(campaign.campaign_id) for campaign in campaigns]
        return [row for row in progress if row is not None]


def _require_known(audience: str) -> None:
    if audience != EVERYBODY:
        raise ValueError(f"unknown audience: {audience!r}")  # the edges offer the known ones only
