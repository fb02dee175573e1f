"""The list of a session in an officer's chat: who was there, a word for those who could not use the code, confirming."""

from collections.abc import Awaitable

from telegram import CallbackQuery, Update

from bot.callback_data import Verb, VerbPress
from bot.context import Context
from bot.render import Button
from bot.replies import rewrite, say
from bot.texts import attendance_lists as texts
from core.domain.enrollment import Status
from core.services.attendance_lists import AttendanceList

NAMED_BUTTONS = 5
"""So many people without a note get a button of their own; eight rows are all Telegram shows well."""


async def show(context: Context, telegram_id: int, session_code: str) -> None:
    caller = await context.tools.caller(telegram_id)
    listed = await context.tools.services.attendance_lists.of_session(caller, session_code)
    await say(context.bot, telegram_id, texts.list_text(listed), _buttons(listed))


async def open_list(update: Update, context: Context, press: VerbPress) -> None:
    if update.callback_query is not None:
        await show(context, update.callback_query.from_user.id, press.session_code)


async def mark(update: Update, context: Context, press: VerbPress) -> None:
    query = update.callback_query
    if query is None:
        return
    caller = await context.tools.caller(query.from_user.id)
    await _redraw(query, context.tools.services.attendance_lists.mark_present(caller, press.enrollment_id))


async def mark_all(update: Update, context: Context, press: VerbPress) -> None:
    query = update.callback_query
    if query is None:
        return
    caller = await context.tools.caller(query.from_user.id)
    await _redraw(query, context.tools.services.attendance_lists.mark_all_present(caller, press.session_code))


async def confirm(update: Update, context: Context, press: VerbPress) -> None:
    """Confirmed twice, the message shows the same list."""
    query = update.callback_query
    if query is None:
        return
    caller = await context.tools.caller(query.from_user.id)
    await context.tools.services.attendance_lists.confirm(caller, press.session_code)
    await _redraw(query, context.tools.services.attendance_lists.of_session(caller, press.session_code))


async def _redraw(query: CallbackQuery, work: Awaitable[AttendanceList]) -> None:
    listed = await work
    await rewrite(query, texts.list_text(listed), _buttons(listed))


def _buttons(listed: AttendanceList) -> list[Button]:
    unnoted, present = listed.of(Status.CONFIRMED), listed.of(Status.ATTENDED)
    code = listed.session.code
    buttons = [
        Button(texts.present_button(row.person), VerbPress(Verb.MARK_PRESENT, row.enrollment.enrollment_id))
        for row in unnoted[:NAMED_BUTTONS]
    ]
    if len(unnoted) > 1:
        buttons.append(
            Button(texts.all_present_button(len(unnoted)), VerbPress(Verb.MARK_ALL_PRESENT, session_code=code))
        )
    if listed.is_over and (unnoted or present):
        title = texts.confirm_button(len(present), len(unnoted))
        buttons.append(Button(title, VerbPress(Verb.CONFIRM_LIST, session_code=code)))
    return buttons
