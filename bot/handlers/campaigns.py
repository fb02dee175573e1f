"""Buttons of campaigns: read and understood by staff; approved, declined and sent by HR officers."""

from collections.abc import Awaitable, Callable

from telegram import CallbackQuery

from bot.campaign_presses import CampaignPress, CampaignVerb
from bot.context import Context
from bot.handlers import campaign_answers, campaign_desk, campaign_questions
from bot.handlers.campaign_cards import buttons_of, show_card
from bot.replies import conclude
from bot.texts import campaign_cards as cards
from bot.texts import campaigns as texts
from bot.texts.refusals import refusal_text
from core.domain.errors import CampaignRefused
from core.domain.people import Caller
from core.domain.working_days import next_office_time


async def pressed(query: CallbackQuery, context: Context, press: CampaignPress) -> None:
    """Rights and state are the service's to judge; what it refuses is said by whoever calls, or with a way on here."""
    caller = await context.tools.caller(query.from_user.id)
    if press.verb in campaign_answers.ANSWERS:
        await campaign_answers.answer(query, context, caller, press)
        return
    if press.verb in campaign_questions.QUESTIONS:
        await campaign_questions.pressed(query, context, caller, press)
        return
    if press.verb not in _STEPS:
        await campaign_desk.act(query, context, caller, press)
        return
    way_on = buttons_of(cards.back_to(press.campaign_id, cards.PROGRESS_BUTTON))
    try:
        outcome = await _STEPS[press.verb](context, caller, press)
    except CampaignRefused as error:
        await conclude(query, refusal_text(error), way_on)
        return
    if press.verb is CampaignVerb.SEND:
        await show_card(query, context, caller, press.campaign_id, outcome)
        return
    if press.verb is CampaignVerb.ACKNOWLEDGE:
        way_on = await campaign_answers.offers(context, press.campaign_id)
    await conclude(query, outcome, way_on)


async def _acknowledge(context: Context, caller: Caller, press: CampaignPress) -> str:
    services = context.tools.services
    await services.campaigns.acknowledge(caller, press.campaign_id)
    return texts.acknowledged(services.clock.now())


async def _approve(context: Context, caller: Caller, press: CampaignPress) -> str:
    services = context.tools.services
    await services.campaign_desk.approve(caller, press.campaign_id, press.detail)
    return texts.approved_below(services.clock.now())


async def _decline(context: Context, caller: Caller, press: CampaignPress) -> str:
    services = context.tools.services
    await services.campaign_desk.decline(caller, press.campaign_id, press.detail)
    return texts.declined_below(services.clock.now())


async def _judge_correction(context: Context, caller: Caller, press: CampaignPress) -> str:
    services, is_approved = context.tools.services, press.verb is CampaignVerb.APPROVE_CORRECTION
    await services.campaign_corrections.judge(caller, press.campaign_id, press.detail, is_approved=is_approved)
    return texts.correction_judged(services.clock.now(), is_approved=is_approved)


async def _send(context: Context, caller: Caller, press: CampaignPress) -> str:
    services = context.tools.services
    campaign = await services.campaign_desk.send_now(caller, press.campaign_id)
    now = services.clock.now()
    starts_at = now if campaign.is_urgent else next_office_time(now, services.holidays)
    return texts.released_below(now, starts_at=starts_at)


_STEPS: dict[CampaignVerb, Callable[[Context, Caller, CampaignPress], Awaitable[str]]] = {
    CampaignVerb.ACKNOWLEDGE: _acknowledge,
    CampaignVerb.APPROVE: _approve,
    CampaignVerb.DECLINE: _decline,
    CampaignVerb.SEND: _send,
    CampaignVerb.APPROVE_CORRECTION: _judge_correction,
    CampaignVerb.DECLINE_CORRECTION: _judge_correction,
}
