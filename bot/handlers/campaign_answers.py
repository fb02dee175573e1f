"""What staff answer to a campaign by button. What counts is in the database: a restart or an old button changes nothing."""

from telegram import CallbackQuery, Message

from bot.campaign_presses import CampaignPress, CampaignVerb
from bot.context import Context
from bot.handlers.campaign_cards import buttons_of
from bot.render import Button
from bot.replies import drop_buttons, say, show
from bot.texts import campaign_notices
from bot.texts import campaign_quiz as quiz_texts
from core.domain.people import Caller

ANSWERS = frozenset({CampaignVerb.START_QUIZ, CampaignVerb.NEXT_QUESTION, CampaignVerb.ANSWER})


async def answer(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> None:
    """Raises NotLinked, NothingToAnswer."""
    if press.verb is CampaignVerb.ANSWER:
        await _choose(query, context, caller, press)
    else:
        await _ask(query, context, caller, press)


async def offers(context: Context, campaign_id: int) -> list[Button]:
    """What can be answered once the campaign is read."""
    facts = await context.tools.services.campaigns.content(campaign_id)
    return buttons_of(list(campaign_notices.offers(facts))) if facts else []


async def _ask(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> None:
    """The first question without an answer, below; the campaign itself stays as it is."""
    state = await context.tools.services.campaign_quizzes.open(caller, press.campaign_id)
    if press.verb is CampaignVerb.NEXT_QUESTION and isinstance(query.message, Message):
        await drop_buttons(query.message)
    if state.next is None:
        await say(context.bot, query.from_user.id, quiz_texts.done_before(state))
        return
    text, presses = quiz_texts.question(state, state.next)
    await say(context.bot, query.from_user.id, text, buttons_of(presses))


async def _choose(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> None:
    number, choice = divmod(press.detail, 10)
    done = await context.tools.services.campaign_quizzes.answer(caller, press.campaign_id, number, choice - 1)
    text, presses = quiz_texts.answered(done.state, done.number, done.choice)
    await show(query, text, buttons_of(presses))
