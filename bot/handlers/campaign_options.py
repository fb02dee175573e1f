"""HR's menu of how a campaign goes out, and the words that its questions ask for. Every answer leaves something to press."""

from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta

from telegram import CallbackQuery

from bot import moments
from bot.campaign_presses import CampaignPress, CampaignVerb
from bot.context import Context
from bot.handlers import campaign_asking
from bot.handlers.campaign_cards import buttons_of
from bot.replies import say, show
from bot.texts import campaign_cards as cards
from bot.texts import campaign_extras as extras
from bot.texts import campaign_options as texts
from core.domain.calendar import at_jakarta, jakarta
from core.domain.campaign_content import links_of
from core.domain.people import Awaited, Awaiting, Caller
from core.services.campaign_changes import Changes

Act = Callable[[CallbackQuery, Context, Caller, CampaignPress], Awaitable[str | None]]

TAKES = frozenset({Awaiting.LINKS, Awaiting.LATEST, Awaiting.TRIAL_TO, Awaiting.CORRECTION})
_DAYS_AHEAD = (0, 1, 3, 7)
_CLOSING = time(17, 0)


async def take(context: Context, caller: Caller, telegram_id: int, awaited: Awaited, words: str) -> str | None:
    """What was asked for, done: the note above the card. None: it did not do, which has been said. Raises CampaignRefused."""
    services, number = context.tools.services, awaited.campaign_id or 0
    if awaited.what is Awaiting.LINKS:
        await services.campaign_desk.edit(caller, number, Changes(links=links_of(words)))
        return ""
    if awaited.what is Awaiting.LATEST:
        moment = moments.read(words)
        if moment is None:
            await say(context.bot, telegram_id, texts.LATEST_NOT_READ)
            return None
        await services.campaign_desk.edit(caller, number, Changes(latest_at=moment))
        return ""
    if awaited.what is Awaiting.TRIAL_TO:
        found = await services.trial_people.find(caller, words)
        if found.unclear or not found.people:
            await say(context.bot, telegram_id, texts.not_found(found), is_marked_up=False)
            return None
        await services.campaign_desk.test(caller, number, [person.nip for person in found.people])
        return texts.trial_sent(found)
    _, judges = await services.campaign_corrections.propose(caller, number, words)
    return texts.correction_proposed(judges)


async def _menu(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    await context.tools.services.awaited_words.forget(query.from_user.id)
    await _show_menu(query, context, caller, press.campaign_id)
    return None


async def _show_menu(query: CallbackQuery, context: Context, caller: Caller, number: int) -> None:
    campaign, _ = await context.tools.services.campaign_desk.show(caller, number)
    words, presses = texts.menu(campaign)
    await show(query, words, buttons_of(presses))


async def _edit(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    campaign, _ = await context.tools.services.campaign_desk.show(caller, press.campaign_id)
    words, presses = texts.edit_menu(campaign)
    await show(query, words, buttons_of(presses))
    return None


async def _switch(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    desk = context.tools.services.campaign_desk
    campaign, _ = await desk.show(caller, press.campaign_id)
    if campaign.version != press.detail:
        return cards.ALREADY_OTHERWISE
    if press.verb is CampaignVerb.READING:
        changes = Changes(needs_acknowledgement=not campaign.needs_acknowledgement)
    elif press.verb is CampaignVerb.QUESTIONS:
        changes = Changes(takes_questions=not campaign.takes_questions)
    else:
        changes = Changes(is_urgent=not campaign.is_urgent)
    await desk.edit(caller, press.campaign_id, changes)
    await _show_menu(query, context, caller, press.campaign_id)
    return None


async def _latest(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    await context.tools.services.campaign_desk.show(caller, press.campaign_id)
    await show(query, texts.ASK_LATEST, buttons_of(texts.latest_buttons(press.campaign_id, _ends(context))))
    return None


async def _latest_is(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    services, number, ends = context.tools.services, press.campaign_id, _ends(context)
    if press.detail == len(ends) + 1:
        await _ask(query, context, caller, press, Awaiting.LATEST, texts.ASK_LATEST_WORDS)
        return None
    changes = Changes(latest_at=ends[press.detail - 1]) if press.detail <= len(ends) else Changes(remove_latest=True)
    await services.campaign_desk.edit(caller, number, changes)
    await _show_menu(query, context, caller, number)
    return None


async def _chase(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    campaign, _ = await context.tools.services.campaign_desk.show(caller, press.campaign_id)
    await show(query, texts.ASK_CHASE, buttons_of(texts.chase_buttons(campaign)))
    return None


async def _chase_days(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    await context.tools.services.campaign_desk.show(caller, press.campaign_id)
    words, presses = texts.times_buttons(press.campaign_id, press.detail)
    await show(query, words, buttons_of(presses))
    return None


async def _chase_is(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    """Days and times that no button offers are refused by the service."""
    days, times = divmod(press.detail, 10)
    changes = Changes(chase_times=0)
    if press.detail != texts.NO_CHASE:
        changes = Changes(needs_acknowledgement=True, chase_after_days=days, chase_times=times)
    await context.tools.services.campaign_desk.edit(caller, press.campaign_id, changes)
    await _show_menu(query, context, caller, press.campaign_id)
    return None


async def _links(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    await _ask(query, context, caller, press, Awaiting.LINKS, texts.ASK_LINKS)
    return None


async def _remove_links(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    desk = context.tools.services.campaign_desk
    campaign, _ = await desk.show(caller, press.campaign_id)
    if campaign.version != press.detail:
        return cards.ALREADY_OTHERWISE
    changed = await desk.edit(caller, press.campaign_id, Changes(links=()))
    words, presses = extras.menu(changed)
    await show(query, words, buttons_of(presses))
    return None


async def _trial_to(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    await _ask(query, context, caller, press, Awaiting.TRIAL_TO, texts.ASK_TRIAL_TO)
    return None


async def _correct(query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress) -> str | None:
    await _ask(query, context, caller, press, Awaiting.CORRECTION, texts.ASK_CORRECTION)
    return None


async def _ask(
    query: CallbackQuery, context: Context, caller: Caller, press: CampaignPress, what: Awaiting, question: str
) -> None:
    number = press.campaign_id
    await campaign_asking.ask_words(query, context, caller, number, what, question, cards.back_to(number))


def _ends(context: Context) -> list[datetime]:
    """The end of today's office hours, and of some days after it. Always as many: a button names its place among them."""
    today = jakarta(context.tools.services.clock.now()).date()
    return [at_jakarta(today + timedelta(days=days), _CLOSING) for days in _DAYS_AHEAD]


ACTS: dict[CampaignVerb, Act] = {
    CampaignVerb.OPTIONS: _menu,
    CampaignVerb.EDIT: _edit,
    CampaignVerb.READING: _switch,
    CampaignVerb.URGENCY: _switch,
    CampaignVerb.LATEST: _latest,
    CampaignVerb.LATEST_IS: _latest_is,
    CampaignVerb.CHASE: _chase,
    CampaignVerb.CHASE_DAYS: _chase_days,
    CampaignVerb.CHASE_IS: _chase_is,
    CampaignVerb.LINKS: _links,
    CampaignVerb.REMOVE_LINKS: _remove_links,
    CampaignVerb.QUESTIONS: _switch,
    CampaignVerb.TRIAL_TO: _trial_to,
    CampaignVerb.CORRECT: _correct,
}
