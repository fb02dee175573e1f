"""“Jadikan pengetahuan” in chat: question, answer and basis one after the other, then a second officer's check.

What is waited for is kept in the database: a restart loses nothing. Rights and rules are the service's, at every step.
"""

from collections.abc import Awaitable, Callable

from telegram import CallbackQuery, Update

from bot.callback_data import VerbPress
from bot.context import Context
from bot.entry_presses import EntryPress, EntryVerb
from bot.render import Button
from bot.replies import conclude, rewrite, say
from bot.texts import ticket_entries as texts
from bot.texts import tickets as ticket_texts
from bot.texts.refusals import refusal_text
from core.domain.errors import (
    CampaignRefused,
    CoreError,
    EntryChanged,
    EntryIncomplete,
    EntryNotInState,
    EntryRefused,
    OwnEntry,
)
from core.domain.people import Awaiting, Caller
from core.domain.ticket_knowledge import EntryStatus
from core.services.ticket_knowledge import EntryCard

_ASKS = {
    EntryVerb.QUESTIONS: (Awaiting.ENTRY_QUESTION, texts.ASK_QUESTIONS),
    EntryVerb.TEXT: (Awaiting.ENTRY_TEXT, texts.ASK_TEXT),
    EntryVerb.BASIS: (Awaiting.ENTRY_BASIS, texts.ASK_BASIS),
}
_MAY_HELP_TO_RETYPE = (CampaignRefused, EntryRefused)
_HOPELESS = (EntryNotInState, EntryChanged, OwnEntry)


async def list_all(update: Update, context: Context, _: VerbPress) -> None:
    query = update.callback_query
    if query is not None:
        caller = await context.tools.caller(query.from_user.id)
        text, presses = texts.listed(await context.tools.services.ticket_knowledge.recent(caller, 6))
        await rewrite(query, text, _buttons(presses), is_marked_up=False)


async def pressed(query: CallbackQuery, context: Context, press: EntryPress) -> None:
    """A refusal is said above the entry as it stands now, so that the way on stays open."""
    caller = await context.tools.caller(query.from_user.id)
    try:
        await _ACTS[press.verb](query, context, caller, press)
    except (EntryNotInState, EntryChanged, EntryIncomplete, OwnEntry) as error:
        shown = await context.tools.services.ticket_knowledge.show(caller, press.number)
        await _show(query, shown, refusal_text(error).replace("*", ""))


async def took_words(update: Update, context: Context) -> bool:
    """True if the words were asked for about an entry. Words that do not do are asked for again."""
    message, person = update.effective_message, update.effective_user
    if message is None or person is None:
        return False
    services, words = context.tools.services, message.text or ""
    awaited = await services.awaited_words.expected(person.id)
    if awaited is None or awaited.what not in _TAKE:
        return False
    number = awaited.ticket_number or 0
    if words.strip().strip(".!").lower() in ticket_texts.STOP_WORDS:
        await services.awaited_words.forget(person.id)
        await say(context.bot, person.id, texts.NOT_WRITTEN, [_back(number)])
        return True
    caller = await context.tools.caller(person.id)
    try:
        await _TAKE[awaited.what](context, caller, person.id, number, words, awaited.words)
    except CoreError as error:
        if isinstance(error, _HOPELESS) or not isinstance(error, _MAY_HELP_TO_RETYPE):
            await services.awaited_words.forget(person.id)  # no words can help any more
            raise
        await say(context.bot, person.id, refusal_text(error), [_back(number)])
    return True


async def _begin(query: CallbackQuery, context: Context, caller: Caller, press: EntryPress) -> None:
    shown = await context.tools.services.ticket_knowledge.begin(caller, press.number)
    if shown.entry.status is EntryStatus.DRAFT and not shown.entry.questions:
        await _ask_questions(query, context, shown)
    else:
        await _say(context, query.from_user.id, shown)


async def _look(query: CallbackQuery, context: Context, caller: Caller, press: EntryPress) -> None:
    await _show(query, await context.tools.services.ticket_knowledge.show(caller, press.number))


async def _ask(query: CallbackQuery, context: Context, caller: Caller, press: EntryPress) -> None:
    services = context.tools.services
    shown = await services.ticket_knowledge.show(caller, press.number)
    if shown.entry.status is EntryStatus.APPROVED:  # before anything is typed in vain
        raise EntryNotInState(press.number, shown.entry.status)
    what, words = _ASKS[press.verb]
    if what is Awaiting.ENTRY_QUESTION:
        await _ask_questions(query, context, shown)
        return
    await services.awaited_words.expect_for_ticket(query.from_user.id, what, press.number)
    await say(context.bot, query.from_user.id, words, [_back(press.number)])


async def _own_question(query: CallbackQuery, context: Context, caller: Caller, press: EntryPress) -> None:
    services = context.tools.services
    question = (await services.ticket_knowledge.show(caller, press.number)).question
    try:
        shown = await services.ticket_knowledge.change(caller, press.number, questions=" ".join(question.split()))
    except CampaignRefused as error:  # longer than a title may be
        await services.awaited_words.expect_for_ticket(query.from_user.id, Awaiting.ENTRY_QUESTION, press.number)
        await say(context.bot, query.from_user.id, refusal_text(error), [_back(press.number)])
        return
    await _go_on(context, query.from_user.id, shown)


async def _submit(query: CallbackQuery, context: Context, caller: Caller, press: EntryPress) -> None:
    shown, judges = await context.tools.services.ticket_knowledge.submit(caller, press.number)
    await _show(query, shown, texts.submitted(judges))


