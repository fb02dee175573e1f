"""Opening a session in chat: one question after the other, the whole shown back, and a yes. Nothing is opened before the yes.

What was answered is kept in the database, so a restart in between loses nothing. A button counts only under the latest
question. Rights and rules are the service's, at the first step and at the last.
"""

from dataclasses import replace

from telegram import CallbackQuery, Update

from bot import session_draft
from bot.callback_data import Verb, VerbPress
from bot.context import Context
from bot.handlers.session_questions import question
from bot.render import Button
from bot.replies import conclude, rewrite, say
from bot.session_draft import SEATS, Draft, Part
from bot.texts import session_drafts as texts
from bot.texts.refusals import refusal_text
from core.domain.errors import BadSessionTimes, SessionExists, TextTooLong
from core.domain.people import Awaited, Awaiting, Caller

_START = Button(texts.NEW_BUTTON, VerbPress(Verb.OPEN_SESSION))


async def start(update: Update, context: Context, _: VerbPress) -> None:
    """Buka kelas baru."""
    query = update.callback_query
    if query is not None:
        caller = await context.tools.caller(query.from_user.id)
        await _ask(context, caller, query.from_user.id, Draft())  # a message of its own: the list stays


async def turn_page(update: Update, context: Context, press: VerbPress) -> None:
    if (held := await _held(update, context)) is not None:
        query, caller, draft = held
        await _ask(context, caller, query.from_user.id, draft.asking(Part.COURSE), query, page=press.choice)


async def choose_course(update: Update, context: Context, press: VerbPress) -> None:
    if (held := await _held(update, context)) is not None:
        query, caller, draft = held
        await _ask(context, caller, query.from_user.id, await _of(context, caller, draft, press.course_code), query)


async def choose(update: Update, context: Context, press: VerbPress) -> None:
    """One of the values offered for what is asked; a number past the list changes nothing."""
    if (held := await _held(update, context)) is None:
        return
    query, caller, draft = held
    services, index, after = context.tools.services, press.choice - 1, None
    if draft.asks is Part.SEATS and index < len(SEATS):
        after = replace(draft, seats=SEATS[index]).onward()
    elif draft.asks is Part.PLACE and index < len(places := await services.sessions.places(caller)):
        after = replace(draft, place=places[index]).onward()
    elif draft.asks is Part.DEADLINE:
        moment = dict(draft.deadlines(services.clock.now())).get(press.choice)
        after = draft.with_deadline(moment, services.clock.now()) if moment else None
    elif draft.asks is Part.APPROVAL:
        after = replace(draft, needs_approval=index == 0).onward()
    await _ask(context, caller, query.from_user.id, after or draft, query)


async def edit(update: Update, context: Context, press: VerbPress) -> None:
    """From the whole back to one part of it; the last two switch."""
    if (held := await _held(update, context)) is None:
        return
    query, caller, draft = held
    if press.choice <= len(texts.EDITS):
        draft = draft.asking(texts.EDITS[press.choice - 1][0])
    elif press.choice == len(texts.EDITS) + 1:
        draft = replace(draft, needs_approval=not draft.needs_approval)
    else:
        draft = replace(draft, has_waiting_list=not draft.has_waiting_list)
    await _ask(context, caller, query.from_user.id, draft, query)


async def back(update: Update, context: Context, _: VerbPress) -> None:
    if (held := await _held(update, context)) is not None:
        query, caller, draft = held
        await _ask(context, caller, query.from_user.id, draft.back(), query)


async def stop(update: Update, context: Context, _: VerbPress) -> None:
    if (held := await _held(update, context)) is not None:
        query, _caller, _draft = held
        await context.tools.services.awaited_words.forget(query.from_user.id)
        await rewrite(query, texts.STOPPED, [_START])


async def open_now(update: Update, context: Context, _: VerbPress) -> None:
    """The yes. A code taken meanwhile by a colleague gives way to the next one, shown once more."""
    if (held := await _held(update, context)) is None:
        return
    query, caller, draft = held
    services = context.tools.services
    if draft.asks is not Part.SUMMARY:
        await _ask(context, caller, query.from_user.id, draft, query)
        return
    course, next_code = await services.sessions.plan(caller, draft.course)
    try:
        opened = await services.sessions.open(caller, draft.session(course))
    except SessionExists:
        fresh = replace(draft, code=next_code)
        await _ask(context, caller, query.from_user.id, fresh, query, note=texts.CODE_TAKEN)
        return
    except BadSessionTimes as error:  # the summary lay about for too long
        await _ask(context, caller, query.from_user.id, draft.asking(Part.TIMES), query, note=refusal_text(error))
        return
    await services.awaited_words.forget(query.from_user.id)
    show = Button(texts.SHOW_BUTTON, VerbPress(Verb.SHOW_SESSION, session_code=opened.code))
    await conclude(query, texts.opened(opened), [show])


