"""One card for each campaign: shown, shown anew, and kept up to date while the campaign goes out."""

import asyncio
from datetime import timedelta

from telegram import CallbackQuery, Message

from bot.callback_data import Press
from bot.context import Context
from bot.render import Button
from bot.replies import say, show
from bot.texts import campaign_cards as texts
from core.domain.campaigns import CampaignStatus
from core.domain.errors import UnknownCampaign
from core.domain.people import Caller

FOLLOW_SECONDS = 3.0
_LONGEST_FOLLOWED = timedelta(hours=3)


async def card_of(context: Context, caller: Caller, number: int, note: str) -> tuple[str, list[Button], bool]:
    """The words, the buttons, and whether it changes by itself."""
    services = context.tools.services
    campaign, impact = await services.campaign_desk.show(caller, number)
    progress = await services.campaigns.progress(number)
    if progress is None:
        raise UnknownCampaign(number)
    text = texts.card(campaign, impact, progress, services.clock.now())
    presses = texts.buttons(campaign, caller.person.person_id if caller.person else 0)
    moves = campaign.status is CampaignStatus.RUNNING and progress.waiting > 0
    return (f"{note}\n\n{text}" if note else text), buttons_of(presses), moves


async def say_card(context: Context, caller: Caller, chat_id: int, number: int, note: str = "") -> None:
    text, buttons, _ = await card_of(context, caller, number, note)
    await say(context.bot, chat_id, text, buttons)


async def show_card(query: CallbackQuery, context: Context, caller: Caller, number: int, note: str) -> None:
    text, buttons, moves = await card_of(context, caller, number, note)
    await show(query, text, buttons)
    if moves and isinstance(query.message, Message) and context.application.running:
        context.application.create_task(_follow(query, context, caller, number))


async def _follow(query: CallbackQuery, context: Context, caller: Caller, number: int) -> None:
    """The card keeps itself up to date while the campaign goes out; another card opened in the chat takes over."""
    memory, message_id = context.tools.memory, query.message.message_id if query.message else 0
    chat_id, clock = query.from_user.id, context.tools.services.clock
    if memory.followed(chat_id) == message_id:
        return
    memory.follow(chat_id, message_id)
    ends_at, moves = clock.now() + _LONGEST_FOLLOWED, True
    while moves and context.application.running and memory.followed(chat_id) == message_id and clock.now() < ends_at:
        await asyncio.sleep(FOLLOW_SECONDS)
        text, buttons, moves = await card_of(context, caller, number, "")
        if memory.followed(chat_id) == message_id:
            await show(query, text, buttons)
    memory.unfollow(chat_id, message_id)


def buttons_of(presses: list[tuple[str, Press]]) -> list[Button]:
    return [Button(title, press) for title, press in presses]
