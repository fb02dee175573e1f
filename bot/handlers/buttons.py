"""Every press of an inline button: told apart, answered at once, and harmless when old, doubled or forged."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from telegram import CallbackQuery, Update
from telegram.error import TelegramError

from bot import awaiting
from bot.audience_presses import AudiencePress
from bot.callback_data import DialoguePress, Verb, VerbPress, decode
from bot.campaign_presses import CampaignPress
from bot.context import Context, conversation_of
from bot.entry_presses import EntryPress
from bot.handlers import (
    approvals,
    attendance,
    attendance_lists,
    audience_desk,
    campaign_desk,
    campaigns,
    certificates,
    declining,
    delegations,
    evaluations,
    linking,
    offers,
    reports,
    session_changes,
    session_drafts,
    sessions,
    ticket_desk,
    ticket_entries,
    tickets,
)
from bot.handlers.conversation import QUESTIONS, converse
from bot.replies import conclude, mark_choice, say
from bot.report_presses import ReportPress
from bot.texts import general
from bot.texts.refusals import refusal_text
from bot.ticket_presses import TicketPress
from core.domain.errors import CoreError, NotHR, NotLinked, OwnCampaign, RoleMissing

log = structlog.get_logger(__name__)

VERBS: dict[Verb, Callable[[Update, Context, VerbPress], Awaitable[None]]] = {
    Verb.NEW_CAMPAIGN: campaign_desk.new,
    Verb.LIST_CAMPAIGNS: campaign_desk.list_all,
    Verb.APPROVE: approvals.approve,
    Verb.DECLINE: declining.ask_reason,
    Verb.DECLINE_BECAUSE: declining.because,
    Verb.WRITE_REASON: declining.write_reason,
    Verb.DECLINE_AS_WRITTEN: declining.as_written,
    Verb.BACK_TO_REQUEST: declining.back,
    Verb.ACCEPT_OFFER: offers.answer,
    Verb.PASS_OFFER: offers.answer,
    Verb.CALENDAR: offers.calendar,
    Verb.SESSION_CALENDAR: offers.session_file,
    Verb.SHOW_CODE: attendance.refresh_code,
    Verb.DELEGATE_TO: delegations.chosen,
    Verb.DELEGATE_UNTIL: delegations.until,
    Verb.END_DELEGATION: delegations.end,
    Verb.RATE: evaluations.rate,
    Verb.COMMENT: evaluations.ask_comment,
    Verb.CERTIFICATE: certificates.send,
    Verb.OPEN_LIST: attendance_lists.open_list,
    Verb.MARK_PRESENT: attendance_lists.mark,
    Verb.MARK_ALL_PRESENT: attendance_lists.mark_all,
    Verb.CONFIRM_LIST: attendance_lists.confirm,
    Verb.LIST_SESSIONS: sessions.page,
    Verb.SHOW_SESSION: sessions.show,
    Verb.LIST_PEOPLE: sessions.people,
    Verb.DOWNLOAD_PEOPLE: sessions.download,
    Verb.CHANGE_TIME: session_changes.ask_line,
    Verb.CHANGE_PLACE: session_changes.ask_line,
    Verb.CHANGE_SEATS: session_changes.ask_line,
    Verb.CHANGE_DEADLINE: session_changes.ask_line,
    Verb.CANCEL_SESSION: session_changes.ask_line,
    Verb.DO_AS_WRITTEN: session_changes.do_as_written,
    Verb.OPEN_SESSION: session_drafts.start,
    Verb.DRAFT_COURSES: session_drafts.turn_page,
    Verb.DRAFT_COURSE: session_drafts.choose_course,
    Verb.DRAFT_VALUE: session_drafts.choose,
    Verb.DRAFT_EDIT: session_drafts.edit,
    Verb.DRAFT_BACK: session_drafts.back,
    Verb.DRAFT_STOP: session_drafts.stop,
    Verb.DRAFT_OPEN: session_drafts.open_now,
    Verb.CLOSE_ENROLLING: session_changes.ask_to_close,
    Verb.CLOSE_ENROLLING_NOW: session_changes.close,
    Verb.LIST_ENTRIES: ticket_entries.list_all,
    Verb.LIST_TICKETS: tickets.list_all,
    Verb.CONFIRM_UNLINK: linking.confirm_unlink,
    Verb.KEEP_LINK: linking.keep_link,
}


async def pressed(update: Update, context: Context) -> None:
    query = update.callback_query
    if query is None:
        return
    # the button stops spinning while the work goes on, and whatever becomes of it
    await asyncio.gather(_acknowledge(query), _work(update, context, query))


async def _work(update: Update, context: Context, query: CallbackQuery) -> None:
    press = decode(query.data)
    await awaiting.other_press(context, query.from_user.id, press)
    if press is None:
        log.info("button not known", telegram_id=query.from_user.id)
        await say(context.bot, query.from_user.id, general.OLD_BUTTON)
    elif isinstance(press, DialoguePress):
        await _dialogue(context, query, press)
    else:
        await _own(update, context, query, press)


async def _dialogue(context: Context, query: CallbackQuery, press: DialoguePress) -> None:
    telegram_id, memory = query.from_user.id, context.tools.memory
    message_id = query.message.message_id if query.message else 0
    is_choice = press.intent in QUESTIONS
    if is_choice and not memory.settle(telegram_id, message_id):
        return
    if is_choice and memory.is_stale(telegram_id, message_id):
        await conclude(query, general.OLD_BUTTON)
        return
    turn = context.tools.rasa.press(conversation_of(telegram_id), press.intent, press.entities)
    got_through = await converse(context, telegram_id, turn, if_refused=general.OLD_BUTTON)
    if not is_choice:
        return
    if got_through:
        await mark_choice(query)
    else:
        memory.reopen(telegram_id, message_id)


async def _own(
    update: Update,
    context: Context,
    query: CallbackQuery,
    press: VerbPress | CampaignPress | AudiencePress | ReportPress | TicketPress | EntryPress,
) -> None:
    try:
        if isinstance(press, CampaignPress):
            await campaigns.pressed(query, context, press)
        elif isinstance(press, EntryPress):
            await ticket_entries.pressed(query, context, press)
        elif isinstance(press, TicketPress):
            await ticket_desk.pressed(query, context, press)
        elif isinstance(press, AudiencePress):
            await audience_desk.pressed(query, context, press)
        elif isinstance(press, ReportPress):
            await reports.pressed(query, context, press)
        else:
            await VERBS[press.verb](update, context, press)
    except NotLinked:
        # the button is good again once the account is linked
        raise
    except CoreError as error:
        log.info("refused", telegram_id=query.from_user.id, refusal=type(error).__name__)
        if isinstance(error, NotHR | RoleMissing | OwnCampaign):
            caller = await context.tools.caller(query.from_user.id)
            await context.tools.services.identity.keep_refused_press(caller, str(query.data))
        await conclude(query, refusal_text(error))


async def _acknowledge(query: CallbackQuery) -> None:
    try:
        await query.answer()
    except TelegramError as error:
        # older than Telegram keeps it: nothing spins any more
        log.info("press not acknowledged", telegram_id=query.from_user.id, error=type(error).__name__)
