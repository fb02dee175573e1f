"""/kampanye: HR's desk in chat. Every answer leaves something to press; what was asked for survives a restart."""

from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta

from telegram import CallbackQuery, Update

from bot import moments
from bot.attachments import AttachmentGone
from bot.callback_data import VerbPress
from bot.campaign_presses import CampaignPress, CampaignVerb
from bot.context import Context
from bot.handlers import (
    campaign_anchor_desk,
    campaign_asking,
    campaign_extras,
    campaign_options,
    campaign_preview,
    campaign_pulse_desk,
    campaign_quiz_desk,
    campaign_series_desk,
)
from bot.handlers.campaign_cards import buttons_of, say_card, show_card
from bot.handlers.reports import say_report
from bot.replies import say, show, typed
from bot.texts import audience_desk
from bot.texts import campaign_cards as texts
from bot.texts import campaign_extras as extras
from bot.texts.refusals import refusal_text
from core.domain.calendar import at_jakarta, jakarta
from core.domain.errors import CampaignRefused, NotHR, OwnCampaign, RoleMissing
from core.domain.people import ABOUT_A_SESSION, ABOUT_A_TICKET, ABOUT_AN_ENROLLMENT, Awaiting, Caller
from core.domain.working_days import next_office_time
from core.services.campaign_changes import Changes

_AUDIENCES = {1: "semua", 3: "status=PNS", 4: "status=PPPK", 5: "jp<20"}
_OWN_UNIT, _OTHER_AUDIENCE = 2, 6
_NEXT_MORNING, _OTHER_TIME = 1, 2
_MORNING = time(8, 0)
LONGEST_NUMBER = 18
"""Digits; what is longer is no campaign's number."""


async def start(update: Update, context: Context) -> None:
    """/kampanye, or /kampanye NUMBER."""
    if update.effective_user is not None:
        caller, words = await context.tools.caller(update.effective_user.id), "".join(context.args or ())
        if words.isdecimal() and len(words) < LONGEST_NUMBER:
            await say_card(context, caller, update.effective_user.id, int(words))
            return
        text, presses = texts.listed(await context.tools.services.campaign_desk.recent(caller, 7))
        await say(context.bot, update.effective_user.id, text, buttons_of(presses))


async def list_all(update: Update, context: Context, _: VerbPress) -> None:
    if update.callback_query is not None:
        caller = await context.tools.caller(update.callback_query.from_user.id)
        text, presses = texts.listed(await context.tools.services.campaign_desk.recent(caller, 7))
        await show(update.callback_query, text, buttons_of(presses))


async def new(update: Update, context: Context, _: VerbPress) -> None:
    query = update.callback_query
    if query is not None:
        caller = await context.tools.caller(query.from_user.id)
        await context.tools.services.campaign_desk.recent(caller)  # whoever is no officer is told so first
        await context.tools.services.awaited_words.expect(query.from_user.id, Awaiting.NEW_TEXT)
        await say(context.bot, query.from_user.id, texts.ASK_TEXT, is_marked_up=False)


async def other_business(update: Update, context: Context) -> None:
    """A command: what was asked for before is not expected any more."""
    if update.effective_user is not None:
        await context.tools.services.awaited_words.forget(update.effective_user.id)


_TAKES: dict[Awaiting, Callable[[Context, Caller, int, int, str], Awaitable[None]]] = {
    Awaiting.QUIZ: campaign_quiz_desk.took_question,
    Awaiting.PULSE: campaign_pulse_desk.took_question,
    Awaiting.STEP: campaign_series_desk.took_step,
    Awaiting.MOMENT: campaign_anchor_desk.took_words,
}


async def took_words(update: Update, context: Context) -> bool:
    """True if the words were asked for at the desk, which then has them. Words that do not do are asked for again."""
    message, person = update.effective_message, update.effective_user
    if message is None or person is None:
        return False
    awaited = await context.tools.services.awaited_words.expected(person.id)
    if awaited is None or awaited.what in ABOUT_A_SESSION | ABOUT_A_TICKET | ABOUT_AN_ENROLLMENT | {
        Awaiting.SESSION_DRAFT,
        Awaiting.CAMPAIGN_QUESTION,
    }:
        return False
    desk, caller, words = (
        context.tools.services.campaign_desk,
        await context.tools.caller(person.id),
        typed(message),
    )
    number, note = awaited.campaign_id or 0, ""
    try:
        if awaited.what in campaign_options.TAKES:
            taken = await campaign_options.take(context, caller, person.id, awaited, words)
            if taken is None:
                return True
            note = taken
        elif awaited.what is Awaiting.NEW_TEXT:
            number = (await desk.draft(caller, Changes(text=words))).campaign_id
        elif awaited.what is Awaiting.TEXT:
            await desk.edit(caller, number, Changes(text=words))
        elif awaited.what is Awaiting.AUDIENCE:
            await desk.edit(caller, number, Changes(audience=words))
        elif (take := _TAKES.get(awaited.what)) is not None:
            await take(context, caller, person.id, number, words)
            return True
        elif awaited.what is Awaiting.FILE:
            await say(context.bot, person.id, extras.NOT_A_FILE)
            return True
        else:
            moment = moments.read(words)
            if moment is None:
                await say(context.bot, person.id, texts.TIME_NOT_READ)
                return True
            await desk.schedule(caller, number, moment)
    except CampaignRefused as error:
        presses = texts.back_to(number) if number else []
        await say(context.bot, person.id, refusal_text(error), buttons_of(presses), is_marked_up=False)
        return True
    await context.tools.services.awaited_words.forget(person.id)
    await say_card(context, caller, person.id, number, note)
    return True


