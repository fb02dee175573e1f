"""Who read a campaign, by unit and person, who could not be reached and why, and what its quiz and its pulse brought."""

from dataclasses import dataclass

from core.domain.campaign_results import PersonQuiz, PulseResult, QuizResult, StepProgress
from core.domain.campaigns import RELEASED, Campaign, CampaignProgress, UnitReading, Unreached
from core.domain.errors import NotAllowed, UnknownCampaign
from core.domain.people import Caller, HrRole
from core.domain.readings import Reading, Recipient
from core.ports import Clock, UnitOfWork, UnitOfWorkFactory
from core.services.campaign_outcomes import pulse_result, quiz_result
from core.services.campaign_steps import officer
from core.services.rights import DESK, actor


@dataclass(frozen=True)
class CampaignReport:
    progress: CampaignProgress
    units: list[UnitReading]
    why: dict[Unreached, int]
    """How many did not get it, by why."""
    steps: tuple[StepProgress, ...] = ()
    """In their order; the first is the campaign itself."""
    quiz: QuizResult | None = None
    """None: the campaign has no quiz. So with `pulse`."""
    pulse: PulseResult | None = None

    @property
    def silent(self) -> int:
        """It reached them, and they have not said that they read it."""
        return max(0, self.progress.sent - self.progress.acknowledged)

    def silent_in(self, unit: str) -> int:
        """As `silent`, at or below that unit."""
        return sum(max(0, row.sent - row.acknowledged) for row in self.units if row.unit.code == unit)

    @property
    def unreached(self) -> int:
        return sum(self.why.values())


class CampaignReports:
    """`caller` None is whoever runs the machine. Every method raises NotHR; the refusal is kept in the trail."""

    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def released(self, caller: Caller | None, limit: int = 7) -> list[Campaign]:
        """Those there is something to tell about, newest first."""
        async with self._unit_of_work() as uow:
            await self._reader(uow, caller)
            found = await uow.campaigns.recent(2 * limit, RELEASED)
        return [campaign for campaign in found if campaign.released_at is not None][:limit]  # no draft cancelled

    async def report(self, caller: Caller | None, campaign_id: int) -> CampaignReport:
        """Raises UnknownCampaign."""
        async with self._unit_of_work() as uow:
            await self._reader(uow, caller, campaign_id)
            progress = await uow.campaigns.progress(campaign_id)
            if progress is None:
                raise UnknownCampaign(campaign_id)
            units = await uow.campaigns.by_unit(campaign_id)
            steps = tuple(await uow.campaigns.step_progress(progress.campaign))
            why = await uow.campaigns.unreached_counts(progress.campaign)
            quiz = await quiz_result(uow, progress.campaign)
            pulse = await pulse_result(uow, progress.campaign)
            return CampaignReport(progress, units, why, steps=steps, quiz=quiz, pulse=pulse)

    async def people(
        self,
        caller: Caller | None,
        campaign_id: int,
        reading: Reading | None = None,
        *,
        unit: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Recipient]:
        """By unit and name, at or below `unit`. Names are personal data: the trail says who looked. Raises UnknownCampaign."""
        async with self._unit_of_work() as uow:
            who = await self._reader(uow, caller, campaign_id)
            campaign = await uow.campaigns.get(campaign_id)
            if campaign is None:
                raise UnknownCampaign(campaign_id)
            found = await uow.campaigns.recipients(campaign, reading, unit=unit, limit=limit, offset=offset)
            facts = {"people": len(found), "reading": reading.value if reading else "all"}
            now = self._clock.now()
            await uow.audit.record("campaign_people_seen", now, actor=who, subject=campaign.subject, facts=facts)
            await uow.commit()
        return found

    async def quiz_people(self, caller: Caller | None, campaign_id: int) -> list[PersonQuiz]:
        """Who answered the quiz and how much of it right, by unit and name; kept in the trail. Raises UnknownCampaign."""
        async with self._unit_of_work() as uow:
            who = await self._reader(uow, caller, campaign_id)
            campaign = await uow.campaigns.get(campaign_id)
            if campaign is None:
                raise UnknownCampaign(campaign_id)
            found = await uow.answers.quiz_people(campaign_id)
            facts, now = {"people": len(found), "reading": "quiz"}, self._clock.now()
            await uow.audit.record("campaign_people_seen", now, actor=who, subject=campaign.subject, facts=facts)
            await uow.commit()
        return found

    async def _reader(self, uow: UnitOfWork, caller: Caller | None, campaign_id: int | None = None) -> str:
        """Who reads, as the trail names them. A refusal is kept under who tried: the campaign's trail holds its steps only."""
        if caller is None:
            return DESK
        try:
            return actor(await officer(uow, caller, HrRole.VIEWER))
        except NotAllowed:
            who = actor(caller.person) if caller.person is not None else f"tg:{caller.telegram_id}"
            facts = {"campaign_id": campaign_id}
            await uow.audit.record("campaign_report_refused", self._clock.now(), actor=who, subject=who, facts=facts)
            await uow.commit()
            raise
