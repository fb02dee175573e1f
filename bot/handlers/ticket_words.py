"""What is typed about a ticket: an officer's answer, shown back and sent with a yes; more words of who asked.

What is waited for and what was typed are kept in the database, so a restart between the two loses nothing; a yes counts only
under the message that showed the answer.
"""

from telegram import CallbackQuery, Update

from bot.context import Context
from bot.entry_presses import EntryPress, EntryVerb
from bot.render import Button
from bot.replies import conclude, say
from bot.texts import tickets as texts
from bot.texts.refusals import refusal_text
from bot.texts.ticket_entries import MAKE_BUTTON
from bot.ticket_presses import TicketPress, TicketVerb
from core.domain.errors import CampaignRefused, CoreError
from core.domain.people import ABOUT_A_TICKET, Awaited, Awaiting, Caller


async def took_words(update: Update, context: Context) -> bool:
    """True if the words were asked for about a ticket. Words that do not do are asked for again."""
    message, person = update.effective_message, update.effective_user
    awaited = await _awaited(context, person.id) if person is not None else None
    if message is None or person is None or awaited is None or awaited.what not in _TAKE:
        return False
    services, words = context.tools.services, message.text or ""
    if words.strip().strip(".!").lower() in texts.STOP_WORDS:
        await services.awaited_words.forget(person.id)
        is_answer = awaited.what is Awaiting.TICKET_ANSWER
        await say(context.bot, person.id, texts.DROPPED if is_answer else texts.NOT_ADDED)
        return True
    caller = await context.tools.caller(person.id)
    try:
        await _TAKE[awaited.what](context, caller, person.id, awaited.ticket_number or 0, words)
    except CampaignRefused as error:  # too long: shorter words may follow
        await say(context.bot, person.id, refusal_text(error))
    except CoreError:
        await services.awaited_words.forget(person.id)  # no words can help any more
        raise
    return True


async def took_reply(context: Context, telegram_id: int, replied: int, words: str) -> bool:
    """True if the words are an officer's reply to a message about a ticket: its answer, shown back before it counts."""
    caller = await context.tools.caller(telegram_id)
    number = await context.tools.services.ticket_desk.of_message(caller, replied)
    if number is None:
        return False
    await _answer(context, caller, telegram_id, number, words)
    return True


async def send(query: CallbackQuery, context: Context, caller: Caller, press: TicketPress) -> None:
    """The yes to the answer that was shown back."""
    services, telegram_id = context.tools.services, query.from_user.id
    message_id = query.message.message_id if query.message else 0
    is_first_tap = context.tools.memory.settle(telegram_id, message_id)
    awaited = await _awaited(context, telegram_id)
    # an earlier "yes" must not be taken for one to what was written later
    if awaited is None or awaited.words is None or awaited.message_id != message_id:
        await services.ticket_desk.card(caller, press.number)  # whoever is no officer is told so first
        if is_first_tap:
            write = Button(texts.WRITE_BUTTON, TicketPress(TicketVerb.WRITE, press.number))
            await conclude(query, texts.ANSWER_FORGOTTEN, [write])
        return
    ticket = await services.ticket_desk.answer(caller, awaited.ticket_number or 0, awaited.words)
    await services.awaited_words.forget(telegram_id)
    make = Button(MAKE_BUTTON, EntryPress(EntryVerb.BEGIN, ticket.number))
    await conclude(query, texts.answered(ticket), [make])


async def _answer(context: Context, caller: Caller, telegram_id: int, number: int, words: str) -> None:
    services = context.tools.services
    ticket, text = await services.ticket_desk.check_answer(caller, number, words)
    buttons = [Button(title, press) for title, press in texts.confirm_buttons(number)]
    sent = await say(context.bot, telegram_id, texts.confirm_answer(ticket, text), buttons, is_marked_up=False)
    await services.awaited_words.expect_for_ticket(
        telegram_id, Awaiting.TICKET_ANSWER, number, words=text, message_id=sent.message_id
    )


async def _more(context: Context, caller: Caller, telegram_id: int, number: int, words: str) -> None:
    await context.tools.services.tickets.add(caller, number, words)
    await context.tools.services.awaited_words.forget(telegram_id)
    await say(context.bot, telegram_id, texts.added(number))


_TAKE = {Awaiting.TICKET_ANSWER: _answer, Awaiting.TICKET_MORE: _more}


async def _awaited(context: Context, telegram_id: int) -> Awaited | None:
    awaited = await context.tools.services.awaited_words.expected(telegram_id)
    return awaited if awaited is not None and awaited.what in ABOUT_A_TICKET else None
