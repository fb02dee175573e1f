"""The part of /laporan about whom the bot cannot reach at all, whatever the campaign."""

import asyncio

from telegram import CallbackQuery

from bot.context import Context
from bot.render import Button, render
from bot.replies import rewrite, send_file
from bot.report_presses import ReportPress, ReportVerb
from bot.texts import reach as texts
from core.domain.people import Caller
from core.domain.reach import LASTING
from core.services.spreadsheets import workbook_of


async def show(query: CallbackQuery, context: Context, caller: Caller, _: ReportPress) -> None:
    services = context.tools.services
    text, presses = texts.summary(await services.reach.counts(caller), services.clock.now())
    await rewrite(query, text, _buttons(presses))


async def people(query: CallbackQuery, context: Context, caller: Caller, press: ReportPress) -> None:
    reach = context.tools.services.reach
    why = LASTING[min(press.why, len(LASTING)) - 1]
    total = (await reach.counts(caller)).why.get(why, 0)
    if not total:  # an old button: whoever it was about can be reached again
        await show(query, context, caller, press)
        return
    number = min(press.page, texts.pages(total))
    shown = await reach.people(caller, why, limit=texts.SHOWN, offset=(number - 1) * texts.SHOWN)
    buttons = _buttons(texts.page_buttons(LASTING.index(why) + 1, total, number))
    await rewrite(query, texts.page(why, total, shown, number), buttons)


async def file(query: CallbackQuery, context: Context, caller: Caller, _: ReportPress) -> None:
    services = context.tools.services
    found = await services.reach.people(caller)
    content = await asyncio.to_thread(lambda: workbook_of([texts.sheet(found)]))
    back: texts.Buttons = [(texts.BACK_BUTTON, ReportPress(ReportVerb.REACH))]
    caption = render(texts.file_caption(found, services.clock.now()), _buttons(back))[0]
    await send_file(context.bot, query.from_user.id, texts.FILE_NAME, content, caption)


def _buttons(presses: texts.Buttons) -> list[Button]:
    return [Button(title, press) for title, press in presses]
