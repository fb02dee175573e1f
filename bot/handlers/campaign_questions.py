"""Questions about a campaign: by its button, or by Telegram's reply to its message. First its own words, then the usual search,
then an offer to ask HR. What is waited for and what was asked are kept in the database.
"""

from telegram import CallbackQuery, Message

from bot.campaign_presses import CampaignPress, CampaignVerb
from bot.context import Context
from bot.rasa_client import RasaReply
from bot.render import Button
from bot.replies import conclude, say
from bot.texts import campaign_questions as texts
from core.domain.people import Awaited, Awaiting, Caller
from core.services.campaign_questions import CampaignAnswer
from core.services.tickets import QUESTION_LIMIT

QUESTIONS = frozenset({CampaignVerb.ASK, CampaignVerb.ASK_HR})
_NOT_OURS = "action_out_of_scope"


async def pressed(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> None:
    """Raises NotLinked, NothingToAnswer."""
    if press.verb is CampaignVerb.ASK_HR:
        await _to_hr(query, context, caller, press)
        return
    services = context.tools.services
    about = await services.campaign_questions.open(caller, press.campaign_id)
    await services.awaited_words.expect(query.from_user.id, Awaiting.CAMPAIGN_QUESTION, press.campaign_id)
    await say(context.bot, query.from_user.id, texts.ask(about.title), is_marked_up=False)


async def asked(message: Message, telegram_id: int, context: Context, awaited: Awaited | None) -> CampaignAnswer | None:
    """If the words are about a campaign: what it says itself, which has been told. None: they are about something else.

    They are if they were asked for by the button, or are Telegram's reply to the message of a campaign.
    """
    is_awaited = awaited is not None and awaited.what is Awaiting.CAMPAIGN_QUESTION and awaited.words is None
    replied = replied_to(message, context)
    if not is_awaited and replied is None:
        return None
    services, words = context.tools.services, message.text or ""
    caller = await context.tools.caller(telegram_id)
    number = await services.campaign_questions.of_message(caller, replied) if replied is not None else None
    if number is None and is_awaited and awaited is not None:
        number = awaited.campaign_id
    if number is None or len(words) > QUESTION_LIMIT:
        return None
    await services.awaited_words.forget(telegram_id)
    if words.strip().strip(".!").lower() in texts.STOP_WORDS:
        await say(context.bot, telegram_id, texts.NOT_ASKED)
        return CampaignAnswer(number, "", texts.NOT_ASKED)
    answer = await services.campaign_questions.ask(caller, number, words)
    if answer.excerpt is not None:
        await _say(context, telegram_id, answer, words, texts.from_campaign(answer.title, answer.excerpt))
    return answer


async def offer(
    context: Context, telegram_id: int, answer: CampaignAnswer, words: str, reply: RasaReply | None
) -> None:
    """After the usual search: HR is offered if that found nothing either. `reply` None: it gave none."""
    if reply is None or _is_unanswered(reply):
        await _say(context, telegram_id, answer, words, texts.offer(answer.title))


def replied_to(message: Message, context: Context) -> int | None:
    """The number of the bot's message that is replied to."""
    replied = message.reply_to_message
    is_ours = replied is not None and replied.from_user is not None and replied.from_user.id == context.bot.id
    return replied.message_id if replied is not None and is_ours else None


async def _say(context: Context, telegram_id: int, answer: CampaignAnswer, words: str, text: str) -> None:
    buttons = [Button(title, press) for title, press in texts.buttons(answer.campaign_id)]
    sent = await say(context.bot, telegram_id, text, buttons, is_marked_up=False)
    await context.tools.services.awaited_words.expect(
        telegram_id, Awaiting.CAMPAIGN_QUESTION, answer.campaign_id, words=words, message_id=sent.message_id
    )


async def _to_hr(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> None:
    services, telegram_id = context.tools.services, query.from_user.id
    message_id = query.message.message_id if query.message else 0
    is_first_tap = context.tools.memory.settle(telegram_id, message_id)
    awaited = await _awaited(context, telegram_id)
    # a button under an earlier question must not send a later one
    if awaited is None or awaited.words is None or awaited.message_id != message_id:
        await services.campaign_questions.open(caller, press.campaign_id)  # whoever never got it is told so
        if is_first_tap:
            await conclude(query, texts.FORGOTTEN)
        return
    ticket = await services.campaign_questions.to_ticket(caller, awaited.campaign_id or 0, awaited.words)
    await services.awaited_words.forget(telegram_id)
    await conclude(query, texts.opened(ticket))


def _is_unanswered(reply: RasaReply) -> bool:
    told = [message.custom["answered"] for message in reply.messages if "answered" in message.custom]
    return not any(told) if told else _NOT_OURS in reply.actions


async def _awaited(context: Context, telegram_id: int) -> Awaited | None:
    awaited = await context.tools.services.awaited_words.expected(telegram_id)
    return awaited if awaited is not None and awaited.what is Awaiting.CAMPAIGN_QUESTION else None
