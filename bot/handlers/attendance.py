"""Being there: officers show the rotating code, staff sign in with it by link or by /hadir."""

from telegram import Update

from bot.callback_data import Verb, VerbPress
from bot.context import Context
from bot.handlers import attendance_lists
from bot.render import Button
from bot.replies import rewrite, say
from bot.texts import attendance as texts
from bot.texts.attendance_lists import LIST_BUTTON
from core.domain.errors import AttendanceNotOpen
from core.services.attendance import ShownCode

LINK_PREFIX = "hadir_"
"""Of the start parameter behind a deep link; the code follows."""


async def sign_in(update: Update, context: Context) -> None:
    """/hadir CODE, in any writing."""
    if update.effective_user is None:
        return
    if not context.args:
        await say(context.bot, update.effective_user.id, texts.CODE_WANTED)
        return
    await sign_in_with(context, update.effective_user.id, "".join(context.args))


async def sign_in_with(context: Context, telegram_id: int, code: str) -> None:
    """Refusals are worded by the error handler, as for every command."""
    caller = await context.tools.caller(telegram_id)
    services = context.tools.services
    signed_in = await services.attendances.sign_in(caller, code)
    await say(context.bot, telegram_id, texts.signed_in(signed_in, services.clock.now()))


async def show_code(update: Update, context: Context) -> None:
    """/kehadiran SESSION: the code of this moment, the link that carries it, and a button for the next one; later the list."""
    if update.effective_user is None:
        return
    telegram_id = update.effective_user.id
    caller = await context.tools.caller(telegram_id)
    session_code = "".join(context.args or ()).upper()
    if not session_code:
        await context.tools.services.attendances.require_officer(caller)
        await say(context.bot, telegram_id, texts.SESSION_WANTED)
        return
    try:
        shown = await context.tools.services.attendances.code(caller, session_code)
    except AttendanceNotOpen:
        # between the days and afterwards there is still the list; before the first day that refuses as well
        await attendance_lists.show(context, telegram_id, session_code)
        return
    await say(context.bot, telegram_id, _text(context, shown), _buttons(shown))


async def refresh_code(update: Update, context: Context, press: VerbPress) -> None:
    """The same message shows the code of this moment."""
    query = update.callback_query
    if query is None:
        return
    caller = await context.tools.caller(query.from_user.id)
    shown = await context.tools.services.attendances.code(caller, press.session_code)
    await rewrite(query, _text(context, shown), _buttons(shown))


def _text(context: Context, shown: ShownCode) -> str:
    link = f"https://t.me/{context.bot.username}?start={LINK_PREFIX}{shown.code}"
    return texts.shown_code(shown, link)


def _buttons(shown: ShownCode) -> list[Button]:
    code = shown.session.code
    return [
        Button(texts.REFRESH_BUTTON, VerbPress(Verb.SHOW_CODE, session_code=code)),
        Button(LIST_BUTTON, VerbPress(Verb.OPEN_LIST, session_code=code)),
    ]
