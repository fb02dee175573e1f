"""Buttons of one ticket: taken, answered, handed on or let go by HR officers; opened again by who asked.

Rights and state are the service's to judge; what it refuses is said by whoever calls, or above the card as it stands now.
"""

from collections.abc import Awaitable, Callable

from telegram import CallbackQuery

from bot.context import Context
from bot.handlers import ticket_words
from bot.render import Button
from bot.replies import conclude, rewrite, say
from bot.texts import tickets as texts
from bot.texts.refusals import refusal_text
from bot.ticket_presses import TicketPress, TicketVerb
from core.domain.errors import TicketAnswered, TicketNotHeld, TicketTaken
from core.domain.people import Awaiting, Caller
from core.services.ticket_desk import TicketCard


async def pressed(query: CallbackQuery, context: Context, press: TicketPress) -> None:
    caller = await context.tools.caller(query.from_user.id)
    try:
        await _ACTS[press.verb](query, context, caller, press)
    except (TicketTaken, TicketAnswered, TicketNotHeld) as error:
        if caller.person is None or not caller.person.is_hr:
            raise
        shown = await context.tools.services.ticket_desk.card(caller, press.number)
        await _show(query, shown, refusal_text(error))


async def _open(query: CallbackQuery, context: Context, caller: Caller, press: TicketPress) -> None:
    await _show(query, await context.tools.services.ticket_desk.card(caller, press.number))


async def _claim(query: CallbackQuery, context: Context, caller: Caller, press: TicketPress) -> None:
    services = context.tools.services
    shown = await services.ticket_desk.claim(caller, press.number)
    await services.awaited_words.expect_for_ticket(query.from_user.id, Awaiting.TICKET_ANSWER, press.number)
    await _show(query, shown, texts.CLAIMED)


async def _write(query: CallbackQuery, context: Context, caller: Caller, press: TicketPress) -> None:
    services = context.tools.services
    ticket, _ = await services.ticket_desk.check_answer(caller, press.number, "?")  # before anything is typed in vain
    await services.awaited_words.expect_for_ticket(query.from_user.id, Awaiting.TICKET_ANSWER, press.number)
    await say(context.bot, query.from_user.id, texts.write_answer(ticket))


async def _hand(query: CallbackQuery, context: Context, caller: Caller, press: TicketPress) -> None:
    people = await context.tools.services.ticket_desk.colleagues(caller, press.number)
    words = texts.CHOOSE_COLLEAGUE if people else texts.NO_COLLEAGUE
    await rewrite(query, words, _buttons(texts.colleagues(press.number, people, press.detail or 1)))


async def _hand_to(query: CallbackQuery, context: Context, caller: Caller, press: TicketPress) -> None:
    shown, to = await context.tools.services.ticket_desk.hand(caller, press.number, press.detail)
    await _show(query, shown, texts.handed(press.number, to))


async def _release(query: CallbackQuery, context: Context, caller: Caller, press: TicketPress) -> None:
    await _show(query, await context.tools.services.ticket_desk.release(caller, press.number), texts.RELEASED)


async def _reopen(query: CallbackQuery, context: Context, caller: Caller, press: TicketPress) -> None:
    await context.tools.services.tickets.reopen(caller, press.number)
    more = Button(texts.ADD_BUTTON, TicketPress(TicketVerb.ADD, press.number))
    await conclude(query, texts.reopened(press.number), [more])


async def _add(query: CallbackQuery, context: Context, caller: Caller, press: TicketPress) -> None:
    services = context.tools.services
    if not (await services.tickets.own(caller, press.number)).is_open:
        raise TicketAnswered(press.number, "")
    await services.awaited_words.expect_for_ticket(query.from_user.id, Awaiting.TICKET_MORE, press.number)
    await say(context.bot, query.from_user.id, texts.ASK_MORE)


_ACTS: dict[TicketVerb, Callable[[CallbackQuery, Context, Caller, TicketPress], Awaitable[None]]] = {
    TicketVerb.OPEN: _open,
    TicketVerb.CLAIM: _claim,
    TicketVerb.WRITE: _write,
    TicketVerb.SEND: ticket_words.send,
    TicketVerb.HAND: _hand,
    TicketVerb.HAND_PAGE: _hand,
    TicketVerb.HAND_TO: _hand_to,
    TicketVerb.RELEASE: _release,
    TicketVerb.REOPEN: _reopen,
    TicketVerb.ADD: _add,
}


async def _show(query: CallbackQuery, shown: TicketCard, note: str = "") -> None:
    await rewrite(query, texts.card(shown, note), _buttons(texts.buttons(shown)), is_marked_up=False)


def _buttons(presses: texts.Buttons) -> list[Button]:
    return [Button(title, press) for title, press in presses]
