"""The supervisor's decisions in chat: the waiting requests, Setujui and Tolak. Why not is asked in `declining`."""

from telegram import CallbackQuery, Update

from bot.callback_data import Verb, VerbPress
from bot.context import Context
from bot.render import Button
from bot.replies import conclude, say
from bot.texts import approvals as texts
from core.domain.errors import AlreadyDecided


def buttons_of(enrollment_id: int) -> tuple[Button, Button]:
    return (
        Button(texts.APPROVE_BUTTON, VerbPress(Verb.APPROVE, enrollment_id)),
        Button(texts.DECLINE_BUTTON, VerbPress(Verb.DECLINE, enrollment_id)),
    )


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
        await say(context.bot, telegram_id, texts.request(request), buttons_of(request.enrollment.enrollment_id))
    if len(requests) > texts.LISTED_AT_ONCE:
        await say(context.bot, telegram_id, texts.more_requests(len(requests) - texts.LISTED_AT_ONCE))


async def approve(update: Update, context: Context, press: VerbPress) -> None:
    if update.callback_query is not None:
        await decide(context, update.callback_query, press.enrollment_id, approves=True)


async def decide(
    context: Context, query: CallbackQuery, enrollment_id: int, *, approves: bool, reason: str | None = None
) -> None:
    """The pressed message keeps the outcome, who decided and when."""
    services = context.tools.services
    caller = await context.tools.caller(query.from_user.id)
    try:
        enrollment = await services.enrollments.decide_request(caller, enrollment_id, approves, reason)
    except AlreadyDecided as error:
        await conclude(query, texts.decided_before(error.status))
        return
    await conclude(query, texts.decided(enrollment, services.clock.now()))
