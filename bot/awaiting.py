"""Words somebody was asked to type, and the buttons that end the wait for them."""

from bot.callback_data import DialoguePress, Press, Verb, VerbPress
from bot.context import Context
from core.domain.people import ABOUT_A_SESSION, ABOUT_AN_ENROLLMENT, Awaiting

_YES = {Awaiting.DECLINE_REASON: Verb.DECLINE_AS_WRITTEN} | dict.fromkeys(ABOUT_A_SESSION, Verb.DO_AS_WRITTEN)


async def other_press(context: Context, telegram_id: int, press: Press | None) -> None:
    """Any button but the yes to them ends the wait: what is typed after it means something else."""
    words = context.tools.services.awaited_words
    awaited = await words.expected(telegram_id)
    if awaited is not None and awaited.what is Awaiting.SESSION_DRAFT and isinstance(press, DialoguePress):
        await words.forget(telegram_id)  # its own buttons and other business of an officer go on beside it
        return
    if awaited is None or awaited.what not in ABOUT_A_SESSION | ABOUT_AN_ENROLLMENT:
        return
    if not (isinstance(press, VerbPress) and press.verb is _YES.get(awaited.what)):
        await words.forget(telegram_id)
