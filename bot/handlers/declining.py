"""Why a request is declined: one of a few reasons by button, or the supervisor's own words, read back before they count.

Nothing is decided on the way. What was typed is held in memory only: after a restart the buttons still stand.
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
        context.tools.memory.expect_reason(query.from_user.id, press.enrollment_id)
        await say(context.bot, query.from_user.id, texts.write_reason(request))


async def took_reason(update: Update, context: Context) -> bool:
    """True if the text was the reason this chat was asked for."""
    message, person = update.effective_message, update.effective_user
    memory = context.tools.memory
    expected = memory.expected_reason(person.id) if person is not None else None
    if message is None or person is None or expected is None or expected[1] is not None:
        return False
    words = message.text or ""
    if words.strip().strip(".!").lower() in texts.STOP_WORDS:
        memory.forget_reason(person.id)
        await say(context.bot, person.id, texts.NOT_DECLINED)
        return True
    reason = check_text(words, texts.LONGEST_REASON)
    number = expected[0]
    memory.forget_reason(person.id)
    try:
        request = await context.tools.services.approvals.request(await context.tools.caller(person.id), number)
    except AlreadyDecided as error:
        await say(context.bot, person.id, texts.decided_before(error.status))
        return True
    memory.expect_reason(person.id, number, reason)
    buttons = (
        Button(texts.DECLINE_BUTTON_AS_WRITTEN, VerbPress(Verb.DECLINE_AS_WRITTEN, number)),
        Button(texts.REWRITE_BUTTON, VerbPress(Verb.WRITE_REASON, number)),
        Button(texts.BACK_BUTTON, VerbPress(Verb.BACK_TO_REQUEST, number)),
    )
    await say(context.bot, person.id, texts.confirm_reason(request, reason), buttons, is_marked_up=False)
    return True


async def as_written(update: Update, context: Context, press: VerbPress) -> None:
    query = update.callback_query
    if query is None:
        return
    number, reason = context.tools.memory.expected_reason(query.from_user.id) or (0, None)
    if number != press.enrollment_id or reason is None:
        await conclude(query, texts.REASON_FORGOTTEN)
        return
    await decide(context, query, number, approves=False, reason=reason)
    context.tools.memory.forget_reason(query.from_user.id)


async def back(update: Update, context: Context, press: VerbPress) -> None:
    query = update.callback_query
    if query is not None:
        context.tools.memory.forget_reason(query.from_user.id)
        await swap_buttons(query, buttons_of(press.enrollment_id), texts.NOT_DECLINED)


async def other_business(update: Update, context: Context) -> None:
    """A command ends the wait for a reason or a comment: what is typed after it means something else."""
    if update.effective_user is not None:
        context.tools.memory.forget_reason(update.effective_user.id)
        context.tools.memory.forget_comment(update.effective_user.id)


async def _request(context: Context, query: CallbackQuery, enrollment_id: int) -> Request | None:
    """The request while the person may decide it; None, and told so, once it was decided."""
    caller = await context.tools.caller(query.from_user.id)
    try:
        return await context.tools.services.approvals.request(caller, enrollment_id)
    except AlreadyDecided as error:
        await conclude(query, texts.decided_before(error.status))
        return None
