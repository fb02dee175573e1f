"""The pulse question of a campaign, as those answer it who got the campaign: a number once, then words if they like."""

from core.domain.campaign_content import check_text
from core.domain.people import Caller, Person
from core.domain.pulses import HIGHEST, LONGEST_COMMENT, LOWEST, PulseAnswer
from core.ports import Clock, UnitOfWork, UnitOfWorkFactory
from core.services.campaign_steps import received, refuse_answer


class CampaignPulses:
    """Who said what is kept for the once only; reports name nobody. Every method raises NotLinked, NothingToAnswer."""

    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def open(self, caller: Caller, campaign_id: int) -> tuple[str, PulseAnswer | None]:
        """The question, and what the caller has answered."""
        async with self._unit_of_work() as uow:
            question, person = await self._asked(uow, caller, campaign_id)
            return question, await uow.answers.pulse(campaign_id, person.person_id)

    async def answer(self, caller: Caller, campaign_id: int, value: int) -> PulseAnswer:
        """The answer that stands, which is the first."""
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            _, person = await self._asked(uow, caller, campaign_id)
            if not LOWEST <= value <= HIGHEST:
                await refuse_answer(uow, person, campaign_id, now)
            await uow.answers.add_pulse(campaign_id, person.person_id, value, now)
            standing = await uow.answers.pulse(campaign_id, person.person_id)
            assert standing is not None  # this transaction or an earlier one wrote it
            await uow.commit()
        return standing

    async def comment(self, caller: Caller, campaign_id: int, words: str) -> bool:
        """Once, after the number; False: there are words already, or no number. Raises EmptyText, TextTooLong too."""
        words = check_text(words, LONGEST_COMMENT)
        async with self._unit_of_work() as uow:
            _, person = await self._asked(uow, caller, campaign_id)
            is_new = await uow.answers.set_pulse_comment(campaign_id, person.person_id, words)
            await uow.commit()
        return is_new

    async def _asked(self, uow: UnitOfWork, caller: Caller, campaign_id: int) -> tuple[str, Person]:
        now = self._clock.now()
        campaign, person = await received(uow, caller, campaign_id, now)
        if campaign.pulse is None:
            await refuse_answer(uow, person, campaign_id, now)
        return campaign.pulse, person
