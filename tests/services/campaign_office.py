"""An HR office under test: dewi writes, agus approves, and a sender whose clock stands still."""

from core.domain.campaigns import Campaign, CampaignProgress
from core.domain.messages import Kind
from core.domain.people import Person
from core.ports import UnitOfWorkFactory
from core.services.campaign_desk import CampaignDesk, Changes
from core.services.campaign_rounds import CampaignRounds
from core.services.campaigns import Campaigns
from tests.factories import Cast, caller, telegram_id
from tests.fakes import FakeTime, FixedClock
from tests.services.sending import Sender


class Office:
    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: FixedClock, time: FakeTime, cast: Cast) -> None:
        self.cast = cast
        self.clock = clock
        self.unit_of_work = unit_of_work
        self.campaigns = Campaigns(unit_of_work, clock)
        self.desk = CampaignDesk(unit_of_work, clock, frozenset(), 25.0)
        self.rounds = CampaignRounds(unit_of_work, clock)
        self.sender = Sender(unit_of_work, clock, time)
        self.author, self.approver = caller(cast.dewi), caller(cast.agus)

    async def draft(self, text: str = "Apel Senin", **changes: object) -> Campaign:
        return await self.desk.draft(self.author, Changes(text=text, **changes))  # type: ignore[arg-type]

    async def approved(self, text: str = "Apel Senin", **changes: object) -> Campaign:
        campaign = await self.draft(text, **changes)
        await self.desk.submit(self.author, campaign.campaign_id)
        return await self.desk.approve(self.approver, campaign.campaign_id, campaign.version)

    async def released(self, text: str = "Apel Senin", **changes: object) -> Campaign:
        campaign = await self.approved(text, **changes)
        return await self.desk.send_now(self.author, campaign.campaign_id)

    async def run(self) -> None:
        await self.rounds.tend()
        await self.sender.run_dry()

    async def progress(self, campaign: Campaign) -> CampaignProgress:
        found = await self.campaigns.progress(campaign.campaign_id)
        assert found is not None
        return found

    def got(self, text: str) -> set[int | None]:
        """Telegram ids of those who were sent a message with exactly this text; twice is a failure."""
        news = [message for message in self.sender.messenger.sent if message.kind is Kind.CAMPAIGN]
        ids = [message.telegram_id for message in news if message.facts["text"] == text]
        assert len(ids) == len(set(ids))
        return set(ids)

    def accounts(self, *people: Person) -> set[int | None]:
        return {telegram_id(person) for person in people}
