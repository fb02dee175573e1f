"""HR writes the quiz of a campaign on the phone: question by question, with buttons around it."""

from telegram import CallbackQuery

from bot.campaign_presses import CampaignPress, CampaignVerb
from bot.context import Context
from bot.handlers import campaign_asking
from bot.texts import campaign_cards as cards
from bot.texts import campaign_extras as extras
from bot.texts import campaign_quiz as texts
from core.domain import quizzes
from core.domain.people import Awaiting, Caller
from core.services.campaign_changes import Changes


async def menu(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    return await campaign_asking.show_menu(query, context, caller, press, texts.menu)


async def ask_question(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    back = extras.back(press.campaign_id)
    await campaign_asking.ask_words(query, context, caller, press.campaign_id, Awaiting.QUIZ, texts.ASK_QUESTION, back)
    return None


async def remove_question(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    desk = context.tools.services.campaign_desk
    campaign, _ = await desk.show(caller, press.campaign_id)
    if campaign.version != press.detail or not campaign.quiz:
        return cards.ALREADY_OTHERWISE
    await desk.edit(caller, press.campaign_id, Changes(quiz=campaign.quiz[:-1]))
    return await menu(query, context, caller, press)


async def took_question(context: Context, caller: Caller, chat_id: int, number: int, words: str) -> None:
    """Adds it and shows the quiz as it stands. Raises BadQuiz, MarkupBroken, and what `CampaignDesk.edit` raises."""
    desk = context.tools.services.campaign_desk
    campaign, _ = await desk.show(caller, number)
    campaign = await desk.edit(caller, number, Changes(quiz=(*campaign.quiz, quizzes.read(words))))
    await campaign_asking.took_words(context, chat_id, campaign, texts.menu)


ACTS = {
    CampaignVerb.QUIZ: menu,
    CampaignVerb.ADD_QUESTION: ask_question,
    CampaignVerb.REMOVE_QUESTION: remove_question,
}
