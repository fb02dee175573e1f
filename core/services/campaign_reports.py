"""Who read a campaign, unit by unit, and who could not be reached and why."""

from dataclasses import dataclass

from core.domain.campaigns import CampaignProgress, UnitReading, Unreached
from core.domain.errors import UnknownCampaign
from core.domain.people import Caller, HrRole, Person
from core.ports import UnitOfWorkFactory
from core.services.campaign_steps import officer


@dataclass(frozen=True)
class CampaignReport:
    progress: CampaignProgress
    units: list[UnitReading]
    unreached: list[tuple[Person, Unreached]]


class CampaignReports:
    def __init__(self, unit_of_work: UnitOfWorkFactory) -> None:
        self._unit_of_work = unit_of_work

    async def report(self, caller: Caller | None, campaign_id: int) -> CampaignReport:
        """`caller` None: whoever runs the machine. Raises NotHR, UnknownCampaign."""
        async with self._unit_of_work() as uow:
            if caller is not None:
                await officer(uow, caller, HrRole.VIEWER)
            progress = await uow.campaigns.progress(campaign_id)
            if progress is None:
                raise UnknownCampaign(campaign_id)
            units = await uow.campaigns.by_unit(campaign_id)
            return CampaignReport(progress, units, await uow.campaigns.unreached(campaign_id))
