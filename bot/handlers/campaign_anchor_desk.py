"""HR chooses on the phone whether a campaign goes to everybody at once or to each at a date of their own."""

from telegram import CallbackQuery

from bot.campaign_presses import CampaignPress, CampaignVerb
from bot.context import Context
from bot.handlers import campaign_asking
from bot.texts import campaign_anchors as texts
from bot.texts import campaign_cards as cards
from bot.texts import campaign_extras as extras
from core.domain.people import Awaiting, Caller
from core.services.campaign_changes import Changes


async def menu(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    return await campaign_asking.show_menu(query, context, caller, press, texts.menu)


async def chosen(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    services, number = context.tools.services, press.campaign_id
    if press.detail == texts.WRITE:
        back = extras.back(number)
        await campaign_asking.ask_words(query, context, caller, number, Awaiting.MOMENT, texts.ASK, back)
        return None
    if not 1 <= press.detail <= len(texts.USUAL):
        return cards.ALREADY_OTHERWISE
    await services.campaign_desk.edit(caller, number, Changes(anchor=texts.USUAL[press.detail - 1]))
    return await menu(query, context, caller, press)


async def took_words(context: Context, caller: Caller, chat_id: int, number: int, words: str) -> None:
    """Raises AnchorNotReadable, AudienceUnknown, and what `CampaignDesk.edit` raises."""
    campaign = await context.tools.services.campaign_desk.edit(caller, number, Changes(anchor=words))
    await campaign_asking.took_words(context, chat_id, campaign, texts.menu)


ACTS = {CampaignVerb.ANCHOR: menu, CampaignVerb.ANCHOR_IS: chosen}
