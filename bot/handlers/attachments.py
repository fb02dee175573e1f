"""What is not text: answered with what is possible. A caption is read like a typed text."""

from telegram import Message, Update
from telegram.ext import filters

from bot.context import Context
from bot.handlers import audience_desk, campaign_files
from bot.handlers.conversation import answer_text
from bot.replies import say
from bot.texts import general

_TEXTS: list[tuple[filters.BaseFilter, str]] = [
    (filters.VOICE | filters.AUDIO | filters.VIDEO_NOTE, general.VOICE),
    (filters.ANIMATION | filters.PHOTO | filters.VIDEO, general.PICTURE),
    (filters.Sticker.ALL | filters.Dice.ALL, general.STICKER),
    (filters.Document.ALL, general.DOCUMENT),
    (filters.LOCATION | filters.VENUE, general.LOCATION),
]


async def attachment(update: Update, context: Context) -> None:
    message, person = update.effective_message, update.effective_user
    if message is None or person is None:
        return
    if await audience_desk.took_list(update, context) or await campaign_files.took_file(update, context):
        return
    if message.caption:
        await say(context.bot, person.id, general.CAPTION_ONLY)
        await answer_text(context, person.id, message.caption)
        return
    await say(context.bot, person.id, _text_for(update, message))


def _text_for(update: Update, message: Message) -> str:
    return next((text for kind, text in _TEXTS if kind.check_update(update)), general.OTHER_KIND)
