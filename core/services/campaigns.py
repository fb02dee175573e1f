"""HR's broadcasts, through the one ledger."""

from core.domain.campaigns import Campaign, CampaignProgress
from core.ports import Clock, UnitOfWorkFactory


class Campaigns:
    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def audience_size(self, audience: str) -> tuple[int, int]:
        """(people who will get it, people who have no linked account). `audience`: "all"."""
        raise NotImplementedError

    async def send(self, text: str, audience: str, *, actor: str) -> Campaign:
        """The campaign and its deliveries in one transaction; the sender starts at once. Raises EmptyText, TextTooLong."""
        raise NotImplementedError

    async def progress(self, campaign_id: int) -> CampaignProgress | None:
        raise NotImplementedError

    async def recent(self, limit: int = 10) -> list[CampaignProgress]:
        raise NotImplementedError
