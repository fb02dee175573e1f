"""HR's broadcasts, through the one ledger: the quick way from the command line, their numbers, and reading them."""

from typing import Any

from core.domain import audience as audiences
from core.domain.campaign_content import check_content
from core.domain.campaigns import Campaign, CampaignProgress, CampaignStatus, expires_at
from core.domain.errors import NothingToAcknowledge, NotLinked
from core.domain.people import Caller
from core.domain.working_days import Holidays, next_office_time
from core.ports import Clock, UnitOfWorkFactory
from core.services.audiences import require_known
from core.services.campaign_messages import content


class Campaigns:
    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock, holidays: Holidays = frozenset()) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._holidays = holidays

    async def audience_size(self, audience: str) -> tuple[int, int]:
        """(people who will get it, people who have no linked account). Raises AudienceNotReadable, AudienceUnknown."""
        async with self._unit_of_work() as uow:
            await require_known(uow, audiences.parse(audience))
            return await uow.campaigns.audience_size(audience, self._clock.now())

    async def send(self, text: str, audience: str, *, actor: str, is_urgent: bool = False) -> Campaign:
        """The campaign and its deliveries in one transaction; the sender starts at once, or when the office opens.

        For whoever runs the machine: nobody approves it. `is_urgent` goes out at any hour, beyond anybody's daily share too.
        Raises AudienceNotReadable, AudienceUnknown and what `check_content` raises.
        """
        parsed = audiences.parse(audience)
        text = check_content(text)
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            await require_known(uow, parsed)
            campaign = await uow.campaigns.create(
                Campaign(0, text, audience, CampaignStatus.RUNNING, now, is_urgent=is_urgent, released_at=now)
            )
            # counted from when it can go out, or a long holiday would let it expire unsent
            starts_at = now if is_urgent else next_office_time(now, self._holidays)
            recipients = await uow.campaigns.open_deliveries(campaign, now, expires_at(campaign, starts_at))
            await uow.audit.record(
                "campaign_running",
                now,
                actor=actor,
                subject=campaign.subject,
                facts={"audience": parsed.shown, "recipients": recipients},
            )
            await uow.commit()
        return campaign

    async def acknowledge(self, caller: Caller, campaign_id: int) -> None:
        """The person says they have read and understood it; saying it again changes nothing.

        Raises NotLinked, NothingToAcknowledge.
        """
        if caller.person is None:
            raise NotLinked
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            if not await uow.campaigns.acknowledge(campaign_id, caller.person.person_id, now):
                raise NothingToAcknowledge(campaign_id)
            await uow.commit()

    async def content(self, campaign_id: int) -> dict[str, Any] | None:
        """What it says and asks, its fields not filled in; None for a campaign nobody knows."""
        async with self._unit_of_work() as uow:
            campaign = await uow.campaigns.get(campaign_id)
        return content(campaign) if campaign is not None else None

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
