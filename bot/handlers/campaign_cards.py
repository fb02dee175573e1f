"""One card for each campaign: shown, shown anew, and kept up to date while the campaign goes out."""

import asyncio
from datetime import timedelta

import structlog
from telegram import CallbackQuery, Message
from telegram.error import TelegramError

from bot.callback_data import Press
from bot.context import Context
from bot.render import Button
from bot.replies import redraw, say, show
from bot.texts import campaign_cards as texts
from core.domain.campaigns import CampaignStatus
from core.domain.errors import CoreError, NotHR, UnknownCampaign
from core.domain.people import Caller

FOLLOW_SECONDS = 3.0
_LIVELY = timedelta(minutes=1)
_CALM = timedelta(seconds=10)
_STANDS_STILL = timedelta(minutes=10)

log = structlog.get_logger(__name__)


async def card_of(context: Context, caller: Caller, number: int, note: str) -> tuple[str, list[Button], int]:
    """The words, the buttons, and how many messages still wait to go out: while there are some, it changes by itself."""
    services = context.tools.services
    campaign, impact = await services.campaign_desk.show(caller, number)
    progress = await services.campaigns.progress(number)
    if progress is None:
        raise UnknownCampaign(number)
    text = texts.card(campaign, impact, progress, services.clock.now())
    if caller.person is None:
        raise NotHR
    presses = texts.buttons(campaign, caller.person)
    waiting = progress.waiting if campaign.status is CampaignStatus.RUNNING else 0
    return (f"{note}\n\n{text}" if note else text), buttons_of(presses), waiting


async def say_card(context: Context, caller: Caller, chat_id: int, number: int, note: str = "") -> None:
    text, buttons, _ = await card_of(context, caller, number, note)
    await say(context.bot, chat_id, text, buttons)


async def show_card(query: CallbackQuery, context: Context, caller: Caller, number: int, note: str) -> None:
    text, buttons, waiting = await card_of(context, caller, number, note)
    await show(query, text, buttons)
    if waiting and isinstance(query.message, Message) and context.application.running:
        context.application.create_task(_follow(query, context, caller, number))


async def _follow(query: CallbackQuery, context: Context, caller: Caller, number: int) -> None:
    """The card keeps itself up to date while the campaign goes out; another card opened in the chat takes over.

    Often in the first minute, calmly afterwards. It ends with the campaign, when nothing has moved for a while (quiet hours),
    when the message is gone, and when the bot stops; *Perbarui* begins it anew.
    """
    memory, message = context.tools.memory, query.message
    chat_id, message_id = query.from_user.id, message.message_id if message else 0
    if not isinstance(message, Message) or memory.followed(chat_id) == message_id:
        return
    memory.follow(chat_id, message_id)
    clock = context.tools.services.clock
    began = moved = shown = clock.now()
    count = -1
    try:
        while context.application.running and memory.followed(chat_id) == message_id:
            await asyncio.sleep(FOLLOW_SECONDS)
            now = clock.now()
            if now - began > _LIVELY and now - shown < _CALM:
                continue
            text, buttons, waiting = await card_of(context, caller, number, "")
            if memory.followed(chat_id) != message_id or not await redraw(message, text, buttons):
                break
            shown = now
            if waiting != count:
                count, moved = waiting, now
            if not waiting or now - moved > _STANDS_STILL:
                break
    except (CoreError, TelegramError) as error:
        log.info("card not followed any more", campaign_id=number, error=type(error).__name__)
    finally:
        memory.unfollow(chat_id, message_id)


def buttons_of(presses: list[tuple[str, Press]]) -> list[Button]:
    return [Button(title, press) for title, press in presses]
