"""HR officers in chat: /tiket shows what is open, /jawab answers."""

import re

from telegram import Update

from bot.context import Context
from bot.replies import say
from bot.texts import tickets as texts

_ANSWER = re.compile(r"/\S+\s+(?P<number>\d{1,9})(?:\s+(?P<text>.*))?", re.DOTALL)


async def queue(update: Update, context: Context) -> None:
    if update.effective_user is None:
        return
    caller = await context.tools.caller(update.effective_user.id)
    tickets = await context.tools.services.tickets.queue(caller)
    # questions are people's own words: shown as typed
    await say(context.bot, update.effective_user.id, texts.queue(tickets) if tickets else texts.QUEUE_EMPTY)


async def answer(update: Update, context: Context) -> None:
    """/jawab NUMBER TEXT; line breaks in the text stay."""
    message, person = update.effective_message, update.effective_user
    if message is None or person is None:
        return
    match = _ANSWER.fullmatch((message.text or "").strip())
    caller = await context.tools.caller(person.id)
    if match is None:
        # whoever is no officer is told so rather than taught the command
        await context.tools.services.tickets.queue(caller)
        await say(context.bot, person.id, texts.HOW_TO_ANSWER)
        return
    ticket = await context.tools.services.tickets.answer(caller, int(match["number"]), match["text"] or "")
    await say(context.bot, person.id, texts.answered(ticket))
