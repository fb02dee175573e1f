"""Words somebody was asked to type, and the buttons that end the wait for them."""

from bot.callback_data import DialoguePress, Press, Verb, VerbPress
from bot.campaign_presses import CampaignPress, CampaignVerb
from bot.context import Context
from bot.ticket_presses import TicketPress, TicketVerb
from core.domain.people import ABOUT_A_SESSION, ABOUT_A_TICKET, ABOUT_AN_ENROLLMENT, Awaiting

_YES = {Awaiting.DECLINE_REASON: Verb.DECLINE_AS_WRITTEN} | dict.fromkeys(ABOUT_A_SESSION, Verb.DO_AS_WRITTEN)
_ENDED = ABOUT_A_SESSION | ABOUT_AN_ENROLLMENT | ABOUT_A_TICKET | {Awaiting.CAMPAIGN_QUESTION}


async def other_press(context: Context, telegram_id: int, press: Press | None) -> None:
    """Any button but the yes to them ends the wait: what is typed after it means something else."""
    words = context.tools.services.awaited_words
    awaited = await words.expected(telegram_id)
    if awaited is not None and awaited.what is Awaiting.SESSION_DRAFT and isinstance(press, DialoguePress):
        await words.forget(telegram_id)  # its own buttons and other business of an officer go on beside it
        return
    if awaited is None or awaited.what not in _ENDED:
        return
    if isinstance(press, TicketPress):
        is_the_yes = press.verb is TicketVerb.SEND
    elif isinstance(press, CampaignPress):
        is_the_yes = awaited.what is Awaiting.CAMPAIGN_QUESTION and press.verb is CampaignVerb.ASK_HR
    else:
        is_the_yes = isinstance(press, VerbPress) and press.verb is _YES.get(awaited.what)
    if not is_the_yes:
        await words.forget(telegram_id)
