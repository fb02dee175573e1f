"""The quiz of a campaign, as those answer it who got the campaign. One try counts; a restart loses nothing."""

from dataclasses import dataclass

from core.domain.people import Caller
from core.domain.quizzes import QuizState
from core.ports import Clock, UnitOfWork, UnitOfWorkFactory
from core.services.campaign_steps import received, refuse_answer


@dataclass(frozen=True)
class Answered:
    """One question with the choice that stands, which may be an earlier one than was pressed."""

    state: QuizState
    number: int
    choice: int


class CampaignQuizzes:
    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def open(self, caller: Caller, campaign_id: int) -> QuizState:
        """How far the caller is. Raises NotLinked, NothingToAnswer."""
        async with self._unit_of_work() as uow:
            return await self._state(uow, caller, campaign_id)

    async def answer(self, caller: Caller, campaign_id: int, number: int, choice: int) -> Answered:
        """`number` from 1, `choice` from 0. Answered before, the first choice stands. Raises NotLinked, NothingToAnswer."""
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            state = await self._state(uow, caller, campaign_id)
            assert caller.person is not None
            known = 1 <= number <= len(state.questions) and 0 <= choice < len(state.questions[number - 1].options)
            if not known:
                await refuse_answer(uow, caller.person, campaign_id, now)
            if number not in state.choices:
                person_id, is_right = caller.person.person_id, state.questions[number - 1].right == choice
                await uow.answers.add_choice(campaign_id, person_id, number, choice, now, is_right=is_right)
                state = await self._state(uow, caller, campaign_id)
                await uow.commit()
        return Answered(state, number, state.choices[number])

    async def _state(self, uow: UnitOfWork, caller: Caller, campaign_id: int) -> QuizState:
        now = self._clock.now()
        campaign, person = await received(uow, caller, campaign_id, now)
        if not campaign.quiz:
            await refuse_answer(uow, person, campaign_id, now)
        return QuizState(campaign_id, campaign.quiz, await uow.answers.choices(campaign_id, person.person_id))
