"""Changing a session in chat: a button, one typed line, shown back, and a yes. Nothing changes before the yes.

What was typed is held in memory only: after a restart the yes says so kindly and the buttons begin anew. Rights and rules are
the service's, at every step.
"""

from telegram import Update

from bot import typed_times
from bot.callback_data import Verb, VerbPress
from bot.context import Context
from bot.handlers.sessions import back_to, buttons_of
from bot.render import Button
from bot.replies import conclude, rewrite, say
from bot.session_lines import About, Line
from bot.texts import sessions as texts
from core.domain.campaigns import check_text
from core.domain.errors import CoreError
from core.domain.people import Caller
from core.domain.session_changes import SessionChange, require_changeable
from core.services.sessions import PLACE_LIMIT, REASON_LIMIT, Changed, Roster

_ABOUT = {Verb.CHANGE_TIME: About.TIME, Verb.CHANGE_PLACE: About.PLACE, Verb.CANCEL_SESSION: About.REASON}


async def ask_line(update: Update, context: Context, press: VerbPress) -> None:
    """Ubah waktu, Ubah tempat, Batalkan kelas: asks for the line."""
    query = update.callback_query
    if query is None:
        return
    about = _ABOUT[press.verb]
    roster = await _changeable(context, await context.tools.caller(query.from_user.id), press.session_code)
    context.tools.memory.expect_line(query.from_user.id, Line(press.session_code, about))
    await rewrite(query, texts.ask_line(roster, about), [back_to(press.session_code, texts.BACK_BUTTON)])


async def took_line(update: Update, context: Context) -> bool:
    """True if the text was the line this chat was asked for."""
    message, person = update.effective_message, update.effective_user
    line = context.tools.memory.expected_line(person.id) if person is not None else None
    if message is None or person is None or line is None or line.is_written:
        return False
    words = " ".join((message.text or "").split())
    back = back_to(line.session_code, texts.BACK_BUTTON)
    if words.strip(".!").lower() in texts.STOP_WORDS:
        context.tools.memory.forget_line(person.id)
        await say(context.bot, person.id, texts.NOTHING_CHANGED, [back])
        return True
    typed = _change(line.about, words)
    if line.about is not About.REASON and typed is None:
        await say(context.bot, person.id, texts.NOT_A_TIME, [back])
        return True
    caller = await context.tools.caller(person.id)
    try:
        roster = await _changeable(context, caller, line.session_code)
    except CoreError:
        context.tools.memory.forget_line(person.id)  # whatever is typed, it cannot be any more
        raise
    if typed is None:
        reason = check_text(words, REASON_LIMIT)
        text, yes, line = (
            texts.confirm_cancel(roster, reason),
            texts.CANCEL_NOW_BUTTON,
            Line(line.session_code, line.about, reason=reason),
        )
    else:
        after = await context.tools.services.sessions.preview(caller, line.session_code, typed)
        text, yes, line = (
            texts.confirm_change(roster, after),
            texts.CHANGE_NOW_BUTTON,
            Line(line.session_code, line.about, change=typed),
        )
    context.tools.memory.expect_line(person.id, line)
    confirm = Button(yes, VerbPress(Verb.DO_AS_WRITTEN, session_code=line.session_code))
    sent = await say(context.bot, person.id, text, [confirm, back_to(line.session_code, texts.NO_BUTTON)])
    context.tools.memory.ask(person.id, sent.message_id)
    return True


async def do_as_written(update: Update, context: Context, press: VerbPress) -> None:
    """The yes to what was shown back."""
    query = update.callback_query
    if query is None:
        return
    telegram_id, memory = query.from_user.id, context.tools.memory
    caller = await context.tools.caller(telegram_id)
    line = memory.expected_line(telegram_id)
    message_id = query.message.message_id if query.message else 0
    is_this = line is not None and line.is_written and line.session_code == press.session_code
    # an earlier "yes" must not be taken for one to what was written later
    if line is None or not is_this or memory.is_stale(telegram_id, message_id):
        if memory.settle(telegram_id, message_id):  # not the second of two quick taps
            roster = await context.tools.services.sessions.roster(caller, press.session_code)
            await conclude(query, texts.LINE_FORGOTTEN, buttons_of(context, roster))
        return
    memory.forget_line(telegram_id)
    memory.settle(telegram_id, message_id)
    changed = await _carry_out(context, caller, line)
    await conclude(query, texts.done(line, changed), [back_to(line.session_code, texts.BACK_BUTTON)])


async def ask_to_close(update: Update, context: Context, press: VerbPress) -> None:
    query = update.callback_query
    if query is None:
        return
    roster = await _changeable(context, await context.tools.caller(query.from_user.id), press.session_code)
    confirm = Button(texts.CLOSE_NOW_BUTTON, VerbPress(Verb.CLOSE_ENROLLING_NOW, session_code=press.session_code))
    await rewrite(query, texts.confirm_close(roster), [confirm, back_to(press.session_code, texts.NO_BUTTON)])


async def close(update: Update, context: Context, press: VerbPress) -> None:
    query = update.callback_query
    if query is None:
        return
    caller = await context.tools.caller(query.from_user.id)
    session = await context.tools.services.sessions.close_enrolling(caller, press.session_code)
    await rewrite(query, texts.closed(session), [back_to(press.session_code, texts.BACK_BUTTON)])


async def _changeable(context: Context, caller: Caller, session_code: str) -> Roster:
    """Raises what the service would raise at the end, before anything is typed in vain."""
    services = context.tools.services
    roster = await services.sessions.roster(caller, session_code)
    require_changeable(roster.availability.session, services.clock.now())
    return roster


async def _carry_out(context: Context, caller: Caller, line: Line) -> Changed:
    sessions = context.tools.services.sessions
    if line.reason is not None:
        return await sessions.cancel(caller, line.session_code, line.reason)
    return await sessions.change(caller, line.session_code, line.change or SessionChange())


def _change(about: About, words: str) -> SessionChange | None:
    """None for a reason, and for a time that cannot be read."""
    if about is About.PLACE:
        return SessionChange(place=check_text(words, PLACE_LIMIT))
    typed = typed_times.read(words) if about is About.TIME else None
    return SessionChange(starts_at=typed.starts_at, ends_at=typed.ends_at) if typed else None