async def act(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> None:
    """One press on a card. A refusal is said above the card as it stands now, so that the way on stays open."""
    try:
        note = await _ACTS[press.verb](query, context, caller, press)
    except (CampaignRefused, OwnCampaign, RoleMissing) as error:
        if not isinstance(error, CampaignRefused):
            await context.tools.services.identity.keep_refused_press(caller, str(query.data))
        note = refusal_text(error)
    if note is not None:
        await show_card(query, context, caller, press.campaign_id, note)


async def _open(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    await context.tools.services.awaited_words.forget(query.from_user.id)
    return ""


async def _preview(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    campaign = await context.tools.services.campaign_desk.preview(caller, press.campaign_id)
    try:
        await campaign_preview.show_whole(context, query.from_user.id, campaign)
    except AttachmentGone:
        return texts.FILE_GONE
    await say_card(context, caller, query.from_user.id, press.campaign_id)
    return None


async def _trial(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    if caller.person is None:
        raise NotHR
    await context.tools.services.campaign_desk.test(caller, press.campaign_id, [caller.person.nip])
    return texts.TRIAL_SENT


async def _write(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    back = texts.back_to(press.campaign_id)
    await campaign_asking.ask_words(query, context, caller, press.campaign_id, Awaiting.TEXT, texts.ASK_TEXT, back)
    return None


async def _audience(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    await context.tools.services.campaign_desk.show(caller, press.campaign_id)
    if caller.person is None:
        raise NotHR
    choices = texts.audience_buttons(press.campaign_id, caller.person.unit.short_name)
    await show(query, texts.ASK_AUDIENCE, buttons_of(choices))
    return None


async def _audience_is(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    services, number = context.tools.services, press.campaign_id
    if press.detail == _OTHER_AUDIENCE:
        await services.campaign_desk.show(caller, number)
        await services.awaited_words.expect(query.from_user.id, Awaiting.AUDIENCE, number)
        await show(query, audience_desk.ASK_LIST, buttons_of(texts.back_to(number)))
        return None
    own = f"unit={caller.person.unit.code}" if caller.person else None
    wanted = own if press.detail == _OWN_UNIT else _AUDIENCES.get(press.detail)
    if wanted is not None:
        await services.campaign_desk.edit(caller, number, Changes(audience=wanted))
    return ""


async def _submit(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    _, judges = await context.tools.services.campaign_desk.submit(caller, press.campaign_id)
    return texts.submitted(judges)


async def _time(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    await context.tools.services.campaign_desk.show(caller, press.campaign_id)
    await show(query, texts.ASK_TIME, buttons_of(texts.time_buttons(press.campaign_id, _next_morning(context))))
    return None


async def _time_is(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    services, number = context.tools.services, press.campaign_id
    if press.detail == _OTHER_TIME:
        await services.campaign_desk.show(caller, number)
        await services.awaited_words.expect(query.from_user.id, Awaiting.TIME, number)
        await show(query, texts.ASK_TIME_WORDS, buttons_of(texts.back_to(number)))
        return None
    moment = _next_morning(context) if press.detail == _NEXT_MORNING else None
    await services.campaign_desk.schedule(caller, number, moment)
    return ""


async def _pause(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    await context.tools.services.campaign_desk.pause(caller, press.campaign_id)
    return ""


async def _resume(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    await context.tools.services.campaign_desk.resume(caller, press.campaign_id)
    return ""


async def _stop(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    is_recall = press.verb is CampaignVerb.RECALL
    desk = context.tools.services.campaign_desk
    if press.detail != 2:
        question = texts.SURE_RECALL if is_recall else texts.SURE_CANCEL
        await show(query, question, buttons_of(texts.sure_buttons(press.verb, press.campaign_id)))
        return None
    await (desk.recall if is_recall else desk.cancel)(caller, press.campaign_id)
    return ""


async def _report(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    await say_report(context, caller, query.from_user.id, press.campaign_id)
    return None


_ACTS: dict[CampaignVerb, Callable[[CallbackQuery, Context, Caller, CampaignPress], Awaitable[str | None]]] = {
    CampaignVerb.OPEN: _open,
    CampaignVerb.PREVIEW: _preview,
    CampaignVerb.TRIAL: _trial,
    CampaignVerb.WRITE: _write,
    CampaignVerb.AUDIENCE: _audience,
    CampaignVerb.AUDIENCE_IS: _audience_is,
    CampaignVerb.SUBMIT: _submit,
    CampaignVerb.TIME: _time,
    CampaignVerb.TIME_IS: _time_is,
    CampaignVerb.PAUSE: _pause,
    CampaignVerb.RESUME: _resume,
    CampaignVerb.CANCEL: _stop,
    CampaignVerb.RECALL: _stop,
    CampaignVerb.REPORT: _report,
    **campaign_extras.ACTS,
    **campaign_quiz_desk.ACTS,
    **campaign_options.ACTS,
    **campaign_pulse_desk.ACTS,
    **campaign_series_desk.ACTS,
    **campaign_anchor_desk.ACTS,
}


def _next_morning(context: Context) -> datetime:
    services = context.tools.services
    tomorrow = jakarta(services.clock.now()).date() + timedelta(days=1)
    return at_jakarta(jakarta(next_office_time(at_jakarta(tomorrow, _MORNING), services.holidays)).date(), _MORNING)
