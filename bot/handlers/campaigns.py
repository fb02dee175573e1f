"""Buttons of campaigns: read and understood by staff; approved, declined and sent by HR officers."""

from collections.abc import Awaitable, Callable

from telegram import CallbackQuery

from bot.callback_data import CampaignPress, CampaignVerb
from bot.context import Context
from bot.replies import conclude
from bot.texts import campaigns as texts
from core.domain.people import Caller
from core.domain.working_days import next_office_time


async def pressed(query: CallbackQuery, context: Context, press: CampaignPress) -> None:
    """Rights and state are the service's to judge; what it refuses is said by whoever calls."""
    caller = await context.tools.caller(query.from_user.id)
    await conclude(query, await _STEPS[press.verb](context, caller, press))


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
}
