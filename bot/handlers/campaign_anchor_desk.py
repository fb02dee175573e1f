"""HR chooses on the phone whether a campaign goes to everybody at once or to each at a date of their own."""

from telegram import CallbackQuery

from bot.campaign_presses import CampaignPress, CampaignVerb
from bot.context import Context
from bot.handlers.campaign_cards import buttons_of
from bot.replies import say, show
from bot.texts import campaign_anchors as texts
from bot.texts import campaign_cards as cards
from bot.texts import campaign_extras as extras
from core.domain.people import Awaiting, Caller
from core.services.campaign_changes import Changes


async def menu(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    await context.tools.services.awaited_words.forget(query.from_user.id)
    campaign, _ = await context.tools.services.campaign_desk.show(caller, press.campaign_id)
    text, presses = texts.menu(campaign)
    await show(query, text, buttons_of(presses))
    return None


async def chosen(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    services, number = context.tools.services, press.campaign_id
    if press.detail == texts.WRITE:
        await services.campaign_desk.show(caller, number)
        await services.awaited_words.expect(query.from_user.id, Awaiting.MOMENT, number)
        await say(context.bot, query.from_user.id, texts.ASK, buttons_of(extras.back(number)), is_marked_up=False)
        return None
    if not 1 <= press.detail <= len(texts.USUAL):
        return cards.ALREADY_OTHERWISE
    await services.campaign_desk.edit(caller, number, Changes(anchor=texts.USUAL[press.detail - 1]))
    return await menu(query, context, caller, press)


async def took_words(context: Context, caller: Caller, chat_id: int, number: int, words: str) -> None:
    """Raises AnchorNotReadable, AudienceUnknown, and what `CampaignDesk.edit` raises."""
    campaign = await context.tools.services.campaign_desk.edit(caller, number, Changes(anchor=words))
    await context.tools.services.awaited_words.forget(chat_id)
    text, presses = texts.menu(campaign)
    await say(context.bot, chat_id, text, buttons_of(presses))


ACTS = {CampaignVerb.ANCHOR: menu, CampaignVerb.ANCHOR_IS: chosen}
