"""HR officers' sessions in chat: /kelas lists the coming ones, a button shows one and its people. Changing: `session_changes`."""

import asyncio

from telegram import CallbackQuery, Update

from bot.callback_data import Verb, VerbPress
from bot.context import Context
from bot.render import Button, render
from bot.replies import rewrite, say, send_file
from bot.texts import sessions as texts
from bot.texts.session_drafts import NEW_BUTTON
from core.domain.courses import SessionStatus
from core.domain.people import Caller
from core.services.sessions import Roster
from core.services.spreadsheets import workbook

PAGE = 5
_LAST_PAGE = 9
"""One digit of button data; whoever has more sessions names one: /kelas CODE."""


async def command(update: Update, context: Context) -> None:
    """/kelas, or /kelas CODE."""
    if update.effective_user is None:
        return
    telegram_id = update.effective_user.id
    caller = await context.tools.caller(telegram_id)
    code = "".join(context.args or ()).upper()
    text, buttons = await (_one(context, caller, code) if code else _page(context, caller, 1))
    await say(context.bot, telegram_id, text, buttons)


async def page(update: Update, context: Context, press: VerbPress) -> None:
    query = update.callback_query
    if query is not None:
        await rewrite(query, *await _page(context, await context.tools.caller(query.from_user.id), press.choice))


async def show(update: Update, context: Context, press: VerbPress) -> None:
    """Also the way back from every question about a session, which is then no longer waited for."""
    query = update.callback_query
    if query is not None:
        await show_in(query, context, press.session_code)


async def show_in(query: CallbackQuery, context: Context, session_code: str) -> None:
    await rewrite(query, *await _one(context, await context.tools.caller(query.from_user.id), session_code))


async def people(update: Update, context: Context, press: VerbPress) -> None:
    """A message of its own: a list may be long."""
    query = update.callback_query
    if query is None:
        return
    caller = await context.tools.caller(query.from_user.id)
    roster = await context.tools.services.sessions.roster(caller, press.session_code)
    file = Button(texts.FILE_BUTTON, VerbPress(Verb.DOWNLOAD_PEOPLE, session_code=press.session_code))
    back = back_to(press.session_code, texts.BACK_BUTTON)
    await say(context.bot, query.from_user.id, texts.people(roster), [file, back] if roster.people else [back])


async def download(update: Update, context: Context, press: VerbPress) -> None:
    """The list as a workbook, the NIPs masked there as well."""
    query = update.callback_query
    if query is None:
        return
    caller = await context.tools.caller(query.from_user.id)
    roster = await context.tools.services.sessions.roster(caller, press.session_code)
    content = await asyncio.to_thread(workbook, texts.FILE_TITLES, texts.file_rows(roster))
    caption = render(texts.file_caption(roster), [back_to(press.session_code, texts.BACK_BUTTON)])[0]
    await send_file(context.bot, query.from_user.id, f"peserta-{press.session_code}.xlsx", content, caption)


def back_to(session_code: str, title: str) -> Button:
    return Button(title, VerbPress(Verb.SHOW_SESSION, session_code=session_code))


def buttons_of(context: Context, roster: Roster) -> list[Button]:
    """What can still be done with it."""
    session, now = roster.availability.session, context.tools.services.clock.now()
    verbs = [(texts.PEOPLE_BUTTON, Verb.LIST_PEOPLE)]
    if session.status is not SessionStatus.CANCELLED and now < session.starts_at:
        verbs += [(texts.TIME_BUTTON, Verb.CHANGE_TIME), (texts.PLACE_BUTTON, Verb.CHANGE_PLACE)]
        verbs += [(texts.SEATS_BUTTON, Verb.CHANGE_SEATS), (texts.DEADLINE_BUTTON, Verb.CHANGE_DEADLINE)]
        verbs += [(texts.CLOSE_BUTTON, Verb.CLOSE_ENROLLING)] if session.is_open(now) else []
        verbs += [(texts.CANCEL_BUTTON, Verb.CANCEL_SESSION)]
    buttons = [Button(title, VerbPress(verb, session_code=session.code)) for title, verb in verbs]
    return [*buttons, Button(texts.ALL_BUTTON, VerbPress(Verb.LIST_SESSIONS, choice=1))]


async def _one(context: Context, caller: Caller, session_code: str) -> tuple[str, list[Button]]:
    roster = await context.tools.services.sessions.roster(caller, session_code)
    return texts.details(roster, context.tools.services.clock.now()), buttons_of(context, roster)


async def _page(context: Context, caller: Caller, number: int) -> tuple[str, list[Button]]:
    rows = await context.tools.services.sessions.coming(caller)
    new = Button(NEW_BUTTON, VerbPress(Verb.OPEN_SESSION))
    if not rows:
        return texts.NO_SESSIONS, [new]
    pages = min(_LAST_PAGE, -(-len(rows) // PAGE))
    number = min(number, pages)  # an old button of a longer list
    shown = rows[(number - 1) * PAGE : number * PAGE]
    buttons = [back_to(row.session.code, texts.title(row)) for row in shown]
    if number > 1:
        buttons.append(Button(texts.PREVIOUS_BUTTON, VerbPress(Verb.LIST_SESSIONS, choice=number - 1)))
    if number < pages:
        buttons.append(Button(texts.NEXT_BUTTON, VerbPress(Verb.LIST_SESSIONS, choice=number + 1)))
    return texts.listed(shown, number, pages), [*buttons, new]
