"""HR's menu of what goes along with a campaign's text. Every answer leaves something to press."""

from collections.abc import Awaitable, Callable

from telegram import CallbackQuery

from bot.campaign_presses import CampaignPress, CampaignVerb
from bot.context import Context
from bot.handlers.campaign_cards import buttons_of
from bot.replies import say, show
from bot.texts import campaign_cards as cards
from bot.texts import campaign_extras as texts
from core.domain.people import Awaiting, Caller
from core.services.campaign_changes import Changes

Act = Callable[[CallbackQuery, Context, Caller, CampaignPress], Awaitable[str | None]]


async def show_menu(query: CallbackQuery, context: Context, caller: Caller, number: int, note: str = "") -> None:
    campaign, _ = await context.tools.services.campaign_desk.show(caller, number)
    text, presses = texts.menu(campaign)
    await show(query, f"{note}\n\n{text}" if note else text, buttons_of(presses))


async def _menu(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    await context.tools.services.awaited_words.forget(query.from_user.id)
    await show_menu(query, context, caller, press.campaign_id)
    return None


async def _ask_file(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    campaign, _ = await context.tools.services.campaign_desk.show(caller, press.campaign_id)
    await context.tools.services.awaited_words.expect(query.from_user.id, Awaiting.FILE, press.campaign_id)
    presses = buttons_of(texts.asked_for_file(campaign))
    await say(context.bot, query.from_user.id, texts.ASK_FILE, presses, is_marked_up=False)
    return None


async def _remove_file(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    desk = context.tools.services.campaign_desk
    campaign, _ = await desk.show(caller, press.campaign_id)
    if campaign.version != press.detail:
        return cards.ALREADY_OTHERWISE
    await context.tools.services.awaited_words.forget(query.from_user.id)
    await desk.edit(caller, press.campaign_id, Changes(remove_attachment=True))
    await show_menu(query, context, caller, press.campaign_id, texts.FILE_REMOVED)
    return None


ACTS: dict[CampaignVerb, Act] = {
    CampaignVerb.EXTRAS: _menu,
    CampaignVerb.FILE: _ask_file,
    CampaignVerb.REMOVE_FILE: _remove_file,
}
