"""What staff answer to a campaign by button. What counts is in the database: a restart or an old button changes nothing."""

from telegram import CallbackQuery, Message, Update

from bot.campaign_presses import CampaignPress, CampaignVerb
from bot.context import Context
from bot.handlers.campaign_cards import buttons_of
from bot.render import Button
from bot.replies import drop_buttons, say, show
from bot.texts import campaign_notices
from bot.texts import campaign_pulse as pulse_texts
from bot.texts import campaign_quiz as quiz_texts
from bot.texts.refusals import refusal_text
from core.domain.errors import CampaignRefused, NothingToAnswer, NotLinked
from core.domain.people import Awaiting, Caller

ANSWERS = frozenset(
    {
        CampaignVerb.START_QUIZ,
        CampaignVerb.NEXT_QUESTION,
        CampaignVerb.ANSWER,
        CampaignVerb.OPEN_PULSE,
        CampaignVerb.GIVE_PULSE,
        CampaignVerb.COMMENT_PULSE,
    }
)


async def answer(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> None:
    """Raises NotLinked, NothingToAnswer."""
    if press.verb is CampaignVerb.ANSWER:
        await _choose(query, context, caller, press)
    elif press.verb in (CampaignVerb.OPEN_PULSE, CampaignVerb.GIVE_PULSE):
        await _pulse(query, context, caller, press)
    elif press.verb is CampaignVerb.COMMENT_PULSE:
        await _ask_comment(query, context, caller, press)
    else:
        await _ask(query, context, caller, press)


async def offers(context: Context, campaign_id: int) -> list[Button]:
    """What can be answered once the campaign is read."""
    facts = await context.tools.services.campaigns.content(campaign_id)
    return buttons_of(list(campaign_notices.offers(facts))) if facts else []


async def _ask(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> None:
    """The first question without an answer, below; the campaign itself stays as it is."""
    state = await context.tools.services.campaign_quizzes.open(caller, press.campaign_id)
    if press.verb is CampaignVerb.NEXT_QUESTION and isinstance(query.message, Message):
        await drop_buttons(query.message)
    if state.next is None:
        await say(context.bot, query.from_user.id, quiz_texts.done_before(state))
        return
    text, presses = quiz_texts.question(state, state.next)
    await say(context.bot, query.from_user.id, text, buttons_of(presses))


async def _choose(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> None:
    number, choice = divmod(press.detail, 10)
    done = await context.tools.services.campaign_quizzes.answer(caller, press.campaign_id, number, choice - 1)
    text, presses = quiz_texts.answered(done.state, done.number, done.choice)
    await show(query, text, buttons_of(presses))


async def _pulse(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> None:
    """The question, or the answer that stands."""
    number, pulses = press.campaign_id, context.tools.services.campaign_pulses
    asked, answer = await pulses.open(caller, number)
    if press.verb is CampaignVerb.GIVE_PULSE:
        answer = await pulses.answer(caller, number, press.detail)
        text, presses = pulse_texts.answered(number, asked, answer)
        await show(query, text, buttons_of(presses))
        return
    text, presses = pulse_texts.answered(number, asked, answer) if answer else pulse_texts.question(number, asked)
    await say(context.bot, query.from_user.id, text, buttons_of(presses))


async def _ask_comment(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> None:
    _, answer = await context.tools.services.campaign_pulses.open(caller, press.campaign_id)
    if answer is None or answer.comment is not None:
        await say(context.bot, query.from_user.id, pulse_texts.COMMENTED_BEFORE)
        return
    await context.tools.services.awaited_words.expect(query.from_user.id, Awaiting.PULSE_COMMENT, press.campaign_id)
    await say(context.bot, query.from_user.id, pulse_texts.WRITE_COMMENT, is_marked_up=False)


async def took_comment(update: Update, context: Context) -> bool:
    """True if the text was the comment this person was asked for."""
    message, person = update.effective_message, update.effective_user
    if message is None or person is None:
        return False
    awaited = await context.tools.services.awaited_words.expected(person.id)
    if awaited is None or awaited.what is not Awaiting.PULSE_COMMENT:
        return False
    caller = await context.tools.caller(person.id)
    try:
        is_new = await context.tools.services.campaign_pulses.comment(
            caller, awaited.campaign_id or 0, message.text or ""
        )
    except CampaignRefused as error:  # too long: asked for again
        await say(context.bot, person.id, refusal_text(error), is_marked_up=False)
        return True
    except (NothingToAnswer, NotLinked) as error:
        await context.tools.services.awaited_words.forget(person.id)
        await say(context.bot, person.id, refusal_text(error))
        return True
    await context.tools.services.awaited_words.forget(person.id)
    await say(context.bot, person.id, pulse_texts.COMMENTED if is_new else pulse_texts.COMMENTED_BEFORE)
    return True
