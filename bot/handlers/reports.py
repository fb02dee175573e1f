"""/laporan: HR officers read how far a campaign went, unit by unit and person by person, as a picture and as a workbook."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from telegram import CallbackQuery, Update

from bot import report_chart
from bot.context import Context
from bot.handlers import overdue_staff, reach
from bot.render import Button, render
from bot.replies import rewrite, say, send_file, send_picture, show
from bot.report_presses import ReportPress, ReportVerb
from bot.texts import campaign_results as results
from bot.texts import reports as texts
from bot.texts import topics
from bot.texts.campaign_sheets import file_name, sheets
from core.domain.people import Caller
from core.domain.readings import Reading, children_of
from core.services.spreadsheets import workbook_of

log = structlog.get_logger(__name__)


async def command(update: Update, context: Context) -> None:
    """/laporan, or /laporan NUMBER."""
    if update.effective_user is None:
        return
    telegram_id, words = update.effective_user.id, "".join(context.args or ())
    caller = await context.tools.caller(telegram_id)
    if words.isdecimal() and len(words) < 18:
        await say_report(context, caller, telegram_id, int(words))
        return
    text, presses = texts.listed(await context.tools.services.campaign_reports.released(caller))
    await say(context.bot, telegram_id, text, _buttons(presses))


async def pressed(query: CallbackQuery, context: Context, press: ReportPress) -> None:
    """Rights are the service's to judge; what it refuses is said by whoever calls."""
    await _ACTS[press.verb](query, context, await context.tools.caller(query.from_user.id), press)


async def say_report(context: Context, caller: Caller, chat_id: int, number: int) -> None:
    """The numbers below a picture of them. Without the picture, should it fail: the numbers are what was asked for."""
    found = await context.tools.services.campaign_reports.report(caller, number)
    text = texts.summary(found, context.tools.services.clock.now())
    buttons = _buttons(texts.report_buttons(found))
    try:
        picture = await asyncio.to_thread(report_chart.draw, found)
    except Exception as error:
        log.error("report not drawn", campaign_id=number, exc_info=error)
        await say(context.bot, chat_id, text, buttons)
        return
    await send_picture(context.bot, chat_id, picture, render(text, buttons)[0])


async def _list(query: CallbackQuery, context: Context, caller: Caller, press: ReportPress) -> None:
    text, presses = texts.listed(await context.tools.services.campaign_reports.released(caller))
    await rewrite(query, text, _buttons(presses))


async def _open(query: CallbackQuery, context: Context, caller: Caller, press: ReportPress) -> None:
    await say_report(context, caller, query.from_user.id, press.campaign_id)


async def _units(query: CallbackQuery, context: Context, caller: Caller, press: ReportPress) -> None:
    found = await context.tools.services.campaign_reports.report(caller, press.campaign_id)
    here, below = children_of(found.units, press.unit or None)
    if here is None and not below:
        await rewrite(query, texts.NO_UNITS, _buttons(texts.back(press.campaign_id)))
        return
    buttons = texts.unit_buttons(found, here, below, press.page)
    await rewrite(query, texts.units(found, here, below), _buttons(buttons))


async def _people(query: CallbackQuery, context: Context, caller: Caller, press: ReportPress) -> None:
    """A page of those who have not answered, or of those who could not be reached."""
    reports, is_silent = context.tools.services.campaign_reports, press.verb is ReportVerb.SILENT
    found = await reports.report(caller, press.campaign_id)
    total = found.silent if is_silent else found.unreached
    if press.unit:
        total = found.silent_in(press.unit)
    if is_silent and not found.progress.campaign.needs_acknowledgement:
        await rewrite(query, texts.ASKS_NOTHING, _buttons(texts.back(press.campaign_id)))
        return
    if not total:
        nobody = texts.NOBODY_SILENT if is_silent else texts.NOBODY_LOST
        await rewrite(query, nobody, _buttons(texts.back(press.campaign_id)))
        return
    page = min(press.page, texts.pages(total))  # an old button of a longer list
    reading = Reading.SILENT if is_silent else Reading.UNREACHED
    shown = await reports.people(
        caller,
        press.campaign_id,
        reading,
        unit=press.unit or None,
        limit=texts.PEOPLE_SHOWN,
        offset=(page - 1) * texts.PEOPLE_SHOWN,
    )
    text = texts.silent_page(found, shown, page, press.unit) if is_silent else texts.lost_page(found, shown, page)
    await rewrite(query, text, _buttons(texts.page_buttons(press.verb, press.campaign_id, page, total, press.unit)))


async def _results(query: CallbackQuery, context: Context, caller: Caller, press: ReportPress) -> None:
    found = await context.tools.services.campaign_reports.report(caller, press.campaign_id)
    await show(query, results.page(found), _buttons(texts.back(press.campaign_id)))


async def _topics(query: CallbackQuery, context: Context, caller: Caller, press: ReportPress) -> None:
    found = await context.tools.services.question_topics.around(caller, press.campaign_id)
    await rewrite(query, topics.comparison(press.campaign_id, found), _buttons(texts.back(press.campaign_id)))


async def _file(query: CallbackQuery, context: Context, caller: Caller, press: ReportPress) -> None:
    reports, now = context.tools.services.campaign_reports, context.tools.services.clock.now()
    found = await reports.report(caller, press.campaign_id)
    people = await reports.people(caller, press.campaign_id)
    quiz = await reports.quiz_people(caller, press.campaign_id) if found.quiz is not None else []
    more = results.sheets(found, quiz)
    if found.progress.campaign.released_at is not None:
        more.append(topics.sheet(await context.tools.services.question_topics.around(caller, press.campaign_id)))
    content = await asyncio.to_thread(lambda: workbook_of([*sheets(found, people, now), *more]))
    caption = render(texts.file_caption(found, now), _buttons(texts.back(press.campaign_id)))[0]
    await send_file(context.bot, query.from_user.id, file_name(found), content, caption)


_ACTS: dict[ReportVerb, Callable[[CallbackQuery, Context, Caller, ReportPress], Awaitable[None]]] = {
    ReportVerb.LIST: _list,
    ReportVerb.OPEN: _open,
    ReportVerb.UNITS: _units,
    ReportVerb.SILENT: _people,
    ReportVerb.LOST: _people,
    ReportVerb.FILE: _file,
    ReportVerb.TOPICS: _topics,
    ReportVerb.RESULTS: _results,
    ReportVerb.REACH: reach.show,
    ReportVerb.REACH_PEOPLE: reach.people,
    ReportVerb.REACH_FILE: reach.file,
    ReportVerb.STAFF: overdue_staff.list_all,
    ReportVerb.STAFF_SILENT: overdue_staff.show,
}


def _buttons(presses: texts.Buttons) -> list[Button]:
    return [Button(title, press) for title, press in presses]
