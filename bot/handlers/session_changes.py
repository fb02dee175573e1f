"""Changing a session in chat: a button, one typed line, shown back, and a yes. Nothing changes before the yes.

What is waited for and what was typed are kept in the database, so a restart between the two loses nothing; a yes counts only
under the message that showed the line. Rights and rules are the service's, at every step.
"""

import re

from telegram import Update

from bot import typed_times
from bot.callback_data import Verb, VerbPress
from bot.context import Context
from bot.handlers.sessions import back_to, buttons_of
from bot.render import Button
from bot.replies import conclude, rewrite, say
from bot.texts import sessions as texts
from core.domain.campaign_content import check_text
from core.domain.errors import CoreError
from core.domain.people import ABOUT_A_SESSION, Awaited, Awaiting, Caller
from core.domain.session_changes import SessionChange, require_changeable
from core.services.sessions import PLACE_LIMIT, REASON_LIMIT, Changed, Roster

_ABOUT = {
    Verb.CHANGE_TIME: Awaiting.SESSION_TIME,
    Verb.CHANGE_PLACE: Awaiting.SESSION_PLACE,
    Verb.CHANGE_SEATS: Awaiting.SESSION_SEATS,
    Verb.CHANGE_DEADLINE: Awaiting.SESSION_DEADLINE,
    Verb.CANCEL_SESSION: Awaiting.SESSION_REASON,
}


async def ask_line(update: Update, context: Context, press: VerbPress) -> None:
    """Ubah waktu, Ubah tempat, Ubah kursi, Ubah batas, Batalkan kelas: asks for the line."""
    query = update.callback_query
    if query is None:
        return
    about = _ABOUT[press.verb]
    roster = await _changeable(context, await context.tools.caller(query.from_user.id), press.session_code)
    await context.tools.services.awaited_words.expect_line(query.from_user.id, about, press.session_code)
    await rewrite(query, texts.ask_line(roster, about), [back_to(press.session_code, texts.BACK_BUTTON)])


async def took_line(update: Update, context: Context) -> bool:
    """True if the text was the line this chat was asked for."""
    message, person = update.effective_message, update.effective_user
    awaited = await _awaited(context, person.id) if person is not None else None
    if message is None or person is None or awaited is None or awaited.words is not None:
        return False
    code, words = awaited.session_code or "", " ".join((message.text or "").split())
    back = back_to(code, texts.BACK_BUTTON)
    if words.strip(".!").lower() in texts.STOP_WORDS:
        await context.tools.services.awaited_words.forget(person.id)
        await say(context.bot, person.id, texts.NOTHING_CHANGED, [back])
        return True
    if awaited.what is not Awaiting.SESSION_REASON and _change(awaited.what, words) is None:
        await say(context.bot, person.id, texts.UNREADABLE[awaited.what], [back])
        return True
    caller = await context.tools.caller(person.id)
    text, yes = await _shown_back(context, caller, awaited, code, words)
    confirm = Button(yes, VerbPress(Verb.DO_AS_WRITTEN, session_code=code))
    sent = await say(context.bot, person.id, text, [confirm, back_to(code, texts.NO_BUTTON)])
    await context.tools.services.awaited_words.expect_line(
        person.id, awaited.what, code, words=words, message_id=sent.message_id
    )
    return True


async def do_as_written(update: Update, context: Context, press: VerbPress) -> None:
    """The yes to what was shown back."""
    query = update.callback_query
    if query is None:
        return
    telegram_id, services = query.from_user.id, context.tools.services
    caller = await context.tools.caller(telegram_id)
    message_id = query.message.message_id if query.message else 0
    is_first_tap = context.tools.memory.settle(telegram_id, message_id)
    awaited = await _awaited(context, telegram_id)
    # an earlier "yes" must not be taken for one to what was written later
    if awaited is None or awaited.words is None or awaited.message_id != message_id:
        roster = await services.sessions.roster(caller, press.session_code)
        if is_first_tap:
            await conclude(query, texts.LINE_FORGOTTEN, buttons_of(context, roster))
        return
    await services.awaited_words.forget(telegram_id)
    code = awaited.session_code or ""
    changed = await _carry_out(context, caller, awaited, code)
    await conclude(query, texts.done(awaited.what, changed), [back_to(code, texts.BACK_BUTTON)])


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
    closed = await context.tools.services.sessions.close_enrolling(caller, press.session_code)
    await rewrite(query, texts.closed(closed), [back_to(press.session_code, texts.BACK_BUTTON)])


async def _awaited(context: Context, telegram_id: int) -> Awaited | None:
    awaited = await context.tools.services.awaited_words.expected(telegram_id)
    return awaited if awaited is not None and awaited.what in ABOUT_A_SESSION else None


async def _changeable(context: Context, caller: Caller, session_code: str) -> Roster:
    """Raises what the service would raise at the end, before anything is typed in vain."""
    services = context.tools.services
    roster = await services.sessions.roster(caller, session_code)
    require_changeable(roster.availability.session, services.clock.now())
    return roster


async def _shown_back(
    context: Context, caller: Caller, awaited: Awaited, session_code: str, words: str
) -> tuple[str, str]:
    """What will become of it, and the words of the yes. A line that breaks a rule is refused and may be typed again."""
    try:
        roster = await _changeable(context, caller, session_code)
    except CoreError:
        await context.tools.services.awaited_words.forget(caller.telegram_id or 0)  # no line can help any more
        raise
    change = _change(awaited.what, words)
    if change is None:
        return texts.confirm_cancel(roster, check_text(words, REASON_LIMIT)), texts.CANCEL_NOW_BUTTON
    after = await context.tools.services.sessions.preview(caller, session_code, change)
    return texts.confirm_change(roster, after, context.tools.services.clock.now()), texts.CHANGE_NOW_BUTTON


async def _carry_out(context: Context, caller: Caller, awaited: Awaited, session_code: str) -> Changed:
    sessions, words = context.tools.services.sessions, awaited.words or ""
    change = _change(awaited.what, words)
    if change is None:
        return await sessions.cancel(caller, session_code, words)
    return await sessions.change(caller, session_code, change)


def _change(about: Awaiting, words: str) -> SessionChange | None:
    """None for a reason, and for a line that cannot be read."""
    if about is Awaiting.SESSION_PLACE:
        return SessionChange(place=check_text(words, PLACE_LIMIT))
    if about is Awaiting.SESSION_SEATS:
        number = re.fullmatch(r"([1-9][0-9]{0,4})(?: kursi)?", words.lower().strip("."))
        return SessionChange(seats=int(number[1])) if number else None
    typed = typed_times.read(words) if about in (Awaiting.SESSION_TIME, Awaiting.SESSION_DEADLINE) else None
    if typed is None:
        return None
    if about is Awaiting.SESSION_TIME:
        return SessionChange(starts_at=typed.starts_at, ends_at=typed.ends_at)
    return SessionChange(closes_at=typed.starts_at) if typed.ends_at is None else None
