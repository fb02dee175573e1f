"""The one place where something unexpected ends: logged first, then one calm text. Refusals get their own sentence."""

import structlog
from telegram import Update
from telegram.constants import ChatType
from telegram.error import Forbidden, TelegramError

from bot.context import Context
from bot.handlers.linking import SHARE_KEYBOARD
from bot.replies import say
from bot.texts import general
from bot.texts.refusals import refusal_text
from core.domain.errors import ContactNotOwn, CoreError, NotLinked
from core.ports import DatabaseBusy

log = structlog.get_logger(__name__)


async def failed(update: object, context: Context) -> None:
    error = context.error
    if error is None:
        return
    update_id = update.update_id if isinstance(update, Update) else None
    telegram_id = _private_chat(update)
    if isinstance(error, CoreError):
        log.info("refused", update_id=update_id, telegram_id=telegram_id, refusal=type(error).__name__)
        await _try_to_say(context, telegram_id, refusal_text(error), error)
    elif isinstance(error, Forbidden) and telegram_id:
        # blocked between asking and answering; nobody is there to read
        log.info("person cannot be reached", update_id=update_id, telegram_id=telegram_id)
        await context.tools.services.identity.reachable(telegram_id, False)
    else:
        log.error("update failed", update_id=update_id, telegram_id=telegram_id, exc_info=error)
        await _try_to_say(
            context, telegram_id, general.BUSY if isinstance(error, DatabaseBusy) else general.TROUBLE, error
        )


def _private_chat(update: object) -> int | None:
    if not isinstance(update, Update) or update.effective_user is None:
        return None
    is_private = update.effective_chat is None or update.effective_chat.type == ChatType.PRIVATE
    return update.effective_user.id if is_private else None


async def _try_to_say(context: Context, telegram_id: int | None, text: str, error: Exception) -> None:
    if telegram_id is None:
        return
    offer_to_share = isinstance(error, NotLinked | ContactNotOwn)
    try:
        await say(context.bot, telegram_id, text, reply_keyboard=SHARE_KEYBOARD if offer_to_share else None)
    except TelegramError as second:
        log.error("calm text not sent", telegram_id=telegram_id, error=type(second).__name__)
