"""Why a request is declined: one of a few reasons by button, or the supervisor's own words, read back before they count.

Nothing is decided on the way. What was typed is kept in the database: a restart of the bot loses none of it.
"""

from telegram import CallbackQuery, Update

from bot.callback_data import Verb, VerbPress
from bot.context import Context
from bot.handlers.approvals import buttons_of, decide
from bot.render import Button
from bot.replies import conclude, say, swap_buttons
from bot.texts import approvals as texts
from core.domain.approvals import Request
from core.domain.campaign_content import check_text
from core.domain.errors import AlreadyDecided
from core.domain.people import Awaited, Awaiting


async def ask_reason(update: Update, context: Context, press: VerbPress) -> None:
    """Tolak: the reasons take the place of the buttons."""
    query = update.callback_query
    if query is None or await _request(context, query, press.enrollment_id) is None:
        return
    number = press.enrollment_id
    reasons = [
        Button(reason, VerbPress(Verb.DECLINE_BECAUSE, number, choice))
        for choice, reason in enumerate(texts.DECLINE_REASONS, 1)
    ]
    own = Button(texts.WRITE_REASON_BUTTON, VerbPress(Verb.WRITE_REASON, number))
    back = Button(texts.BACK_BUTTON, VerbPress(Verb.BACK_TO_REQUEST, number))
    await swap_buttons(query, (*reasons, own, back), texts.CHOOSE_REASON)


async def because(update: Update, context: Context, press: VerbPress) -> None:
    query = update.callback_query
    if query is not None:
        # a number past the list is an old button of a longer one: declined all the same, without a reason
        reason = dict(enumerate(texts.DECLINE_REASONS, 1)).get(press.choice)
        await decide(context, query, press.enrollment_id, approves=False, reason=reason)


async def write_reason(update: Update, context: Context, press: VerbPress) -> None:
    query = update.callback_query
    if query is None:
        return
    request = await _request(context, query, press.enrollment_id)
    if request is not None:
        words = context.tools.services.awaited_words
        await words.expect_about(query.from_user.id, Awaiting.DECLINE_REASON, press.enrollment_id)
        await say(context.bot, query.from_user.id, texts.write_reason(request))


async def took_reason(update: Update, context: Context) -> bool:
    """True if the text was the reason this chat was asked for."""
    message, person = update.effective_message, update.effective_user
    awaited = await _awaited(context, person.id) if person is not None else None
    if message is None or person is None or awaited is None or awaited.words is not None:
        return False
    expecting = context.tools.services.awaited_words
    words = message.text or ""
    if words.strip().strip(".!").lower() in texts.STOP_WORDS:
        await expecting.forget(person.id)
        await say(context.bot, person.id, texts.NOT_DECLINED)
        return True
    reason = check_text(words, texts.LONGEST_REASON)
    number = awaited.enrollment_id or 0
    await expecting.forget(person.id)
    try:
        request = await context.tools.services.approvals.request(await context.tools.caller(person.id), number)
    except AlreadyDecided as error:
        await say(context.bot, person.id, texts.decided_before(error.status))
        return True
    buttons = (
        Button(texts.DECLINE_BUTTON_AS_WRITTEN, VerbPress(Verb.DECLINE_AS_WRITTEN, number)),
        Button(texts.REWRITE_BUTTON, VerbPress(Verb.WRITE_REASON, number)),
        Button(texts.BACK_BUTTON, VerbPress(Verb.BACK_TO_REQUEST, number)),
    )
    sent = await say(context.bot, person.id, texts.confirm_reason(request, reason), buttons, is_marked_up=False)
    await expecting.expect_about(person.id, Awaiting.DECLINE_REASON, number, words=reason, message_id=sent.message_id)
    return True


async def as_written(update: Update, context: Context, press: VerbPress) -> None:
    query = update.callback_query
    if query is None:
        return
    awaited = await _awaited(context, query.from_user.id)
    message_id = query.message.message_id if query.message else 0
    # an earlier "yes" must not be taken for one to what was written later
    if awaited is None or (awaited.enrollment_id, awaited.message_id) != (press.enrollment_id, message_id):
        if await _request(context, query, press.enrollment_id) is not None:
            await conclude(query, texts.REASON_FORGOTTEN)
        return
    await decide(context, query, press.enrollment_id, approves=False, reason=awaited.words)
    await context.tools.services.awaited_words.forget(query.from_user.id)


async def back(update: Update, context: Context, press: VerbPress) -> None:
    query = update.callback_query
    if query is not None:
        await context.tools.services.awaited_words.forget(query.from_user.id)
        await swap_buttons(query, buttons_of(press.enrollment_id), texts.NOT_DECLINED)


async def _awaited(context: Context, telegram_id: int) -> Awaited | None:
    awaited = await context.tools.services.awaited_words.expected(telegram_id)
    return awaited if awaited is not None and awaited.what is Awaiting.DECLINE_REASON else None


async def _request(context: Context, query: CallbackQuery, enrollment_id: int) -> Request | None:
    """The request while the person may decide it; None, and told so, once it was decided."""
    caller = await context.tools.caller(query.from_user.id)
    try:
        return await context.tools.services.approvals.request(caller, enrollment_id)
    except AlreadyDecided as error:
        await conclude(query, texts.decided_before(error.status))
        return None
