"""HR writes the pulse question of a campaign on the phone, or takes the usual one."""

from telegram import CallbackQuery

from bot.campaign_presses import CampaignPress, CampaignVerb
from bot.context import Context
from bot.handlers import campaign_asking
from bot.texts import campaign_cards as cards
from bot.texts import campaign_extras as extras
from bot.texts import campaign_pulse as texts
from core.domain.people import Awaiting, Caller
from core.services.campaign_changes import Changes


async def menu(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    return await campaign_asking.show_menu(query, context, caller, press, texts.menu)


async def usual(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    await context.tools.services.campaign_desk.edit(caller, press.campaign_id, Changes(pulse=texts.USUAL))
    return await menu(query, context, caller, press)


async def write(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    back = extras.back(press.campaign_id)
    await campaign_asking.ask_words(query, context, caller, press.campaign_id, Awaiting.PULSE, texts.ASK_QUESTION, back)
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
    await campaign_asking.took_words(context, chat_id, campaign, texts.menu)


ACTS = {
    CampaignVerb.PULSE: menu,
    CampaignVerb.USUAL_PULSE: usual,
    CampaignVerb.WRITE_PULSE: write,
    CampaignVerb.REMOVE_PULSE: remove,
}
