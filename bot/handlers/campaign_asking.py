"""What every part of a campaign does on HR's phone: show its menu, ask for words, show what became of them."""

from collections.abc import Callable

from telegram import CallbackQuery

from bot.campaign_presses import CampaignPress
from bot.context import Context
from bot.handlers.campaign_cards import buttons_of
from bot.replies import say, show
from bot.texts.campaign_cards import Buttons
from core.domain.campaigns import Campaign
from core.domain.people import Awaiting, Caller

Menu = Callable[[Campaign], tuple[str, Buttons]]


async def show_menu(
    query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress, menu: Menu
) -> str | None:
    """Words asked for before are not expected any more."""
    await context.tools.services.awaited_words.forget(query.from_user.id)
    campaign, _ = await context.tools.services.campaign_desk.show(caller, press.campaign_id)
    text, presses = menu(campaign)
    await show(query, text, buttons_of(presses))
    return None


async def ask_words(
    query: CallbackQuery, context: Context, caller: Caller, number: int, what: Awaiting, question: str, back: Buttons
) -> None:
    await context.tools.services.campaign_desk.show(caller, number)  # whoever is no officer is told so first
    await context.tools.services.awaited_words.expect(query.from_user.id, what, number)
    await say(context.bot, query.from_user.id, question, buttons_of(back), is_marked_up=False)


async def took_words(context: Context, chat_id: int, campaign: Campaign, menu: Menu) -> None:
    """The words were taken: nothing more is expected, and the campaign's part is shown as it is now."""
    await context.tools.services.awaited_words.forget(chat_id)
    text, presses = menu(campaign)
    await say(context.bot, chat_id, text, buttons_of(presses))
