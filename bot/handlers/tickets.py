"""Tickets by command: /tiket shows what is open to HR, and to everybody their own; /jawab answers in one line."""

import re

from telegram import Update

from bot.callback_data import VerbPress
from bot.context import Context
from bot.entry_presses import EntryPress, EntryVerb
from bot.render import Button
from bot.replies import rewrite, say
from bot.texts import tickets as texts
from bot.texts.ticket_entries import MAKE_BUTTON
from core.domain.people import Caller

_ANSWER = re.compile(r"/\S+\s+(?P<number>\d{1,9})(?:\s+(?P<text>.*))?", re.DOTALL)


async def command(update: Update, context: Context) -> None:
    """/tiket, or /tiket NUMBER for one of them in full."""
    if update.effective_user is None:
        return
    telegram_id = update.effective_user.id
    caller = await context.tools.caller(telegram_id)
    is_officer = caller.person is not None and caller.person.is_hr
    if context.args and re.fullmatch(r"[1-9][0-9]{0,8}", context.args[0]):
        text, buttons = await _one(context, caller, int(context.args[0]), is_officer=is_officer)
        await say(context.bot, telegram_id, text, buttons, is_marked_up=False)
        return
    own = await context.tools.services.tickets.mine(caller)
    if is_officer:
        text, buttons = await _queue(context, caller)
        # questions are people's own words: shown as typed
        await say(context.bot, telegram_id, text, buttons, is_marked_up=False)
    if own or not is_officer:
        text = texts.mine(own) if own else texts.NONE_OF_MINE
        buttons = [Button(title, press) for title, press in texts.mine_buttons(own)]
        await say(context.bot, telegram_id, text, buttons, is_marked_up=False)


async def list_all(update: Update, context: Context, press: VerbPress) -> None:
    query = update.callback_query
    if query is not None:
        text, buttons = await _queue(context, await context.tools.caller(query.from_user.id), press.choice)
        await rewrite(query, text, buttons, is_marked_up=False)


async def answer(update: Update, context: Context) -> None:
    """/jawab NUMBER TEXT; line breaks in the text stay."""
    message, person = update.effective_message, update.effective_user
    if message is None or person is None:
        return
    match = _ANSWER.fullmatch((message.text or "").strip())
    caller = await context.tools.caller(person.id)
    if match is None:
        # whoever is no officer is told so rather than taught the command
        await context.tools.services.ticket_desk.queue(caller)
        await say(context.bot, person.id, texts.HOW_TO_ANSWER)
        return
    ticket = await context.tools.services.ticket_desk.answer(caller, int(match["number"]), match["text"] or "")
    make = Button(MAKE_BUTTON, EntryPress(EntryVerb.BEGIN, ticket.number))
    await say(context.bot, person.id, texts.answered(ticket), [make])


async def _queue(context: Context, caller: Caller, page: int = 1) -> tuple[str, list[Button]]:
    rows = await context.tools.services.ticket_desk.queue(caller)
    text, presses = texts.queue(rows, caller.person.person_id if caller.person is not None else 0, page)
    return text, [Button(title, press) for title, press in presses]


async def _one(context: Context, caller: Caller, number: int, *, is_officer: bool) -> tuple[str, list[Button]]:
    services = context.tools.services
    if is_officer:
        card = await services.ticket_desk.card(caller, number)
        text, presses = texts.card(card), texts.buttons(card)
    else:
        ticket = await services.tickets.own(caller, number)
        text, presses = texts.own(ticket), texts.mine_buttons([ticket])
    return text, [Button(title, press) for title, press in presses]
