"""Certificates in chat: the document for its owner, the check for anybody who scanned one."""

from telegram import InputFile, Update

from bot.callback_data import VerbPress
from bot.certificate_files import LINK_PREFIX, drawn
from bot.context import Context
from bot.replies import say
from bot.texts import certificates as texts
from bot.texts.refusals import refusal_text
from core.domain.errors import CoreError

__all__ = ["LINK_PREFIX", "check", "send"]


async def send(update: Update, context: Context, press: VerbPress) -> None:
    """The pressed list stays as it is: it may hold other certificates."""
    query = update.callback_query
    if query is None:
        return
    telegram_id = query.from_user.id
    caller = await context.tools.caller(telegram_id)
    try:
        own = await context.tools.services.certificates.of_mine(caller, press.enrollment_id)
    except CoreError as error:
        await say(context.bot, telegram_id, refusal_text(error))
        return
    file = await drawn(own, context.bot.username)
    document = InputFile(file.content, filename=file.name)
    await context.bot.send_document(telegram_id, document, caption=texts.caption(own))


async def check(context: Context, telegram_id: int, number: str) -> None:
    found = await context.tools.services.certificates.check(number)
    await say(context.bot, telegram_id, texts.check_text(found))
