"""/belumbaca: a supervisor sees how many of their staff have not answered a campaign, and who."""

from telegram import CallbackQuery, Update

from bot.context import Context
from bot.render import Button
from bot.replies import rewrite, say
from bot.report_presses import ReportPress
from bot.texts import overdue_staff as texts
from core.domain.people import Caller


async def command(update: Update, context: Context) -> None:
    if update.effective_user is None:
        return
    telegram_id = update.effective_user.id
    caller = await context.tools.caller(telegram_id)
    text, presses = texts.listed(await context.tools.services.overdue_staff.overview(caller))
    await say(context.bot, telegram_id, text, _buttons(presses))


async def list_all(query: CallbackQuery, context: Context, caller: Caller, _: ReportPress) -> None:
    text, presses = texts.listed(await context.tools.services.overdue_staff.overview(caller))
    await rewrite(query, text, _buttons(presses))


async def show(query: CallbackQuery, context: Context, caller: Caller, press: ReportPress) -> None:
    """The names as they are now: whoever answered since the word was sent is not among them."""
    reading, silent = await context.tools.services.overdue_staff.silent(caller, press.campaign_id)
    page = min(press.page, texts.pages(reading.silent))
    shown = silent[(page - 1) * texts.SHOWN : page * texts.SHOWN]
    await rewrite(query, texts.names(reading, shown, page), _buttons(texts.names_buttons(reading, page)))


def _buttons(presses: texts.Buttons) -> list[Button]:
    return [Button(title, press) for title, press in presses]
