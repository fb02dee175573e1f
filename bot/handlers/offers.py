"""A freed seat offered to the next in line, and the calendar files of seats held and of sessions to come."""

from telegram import InputFile, Update

from bot.callback_data import Verb, VerbPress
from bot.context import Context
from bot.render import Button
from bot.replies import conclude, say
from bot.texts import approvals as texts
from core.domain.courses import Session, SessionStatus
from core.domain.enrollment import HOLDS_SEAT, Status
from core.domain.errors import AlreadyDecided, SessionCancelled
from core.services.calendar_files import session_calendar


async def answer(update: Update, context: Context, press: VerbPress) -> None:
    query = update.callback_query
    if query is None:
        return
    caller = await context.tools.caller(query.from_user.id)
    accept = press.verb is Verb.ACCEPT_OFFER
    try:
        result = await context.tools.services.enrollments.answer_offer(caller, press.enrollment_id, accept=accept)
    except AlreadyDecided as error:
        await conclude(query, texts.offer_answered_before(error.status))
        return
    if not accept:
        await conclude(query, texts.OFFER_PASSED)
        return
    calendar = Button(texts.CALENDAR_BUTTON, VerbPress(Verb.CALENDAR, press.enrollment_id))
    is_certain = result.enrollment.status is Status.CONFIRMED
    await conclude(query, texts.offer_accepted(result.enrollment), [calendar] if is_certain else [])


async def calendar(update: Update, context: Context, press: VerbPress) -> None:
    """Sends the `.ics` of one of the person's own seats."""
    query = update.callback_query
    if query is None:
        return
    caller = await context.tools.caller(query.from_user.id)
    held = await context.tools.services.enrollments.own(caller, press.enrollment_id)
    if held.status not in HOLDS_SEAT:
        await say(context.bot, query.from_user.id, texts.NOT_ON_CALENDAR)
        return
    await _send(context, query.from_user.id, held.session)


async def session_file(update: Update, context: Context, press: VerbPress) -> None:
    """Sends the `.ics` of a session of the catalogue, which is for everybody to see."""
    query = update.callback_query
    if query is None:
        return
    session = await context.tools.services.catalogue.session(press.session_code)
    if session.status is SessionStatus.CANCELLED:
        raise SessionCancelled(session.code)
    await _send(context, query.from_user.id, session)


async def _send(context: Context, telegram_id: int, session: Session) -> None:
    await context.bot.send_document(
        telegram_id,
        InputFile(session_calendar(session), filename=f"{session.code}.ics"),
        caption=texts.calendar_caption(session.course.title),
    )
