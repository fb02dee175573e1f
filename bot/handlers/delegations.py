"""/delegasi: who decides while the supervisor is away, and until when. Also typed: "delegasi ke Sari sampai Jumat"."""

import re
from datetime import date, timedelta

from telegram import Update

from bot.callback_data import Verb, VerbPress
from bot.context import Context
from bot.render import Button
from bot.replies import conclude, say
from bot.texts import delegations as texts
from core.domain.calendar import jakarta
from core.domain.errors import NoStaff
from core.domain.people import Person
from core.domain.periods import find_period

_TYPED = re.compile(r"delegasi(?:kan)?(?:\b.*\b(?:sampai|hingga|sd|s/d)\b.*)?", re.IGNORECASE | re.DOTALL)
_COMMAND = re.compile(r"\A/?delegasi(?:kan)?(?:@\w+)?\s*", re.IGNORECASE)
_LITTLE_WORDS = re.compile(r"\b(?:sampai|hingga|sd|s/d|tanggal|tgl|kepada|ke|untuk|dengan|hari|akhir)\b", re.IGNORECASE)
_FRIDAY = 4


async def delegate(update: Update, context: Context) -> None:
    """/delegasi: what runs, or whom to choose. /delegasi NAME DAY: at once if both are clear."""
    message, person = update.effective_message, update.effective_user
    if message is None or person is None:
        return
    await _delegate(context, person.id, message.text or "")


async def typed(update: Update, context: Context) -> bool:
    """True if the words ask to delegate, by somebody who can."""
    message, person = update.effective_message, update.effective_user
    words = (message.text or "").strip() if message else ""
    if person is None or not _TYPED.fullmatch(words) or not (await context.tools.caller(person.id)).is_linked:
        return False
    try:
        await _delegate(context, person.id, words)
    except NoStaff:
        return False  # perhaps a question about what delegating is
    return True


async def chosen(update: Update, context: Context, press: VerbPress) -> None:
    """Whom; now until when."""
    query = update.callback_query
    if query is None:
        return
    service = context.tools.services.delegations
    found = [
        p
        for p in await service.candidates(await context.tools.caller(query.from_user.id))
        if p.person_id == press.person_id
    ]
    if not found:
        await conclude(query, texts.NOT_FOUND)
        return
    await conclude(query, texts.until_when(found[0].name), _days(context, found[0]))


async def until(update: Update, context: Context, press: VerbPress) -> None:
    query = update.callback_query
    if query is None or press.day is None:
        return
    caller = await context.tools.caller(query.from_user.id)
    view = await context.tools.services.delegations.delegate(caller, press.person_id, press.day)
    await conclude(query, texts.started(view), [_END])


async def end(update: Update, context: Context, _: VerbPress) -> None:
    query = update.callback_query
    if query is None:
        return
    view = await context.tools.services.delegations.end(await context.tools.caller(query.from_user.id))
    await conclude(query, texts.ended(view) if view is not None else texts.NOTHING_TO_END)


_END = Button(texts.END_BUTTON, VerbPress(Verb.END_DELEGATION))


async def _delegate(context: Context, telegram_id: int, words: str) -> None:
    service, caller = context.tools.services.delegations, await context.tools.caller(telegram_id)
    name, last_day = _read(context, _COMMAND.sub("", words))
    current = await service.current(caller)
    if current is not None and not name and last_day is None:
        await say(context.bot, telegram_id, texts.running(current), [_END])
        return
    found = await service.candidates(caller, name)
    if not found:
        await say(context.bot, telegram_id, texts.NOT_FOUND if name else texts.NOBODY)
    elif len(found) == 1 and name and last_day is not None:
        view = await service.delegate(caller, found[0].person_id, last_day)
        await say(context.bot, telegram_id, texts.started(view), [_END])
    elif len(found) == 1 and name:
        await say(context.bot, telegram_id, texts.until_when(found[0].name), _days(context, found[0]))
    else:
        await say(context.bot, telegram_id, texts.WHO, [_choice(p, last_day) for p in found[: texts.LISTED_AT_ONCE]])


def _read(context: Context, words: str) -> tuple[str, date | None]:
    """The name and the last day in the words; each may be missing."""
    found = find_period(words, _today(context))
    name = found.rest if found is not None else words
    return " ".join(_LITTLE_WORDS.sub(" ", name).split()), found.period.last if found is not None else None


def _choice(person: Person, last_day: date | None) -> Button:
    title = f"{person.name}, {person.position}"
    if last_day is None:
        return Button(title, VerbPress(Verb.DELEGATE_TO, person_id=person.person_id))
    return Button(title, VerbPress(Verb.DELEGATE_UNTIL, person_id=person.person_id, day=last_day))


def _days(context: Context, person: Person) -> list[Button]:
    today = _today(context)
    friday = today + timedelta(days=(_FRIDAY - today.weekday()) % 7)
    week, two_weeks = today + timedelta(days=7), today + timedelta(days=14)
    options = {friday: "Jumat", week: "Seminggu", two_weeks: "Dua minggu"} | {today: "Hari ini"}
    return [
        Button(
            texts.until_button(options[day], day), VerbPress(Verb.DELEGATE_UNTIL, person_id=person.person_id, day=day)
        )
        for day in sorted(options)
    ]


def _today(context: Context) -> date:
    return jakarta(context.tools.services.clock.now()).date()
