"""What a campaign brought about, inside an open transaction: its steps, its quiz, its pulse."""

from core.domain.campaign_results import QuestionResult, QuizResult
from core.domain.campaigns import Campaign
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
