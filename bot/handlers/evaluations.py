"""The evaluation of a training in chat: a number by button, then words if the person likes.

That words are awaited is kept in the database: a restart of the bot loses neither the question nor the number.
"""

from telegram import Update

from bot.callback_data import Verb, VerbPress
from bot.context import Context
from bot.render import Button
from bot.replies import conclude, say
from bot.texts import evaluations as texts
from core.domain.errors import AlreadyEvaluated
from core.domain.people import Awaiting


async def rate(update: Update, context: Context, press: VerbPress) -> None:
    query = update.callback_query
    if query is None:
        return
    caller = await context.tools.caller(query.from_user.id)
    try:
        given = await context.tools.services.evaluations.rate(caller, press.enrollment_id, press.choice)
    except AlreadyEvaluated as error:
        await conclude(query, texts.rated_before(error.rating))
        return
    buttons = [Button(texts.COMMENT_BUTTON, VerbPress(Verb.COMMENT, press.enrollment_id))]
    await conclude(query, texts.rated(given.rating), [] if given.comment is not None else buttons)


async def ask_comment(update: Update, context: Context, press: VerbPress) -> None:
    query = update.callback_query
    if query is None:
        return
    words = context.tools.services.awaited_words
    await words.expect_about(query.from_user.id, Awaiting.COMMENT, press.enrollment_id)
    await say(context.bot, query.from_user.id, texts.WRITE_COMMENT)


async def took_comment(update: Update, context: Context) -> bool:
    """True if the text was the comment this chat was asked for."""
    message, person = update.effective_message, update.effective_user
    expecting = context.tools.services.awaited_words
    awaited = await expecting.expected(person.id) if person is not None else None
    if message is None or person is None or awaited is None or awaited.what is not Awaiting.COMMENT:
        return False
    words = message.text or ""
    if words.strip().strip(".!").lower() in texts.STOP_WORDS:
        await expecting.forget(person.id)
        await say(context.bot, person.id, texts.NO_COMMENT)
        return True
    caller = await context.tools.caller(person.id)
    try:
        await context.tools.services.evaluations.comment(caller, awaited.enrollment_id or 0, words)
    except AlreadyEvaluated:
        await expecting.forget(person.id)
        await say(context.bot, person.id, texts.COMMENTED_BEFORE)
        return True
    await expecting.forget(person.id)
    await say(context.bot, person.id, texts.COMMENTED)
    return True
