"""HR writes the later steps of a campaign on the phone: words or a file with words, then the days before it."""

from dataclasses import replace

from telegram import CallbackQuery

from bot.campaign_presses import CampaignPress, CampaignVerb
from bot.context import Context
from bot.handlers import campaign_asking
from bot.handlers.campaign_cards import buttons_of
from bot.replies import show
from bot.texts import campaign_cards as cards
from bot.texts import campaign_extras as extras
from bot.texts import campaign_series as texts
from core.domain.attachments import Attachment
from core.domain.people import Awaiting, Caller
from core.domain.series import Step
from core.services.campaign_changes import Changes

_USUAL_WAIT = 3


async def menu(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    return await campaign_asking.show_menu(query, context, caller, press, texts.menu)


async def ask_step(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    back = extras.back(press.campaign_id)
    await campaign_asking.ask_words(query, context, caller, press.campaign_id, Awaiting.STEP, texts.ASK_STEP, back)
    return None


async def ask_wait(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    campaign, _ = await context.tools.services.campaign_desk.show(caller, press.campaign_id)
    if not campaign.steps:
        return cards.ALREADY_OTHERWISE
    text, presses = texts.ask_wait(campaign)
    await show(query, text, buttons_of(presses))
    return None


async def wait_is(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    """The press names the step as well: under an old question it must not move another one."""
    desk = context.tools.services.campaign_desk
    campaign, _ = await desk.show(caller, press.campaign_id)
    number, days = divmod(press.detail, 100)
    if not campaign.steps or number != len(campaign.steps) + 1:
        return cards.ALREADY_OTHERWISE
    steps = (*campaign.steps[:-1], replace(campaign.steps[-1], after_days=days))
    await desk.edit(caller, press.campaign_id, Changes(steps=steps))
    return await menu(query, context, caller, press)


async def remove_step(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    desk = context.tools.services.campaign_desk
    campaign, _ = await desk.show(caller, press.campaign_id)
    if campaign.version != press.detail or not campaign.steps:
        return cards.ALREADY_OTHERWISE
    await desk.edit(caller, press.campaign_id, Changes(steps=campaign.steps[:-1]))
    return await menu(query, context, caller, press)


async def took_step(
    context: Context, caller: Caller, chat_id: int, number: int, words: str, attachment: Attachment | None = None
) -> None:
    """Adds it and asks for its days. Raises what is wrong with it, and what `CampaignDesk.edit` raises."""
    desk = context.tools.services.campaign_desk
    campaign, _ = await desk.show(caller, number)
    step = Step(words, _USUAL_WAIT, attachment=attachment)
    campaign = await desk.edit(caller, number, Changes(steps=(*campaign.steps, step)))
    await campaign_asking.took_words(context, chat_id, campaign, texts.ask_wait)


ACTS = {
    CampaignVerb.STEPS: menu,
    CampaignVerb.ADD_STEP: ask_step,
    CampaignVerb.ASK_WAIT: ask_wait,
    CampaignVerb.WAIT_IS: wait_is,
    CampaignVerb.REMOVE_STEP: remove_step,
}