async def _approve(query: CallbackQuery, context: Context, caller: Caller, press: EntryPress) -> None:
    await context.tools.services.ticket_knowledge.approve(caller, press.number, press.version)
    await conclude(query, texts.APPROVED, [_back(press.number)])


async def _decline(query: CallbackQuery, context: Context, caller: Caller, press: EntryPress) -> None:
    services = context.tools.services
    shown = await services.ticket_knowledge.show(caller, press.number)
    if shown.is_mine:
        raise OwnEntry(press.number)
    if shown.entry.status is not EntryStatus.IN_REVIEW:
        raise EntryNotInState(press.number, shown.entry.status)
    await services.awaited_words.expect_for_ticket(
        query.from_user.id, Awaiting.ENTRY_REASON, press.number, words=str(press.version)
    )
    await say(context.bot, query.from_user.id, texts.ASK_REASON, [_back(press.number)])


async def _withdraw(query: CallbackQuery, context: Context, caller: Caller, press: EntryPress) -> None:
    await context.tools.services.ticket_knowledge.show(caller, press.number)
    await rewrite(query, texts.SURE_WITHDRAW, _buttons(texts.sure_buttons(press.number)))


async def _withdraw_now(query: CallbackQuery, context: Context, caller: Caller, press: EntryPress) -> None:
    await context.tools.services.ticket_knowledge.withdraw(caller, press.number)
    await _show(query, await context.tools.services.ticket_knowledge.show(caller, press.number), texts.WITHDRAWN)


_ACTS: dict[EntryVerb, Callable[[CallbackQuery, Context, Caller, EntryPress], Awaitable[None]]] = {
    EntryVerb.BEGIN: _begin,
    EntryVerb.SHOW: _look,
    EntryVerb.QUESTIONS: _ask,
    EntryVerb.OWN_QUESTION: _own_question,
    EntryVerb.TEXT: _ask,
    EntryVerb.BASIS: _ask,
    EntryVerb.SUBMIT: _submit,
    EntryVerb.APPROVE: _approve,
    EntryVerb.DECLINE: _decline,
    EntryVerb.WITHDRAW: _withdraw,
    EntryVerb.WITHDRAW_NOW: _withdraw_now,
}


async def _took_questions(
    context: Context, caller: Caller, telegram_id: int, number: int, words: str, _: str | None
) -> None:
    await _go_on(
        context, telegram_id, await context.tools.services.ticket_knowledge.change(caller, number, questions=words)
    )


async def _took_text(
    context: Context, caller: Caller, telegram_id: int, number: int, words: str, _: str | None
) -> None:
    await _go_on(context, telegram_id, await context.tools.services.ticket_knowledge.change(caller, number, text=words))


async def _took_basis(
    context: Context, caller: Caller, telegram_id: int, number: int, words: str, _: str | None
) -> None:
    await _go_on(
        context, telegram_id, await context.tools.services.ticket_knowledge.change(caller, number, basis=words)
    )


async def _took_reason(
    context: Context, caller: Caller, telegram_id: int, number: int, words: str, version: str | None
) -> None:
    """`version`: the one that was looked at when the button was pressed."""
    await context.tools.services.ticket_knowledge.decline(caller, number, int(version or 0), words)
    await context.tools.services.awaited_words.forget(telegram_id)
    await say(context.bot, telegram_id, texts.DECLINED, [_back(number)])


_TAKE = {
    Awaiting.ENTRY_QUESTION: _took_questions,
    Awaiting.ENTRY_TEXT: _took_text,
    Awaiting.ENTRY_BASIS: _took_basis,
    Awaiting.ENTRY_REASON: _took_reason,
}


async def _go_on(context: Context, telegram_id: int, shown: EntryCard) -> None:
    """Asks for the basis while there is none; shows the whole once it is complete."""
    services = context.tools.services
    if shown.entry.basis:
        await services.awaited_words.forget(telegram_id)
        await _say(context, telegram_id, shown)
        return
    await services.awaited_words.expect_for_ticket(telegram_id, Awaiting.ENTRY_BASIS, shown.entry.ticket_number)
    await say(context.bot, telegram_id, texts.ASK_BASIS, [_back(shown.entry.ticket_number)])


async def _ask_questions(query: CallbackQuery, context: Context, shown: EntryCard) -> None:
    number = shown.entry.ticket_number
    await context.tools.services.awaited_words.expect_for_ticket(query.from_user.id, Awaiting.ENTRY_QUESTION, number)
    words, buttons = texts.ask_questions(shown.question), _buttons(texts.question_buttons(number))
    await say(context.bot, query.from_user.id, words, buttons, is_marked_up=False)


async def _say(context: Context, telegram_id: int, shown: EntryCard) -> None:
    text, buttons = _card(shown, "")
    await say(context.bot, telegram_id, text, buttons, is_marked_up=False)


async def _show(query: CallbackQuery, shown: EntryCard, note: str = "") -> None:
    text, buttons = _card(shown, note)
    await rewrite(query, text, buttons, is_marked_up=False)


def _card(shown: EntryCard, note: str) -> tuple[str, list[Button]]:
    author = shown.author.name if shown.author is not None else "-"
    return texts.card(shown.entry, author, note), _buttons(texts.buttons(shown.entry, is_mine=shown.is_mine))


def _back(number: int) -> Button:
    return Button(texts.BACK_BUTTON, EntryPress(EntryVerb.SHOW, number))


def _buttons(presses: texts.Buttons) -> list[Button]:
    return [Button(title, press) for title, press in presses]
