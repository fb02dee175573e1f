"""What is typed, and the commands the dialogue answers: to Rasa and back. One time-out, one calm text."""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress

import structlog
from telegram import Message, Update
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot import commands
from bot.callback_data import DialoguePress, decode
from bot.context import Context, conversation_of
from bot.handlers import (
    campaign_answers,
    campaign_desk,
    campaign_questions,
    declining,
    delegations,
    evaluations,
    linking,
    session_changes,
    session_drafts,
    ticket_entries,
    ticket_words,
)
from bot.rasa_client import RasaRefused, RasaReply, RasaUnavailable
from bot.render import Outgoing, render_reply
from bot.replies import say, send_all
from bot.texts import general
from core.ports import DatabaseBusy
from core.services.campaign_questions import CampaignAnswer

log = structlog.get_logger(__name__)

LONGEST_TEXT = 4096
QUESTIONS = frozenset({"affirm", "deny", "cancel_dialogue", "choose_reason"})
"""Buttons that answer the dialogue's latest question and mean nothing under another."""


AWAITED = (
    declining.took_reason,
    evaluations.took_comment,
    session_changes.took_line,
    session_drafts.took_words,
    ticket_words.took_words,
    campaign_answers.took_comment,
    ticket_entries.took_words,
    campaign_desk.took_words,
)
"""Each takes the words that were asked for by it, and no others."""


async def text(update: Update, context: Context) -> None:
    message, person = update.effective_message, update.effective_user
    if message is None or person is None:
        return
    # asked once: ordinary words, which nobody awaits, must not wait for the database at every one of these doors
    awaited = await context.tools.services.awaited_words.expected(person.id)
    replied = campaign_questions.replied_to(message, context)
    if replied is not None and await ticket_words.took_reply(context, person.id, replied, message.text or ""):
        return
    about = await campaign_questions.asked(message, person.id, context, awaited)
    if about is not None:
        if about.excerpt is None:
            await _answer_about(context, person.id, about, message.text or "")
        return
    for took in (*(AWAITED if awaited is not None else ()), delegations.typed, linking.took_code):
        if await took(update, context):
            return
    await answer_text(context, person.id, message.text or "")


async def answer_text(context: Context, telegram_id: int, words: str) -> None:
    """Says the words to the dialogue and its reply to the person."""
    if len(words) > LONGEST_TEXT:
        await say(context.bot, telegram_id, general.TOO_LONG)
        return
    turn = context.tools.rasa.say(conversation_of(telegram_id), words)
    await converse(context, telegram_id, turn, if_refused=general.NOTHING_TO_READ, is_typed=True)


async def _answer_about(context: Context, telegram_id: int, about: CampaignAnswer, words: str) -> None:
    """The usual search for words about a campaign that does not answer them itself."""
    replies: list[RasaReply] = []

    async def turn() -> RasaReply:
        replies.append(await context.tools.rasa.say(conversation_of(telegram_id), words))
        return replies[0]

    await converse(context, telegram_id, turn(), if_refused=general.NOTHING_TO_READ)
    await campaign_questions.offer(context, telegram_id, about, words, replies[0] if replies else None)


async def trainings(update: Update, context: Context) -> None:
    await _press(update, context, "list_trainings")


async def status(update: Update, context: Context) -> None:
    await _press(update, context, "enrollment_status")


async def profile(update: Update, context: Context) -> None:
    await _press(update, context, "my_profile")


async def cancel(update: Update, context: Context) -> None:
    await _press(update, context, "cancel_dialogue")


async def converse(
    context: Context, telegram_id: int, turn: Awaitable[RasaReply], *, if_refused: str, is_typed: bool = False
) -> bool:
    """Shows "typing" while the dialogue thinks, then sends its reply. False if the dialogue gave none.

    What was typed is counted by its topic, after the answer has gone out.
    """
    try:
        _, reply = await asyncio.gather(_show_typing(context, telegram_id), turn)
    except RasaUnavailable as error:
        log.error("dialogue unavailable", telegram_id=telegram_id, reason=str(error))
        await say(context.bot, telegram_id, general.NOT_READY)
        return False
    except RasaRefused:
        await say(context.bot, telegram_id, if_refused)
        return False
    messages = [outgoing for message in reply.messages for outgoing in render_reply(message)]
    if not messages:
        log.warning("dialogue had nothing to say", telegram_id=telegram_id, actions=reply.actions)
        await say(context.bot, telegram_id, general.NO_REPLY)
        return False
    sent = await send_all(context.bot, telegram_id, messages)
    _remember_question(context, telegram_id, sent, messages[-1])
    if "action_delete_my_data" in reply.actions:
        await _follow_unlinking(context, telegram_id)
    if is_typed:
        with suppress(DatabaseBusy):
            await context.tools.services.question_topics.asked(reply.intent)
    return True


def _remember_question(context: Context, telegram_id: int, sent: Message, outgoing: Outgoing) -> None:
    rows = outgoing.keyboard.inline_keyboard if outgoing.keyboard else ()
    for press in (decode(key.callback_data) for row in rows for key in row):
        if isinstance(press, DialoguePress) and press.intent in QUESTIONS:
            context.tools.memory.ask(telegram_id, sent.message_id)
            return


async def _press(update: Update, context: Context, intent: str) -> None:
    if update.effective_user is None:
        return
    telegram_id = update.effective_user.id
    turn = context.tools.rasa.press(conversation_of(telegram_id), intent)
    await converse(context, telegram_id, turn, if_refused=general.NO_REPLY)


async def _show_typing(context: Context, telegram_id: int) -> None:
    with suppress(TelegramError):
        await context.bot.send_chat_action(telegram_id, ChatAction.TYPING)


async def _follow_unlinking(context: Context, telegram_id: int) -> None:
    caller = await context.tools.caller(telegram_id)
    if not caller.is_linked:
        await commands.reset(context.bot, telegram_id)
