"""From a Telegram account to a member of staff and back: /start, a shared contact, HR's code, /berhenti."""

import re

from telegram import KeyboardButton, ReplyKeyboardMarkup, ReplyKeyboardRemove, Update

from bot import commands
from bot.callback_data import DialoguePress, Verb, VerbPress
from bot.context import Context
from bot.handlers import attendance, certificates
from bot.render import Button
from bot.replies import conclude, say
from bot.texts import linking as texts
from core.domain.people import Person

# as HR hands it out, XXXXX-XXXXX without look-alikes, or in one piece; all digits would be a telephone number
_CODE_ALONE = re.compile(r"(?!\d+\Z)[A-HJKMNP-Z2-9]{5}[ -]?[A-HJKMNP-Z2-9]{5}", re.IGNORECASE)

SHARE_KEYBOARD = ReplyKeyboardMarkup(
    [[KeyboardButton(texts.SHARE_BUTTON, request_contact=True)]],
    resize_keyboard=True,
    input_field_placeholder=texts.PLACEHOLDER,
)
_NEXT_STEPS = (
    Button("Daftar pelatihan", DialoguePress("list_trainings")),
    Button("JP saya", DialoguePress("learning_hours")),
    Button("Yang bisa saya bantu", DialoguePress("capabilities")),
)


async def start(update: Update, context: Context) -> None:
    """/start, also with HR's code an attendance code, or the number of a certificate behind a deep link."""
    if update.effective_user is None:
        return
    telegram_id = update.effective_user.id
    code = context.args[0] if context.args else ""
    if _CODE_ALONE.fullmatch(code):
        await _link_by_code(context, telegram_id, code)
        return
    if code.startswith(certificates.LINK_PREFIX):
        await certificates.check(context, telegram_id, code.removeprefix(certificates.LINK_PREFIX))
        return
    if code.startswith(attendance.LINK_PREFIX):
        await attendance.sign_in_with(context, telegram_id, code.removeprefix(attendance.LINK_PREFIX))
        return
    caller = await context.tools.caller(telegram_id)
    if caller.person is None:
        await say(context.bot, telegram_id, texts.WELCOME, reply_keyboard=SHARE_KEYBOARD)
        return
    await say(context.bot, telegram_id, texts.welcome_back(caller.person), _NEXT_STEPS)
    await commands.show(context.bot, telegram_id, await context.tools.menu_for(caller))


async def contact(update: Update, context: Context) -> None:
    message, person = update.effective_message, update.effective_user
    if message is None or person is None or message.contact is None:
        return
    linked = await context.tools.services.identity.link_by_contact(
        person.id,
        message.contact.phone_number,
        contact_user_id=message.contact.user_id,
        forwarded=message.forward_origin is not None,
    )
    await _greet(context, person.id, linked, knows_notice=True)


async def code(update: Update, context: Context) -> None:
    """/kode CODE, in any writing."""
    if update.effective_user is None:
        return
    if not context.args:
        await say(context.bot, update.effective_user.id, texts.CODE_WANTED)
        return
    await _link_by_code(context, update.effective_user.id, "".join(context.args))


async def took_code(update: Update, context: Context) -> bool:
    """True if the text was a code typed alone by somebody not linked yet, which is then used."""
    message, person = update.effective_message, update.effective_user
    words = (message.text or "").strip() if message else ""
    if person is None or not _looks_like_code(words) or (await context.tools.caller(person.id)).is_linked:
        return False
    await _link_by_code(context, person.id, words)
    return True


async def stop(update: Update, context: Context) -> None:
    """/berhenti asks first."""
    if update.effective_user is None:
        return
    telegram_id = update.effective_user.id
    if not (await context.tools.caller(telegram_id)).is_linked:
        await say(context.bot, telegram_id, texts.NO_PERSON_YET)
        return
    buttons = (
        Button(texts.UNLINK_BUTTON, VerbPress(Verb.CONFIRM_UNLINK)),
        Button(texts.KEEP_BUTTON, VerbPress(Verb.KEEP_LINK)),
    )
    await say(context.bot, telegram_id, texts.CONFIRM_UNLINK, buttons)


async def confirm_unlink(update: Update, context: Context, _: VerbPress) -> None:
    query = update.callback_query
    if query is None:
        return
    await context.tools.services.identity.unlink(query.from_user.id)
    await conclude(query, texts.UNLINKED)
    await commands.reset(context.bot, query.from_user.id)


async def keep_link(update: Update, context: Context, _: VerbPress) -> None:
    if update.callback_query is not None:
        await conclude(update.callback_query, texts.LINK_KEPT)


def _looks_like_code(words: str) -> bool:
    # "masyarakat" could be a code as well; one typed from HR's slip has a digit or capitals
    return bool(_CODE_ALONE.fullmatch(words)) and (words.isupper() or any(c.isdigit() for c in words))


async def _link_by_code(context: Context, telegram_id: int, words: str) -> None:
    person = await context.tools.services.identity.link_by_code(telegram_id, words)
    await _greet(context, telegram_id, person, knows_notice=False)


async def _greet(context: Context, telegram_id: int, person: Person, *, knows_notice: bool) -> None:
    text = texts.linked(person, knows_notice=knows_notice)
    await say(context.bot, telegram_id, text, reply_keyboard=ReplyKeyboardRemove())
    caller = await context.tools.caller(telegram_id)
    await commands.show(context.bot, telegram_id, await context.tools.menu_for(caller))