async def took_words(update: Update, context: Context) -> bool:
    """True if the text was an answer to a question about the new session."""
    message, person = update.effective_message, update.effective_user
    awaited = await _awaited(context, person.id) if person is not None else None
    if message is None or person is None or awaited is None:
        return False
    services, draft = context.tools.services, session_draft.read(awaited.draft or {})
    caller = await context.tools.caller(person.id)
    words = " ".join((message.text or "").split())
    plain = words.strip(".!").lower()
    if plain in texts.STOP_WORDS:
        await services.awaited_words.forget(person.id)
        await say(context.bot, person.id, texts.STOPPED, [_START])
    elif plain in texts.BACK_WORDS:
        await _ask(context, caller, person.id, draft.back())
    elif draft.asks is Part.COURSE:
        await _find(context, caller, person.id, draft, words)
    else:
        try:
            after = draft.answered(words, services.clock.now())
        except (BadSessionTimes, TextTooLong) as error:
            await _ask(context, caller, person.id, draft, note=refusal_text(error))
            return True
        is_past = after is None and draft.asks is Part.DEADLINE and session_draft.is_moment(words)
        note = "" if after else texts.DEADLINE_PAST if is_past else texts.UNREADABLE[draft.asks]
        await _ask(context, caller, person.id, after or draft, note=note)
    return True


async def _find(context: Context, caller: Caller, telegram_id: int, draft: Draft, words: str) -> None:
    found = await context.tools.services.catalogue.find(words, limit=5)
    if len(found) == 1:
        await _ask(context, caller, telegram_id, await _of(context, caller, draft, found[0].course.code))
    elif found:
        text, buttons = texts.WHICH_COURSE, [_course(match.course.code, match.course.title) for match in found]
        sent = await say(
            context.bot, telegram_id, text, [*buttons, Button(texts.STOP_BUTTON, VerbPress(Verb.DRAFT_STOP))]
        )
        await _keep(context, telegram_id, draft, sent.message_id)
    else:
        await _ask(context, caller, telegram_id, draft, note=texts.UNREADABLE[Part.COURSE])


def _course(code: str, title: str) -> Button:
    return Button(f"{code} {title}", VerbPress(Verb.DRAFT_COURSE, course_code=code))


async def _of(context: Context, caller: Caller, draft: Draft, course_code: str) -> Draft:
    course, code = await context.tools.services.sessions.plan(caller, course_code)
    return draft.with_course(course, code)


async def _ask(
    context: Context,
    caller: Caller,
    telegram_id: int,
    draft: Draft,
    query: CallbackQuery | None = None,
    *,
    page: int = 1,
    note: str = "",
) -> None:
    """In place of the pressed message, or below; from then on its buttons are the ones that count."""
    text, buttons = await question(context, caller, draft, page)
    text = f"{note}\n\n{text}" if note else text
    if query is not None:
        message_id = await rewrite(query, text, buttons)
    else:
        message_id = (await say(context.bot, telegram_id, text, buttons)).message_id
    await _keep(context, telegram_id, draft, message_id)


async def _keep(context: Context, telegram_id: int, draft: Draft, message_id: int) -> None:
    words = context.tools.services.awaited_words
    await words.expect_draft(telegram_id, Awaiting.SESSION_DRAFT, draft.as_facts(), message_id)


async def _held(update: Update, context: Context) -> tuple[CallbackQuery, Caller, Draft] | None:
    """The draft, if the button stands under its latest question; the officer is told otherwise."""
    query = update.callback_query
    if query is None:
        return None
    awaited = await _awaited(context, query.from_user.id)
    message_id = query.message.message_id if query.message else 0
    if awaited is None or awaited.message_id != message_id:
        forgotten = awaited is None
        await conclude(query, texts.FORGOTTEN if forgotten else texts.OUTDATED, [_START] if forgotten else [])
        return None
    caller = await context.tools.caller(query.from_user.id)
    return query, caller, session_draft.read(awaited.draft or {})


async def _awaited(context: Context, telegram_id: int) -> Awaited | None:
    awaited = await context.tools.services.awaited_words.expected(telegram_id)
    return awaited if awaited is not None and awaited.what is Awaiting.SESSION_DRAFT else None
