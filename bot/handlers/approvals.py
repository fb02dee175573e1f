"""The supervisor's decisions in chat: the waiting requests, Setujui and Tolak."""

from telegram import Update

from bot.callback_data import Verb, VerbPress
from bot.context import Context
from bot.render import Button
from bot.replies import conclude, say
from bot.texts import approvals as texts
from core.domain.errors import AlreadyDecided


async def waiting(update: Update, context: Context) -> None:
    """/persetujuan: one message a request, each with its buttons."""
    if update.effective_user is None:
        return
    telegram_id = update.effective_user.id
    caller = await context.tools.caller(telegram_id)
    requests = await context.tools.services.approvals.pending(caller)
    if not requests:
        await say(context.bot, telegram_id, texts.NO_REQUESTS)
    for request in requests[: texts.LISTED_AT_ONCE]:
        number = request.enrollment.enrollment_id
        buttons = (
            Button(texts.APPROVE_BUTTON, VerbPress(Verb.APPROVE, number)),
            Button(texts.DECLINE_BUTTON, VerbPress(Verb.DECLINE, number)),
        )
        await say(context.bot, telegram_id, texts.request(request), buttons)
    if len(requests) > texts.LISTED_AT_ONCE:
        await say(context.bot, telegram_id, texts.more_requests(len(requests) - texts.LISTED_AT_ONCE))


async def decide(update: Update, context: Context, press: VerbPress) -> None:
    """The pressed message keeps the outcome, who decided and when."""
    query = update.callback_query
    if query is None:
        return
    services = context.tools.services
    caller = await context.tools.caller(query.from_user.id)
    try:
        enrollment = await services.enrollments.decide_request(
            caller, press.enrollment_id, approve=press.verb is Verb.APPROVE
        )
    except AlreadyDecided as error:
        await conclude(query, texts.decided_before(error.status))
        return
    await conclude(query, texts.decided(enrollment, services.clock.now()))
