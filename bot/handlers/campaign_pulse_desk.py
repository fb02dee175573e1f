"""HR writes the pulse question of a campaign on the phone, or takes the usual one."""

from telegram import CallbackQuery

from bot.campaign_presses import CampaignPress, CampaignVerb
from bot.context import Context
from bot.handlers.campaign_cards import buttons_of
from bot.replies import say, show
from bot.texts import campaign_cards as cards
from bot.texts import campaign_extras as extras
from bot.texts import campaign_pulse as texts
from core.domain.people import Awaiting, Caller
from core.services.campaign_changes import Changes


async def menu(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    await context.tools.services.awaited_words.forget(query.from_user.id)
    campaign, _ = await context.tools.services.campaign_desk.show(caller, press.campaign_id)
    text, presses = texts.menu(campaign)
    await show(query, text, buttons_of(presses))
    return None


async def usual(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    await context.tools.services.campaign_desk.edit(caller, press.campaign_id, Changes(pulse=texts.USUAL))
    return await menu(query, context, caller, press)


async def write(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    await context.tools.services.campaign_desk.show(caller, press.campaign_id)
    await context.tools.services.awaited_words.expect(query.from_user.id, Awaiting.PULSE, press.campaign_id)
    back = buttons_of(extras.back(press.campaign_id))
    await say(context.bot, query.from_user.id, texts.ASK_QUESTION, back, is_marked_up=False)
    return None


async def remove(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    desk = context.tools.services.campaign_desk
    campaign, _ = await desk.show(caller, press.campaign_id)
    if campaign.version != press.detail:
        return cards.ALREADY_OTHERWISE
    await desk.edit(caller, press.campaign_id, Changes(pulse=""))
    return await menu(query, context, caller, press)


async def took_question(context: Context, caller: Caller, chat_id: int, number: int, words: str) -> None:
    """Raises TextTooLong, MarkupBroken, and what `CampaignDesk.edit` raises."""
    campaign = await context.tools.services.campaign_desk.edit(caller, number, Changes(pulse=words))
    await context.tools.services.awaited_words.forget(chat_id)
    text, presses = texts.menu(campaign)
    await say(context.bot, chat_id, text, buttons_of(presses))


ACTS = {
    CampaignVerb.PULSE: menu,
    CampaignVerb.USUAL_PULSE: usual,
    CampaignVerb.WRITE_PULSE: write,
    CampaignVerb.REMOVE_PULSE: remove,
}
