"""A photo or a file that an HR officer sends while writing a campaign: it goes along with the campaign's text."""

from telegram import Message, Update

from bot.context import Context
from bot.handlers import campaign_series_desk
from bot.handlers.campaign_cards import buttons_of, say_card
from bot.replies import say, typed
from bot.texts import campaign_cards as cards
from bot.texts import campaign_extras as texts
from bot.texts.refusals import refusal_text
from core.domain.attachments import FILE_LIMIT, Attachment
from core.domain.errors import BadFile, CampaignRefused, FileFault
from core.domain.people import Awaited, Awaiting, Caller
from core.services.campaign_changes import Changes

_TAKES_FILES = frozenset({Awaiting.NEW_TEXT, Awaiting.TEXT, Awaiting.FILE, Awaiting.STEP})
_WANTS_WORDS = frozenset({Awaiting.NEW_TEXT, Awaiting.STEP})
_PNG = b"\x89PNG"


async def took_file(update: Update, context: Context) -> bool:
    """True if the desk was waiting for it. What does not do is said, and still waited for."""
    message, person = update.effective_message, update.effective_user
    if message is None or person is None:
        return False
    awaited = await context.tools.services.awaited_words.expected(person.id)
    if awaited is None or awaited.what not in _TAKES_FILES:
        return False
    if not message.photo and not message.document:
        await say(context.bot, person.id, texts.NOT_A_FILE)
        return True
    if awaited.what in _WANTS_WORDS and not message.caption:
        await say(context.bot, person.id, texts.FILE_WANTS_WORDS)
        return True
    caller = await context.tools.caller(person.id)
    try:
        number = await _keep(context, caller, person.id, awaited, message)
    except CampaignRefused as error:
        presses = cards.back_to(awaited.campaign_id) if awaited.campaign_id else []
        await say(context.bot, person.id, refusal_text(error), buttons_of(presses), is_marked_up=False)
        return True
    if number is None:
        return True
    await context.tools.services.awaited_words.forget(person.id)
    await say_card(context, caller, person.id, number, texts.FILE_TAKEN)
    return True


async def _keep(context: Context, caller: Caller, chat_id: int, awaited: Awaited, message: Message) -> int | None:
    """The number of the campaign that has the file now; None: it belongs to a step, which has been shown."""
    desk = context.tools.services.campaign_desk
    if awaited.campaign_id:
        await desk.show(caller, awaited.campaign_id)  # nothing is fetched for whoever is no officer
    attachment = await _fetched(context, caller, message)
    if awaited.what is Awaiting.STEP:
        number, words = awaited.campaign_id or 0, typed(message)
        await campaign_series_desk.took_step(context, caller, chat_id, number, words, attachment)
        return None
    changes = Changes(text=typed(message) or None, attachment=attachment)
    if awaited.what is Awaiting.NEW_TEXT:
        return (await desk.draft(caller, changes)).campaign_id
    number = awaited.campaign_id or 0
    await desk.edit(caller, number, changes)
    return number


async def _fetched(context: Context, caller: Caller, message: Message) -> Attachment:
    """The file with its bytes, and Telegram's id of it, so that it is not uploaded again."""
    sent = message.photo[-1] if message.photo else message.document
    assert sent is not None
    name = (message.document.file_name or "berkas") if message.document else "foto.jpg"
    if (sent.file_size or 0) > FILE_LIMIT:
        raise BadFile(FileFault.TOO_LARGE, name)
    content = bytes(await (await context.bot.get_file(sent.file_id)).download_as_bytearray())
    if message.photo and content.startswith(_PNG):
        name = "foto.png"
    return await context.tools.services.attachments.save(
        caller, name, content, as_photo=bool(message.photo), telegram_file_id=sent.file_id
    )
