"""Who read a campaign, unit by unit, who could not be reached and why, and what its quiz and its pulse brought."""

from dataclasses import dataclass

from core.domain.campaign_results import PulseResult, QuizResult, StepProgress
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
    steps: tuple[StepProgress, ...] = ()
    """In their order; the first is the campaign itself."""
    quiz: QuizResult | None = None
    """None: the campaign has no quiz. So with `pulse`."""
    pulse: PulseResult | None = None


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
            first = StepProgress(
                1, progress.recipients, progress.sent, progress.waiting, progress.unreachable, progress.expired
            )
            return CampaignReport(
                progress,
                await uow.campaigns.by_unit(campaign_id),
                await uow.campaigns.unreached(campaign_id),
                steps=(first,),
            )
