"""What a campaign brought about, inside an open transaction: its steps, its quiz, its pulse."""

from core.domain.campaign_results import PulseResult, QuestionResult, QuizResult, pulse_of
from core.domain.campaigns import Campaign
from core.domain.pulses import HIGHEST, LOWEST
from core.ports import UnitOfWork


async def quiz_result(uow: UnitOfWork, campaign: Campaign) -> QuizResult | None:
    """None: the campaign has no quiz."""
    if not campaign.quiz:
        return None
    counts = await uow.answers.choice_counts(campaign.campaign_id)
    questions = tuple(
        QuestionResult(
            number,
            question.text,
            question.options,
            question.right,
            tuple(counts.get((number, choice), 0) for choice in range(len(question.options))),
        )
        for number, question in enumerate(campaign.quiz, 1)
    )
    scores = [0] * (len(campaign.quiz) + 1)
    began = 0
    for answers, right, people in await uow.answers.scores(campaign.campaign_id):
        began += people
        if answers >= len(campaign.quiz):
            scores[right] += people
    units = await uow.answers.quiz_by_unit(campaign.campaign_id, len(campaign.quiz))
    return QuizResult(questions, began, sum(scores), tuple(scores), tuple(units))


async def pulse_result(uow: UnitOfWork, campaign: Campaign) -> PulseResult | None:
    """None: the campaign asks nothing of the kind."""
    if campaign.pulse is None:
        return None
    counts = await uow.answers.pulse_counts(campaign.campaign_id)
    rows = await uow.answers.pulse_by_unit(campaign.campaign_id)
    return pulse_of(
        campaign.pulse,
        tuple(counts.get(value, 0) for value in range(LOWEST, HIGHEST + 1)),
        {unit.code: (answers, total) for unit, answers, total in rows},
        {unit.code: unit for unit, _, _ in rows},
        await uow.answers.pulse_comments(campaign.campaign_id),
    )
