"""/kampanye's audience by buttons: one condition at a time, with the live count after each, and a list of NIPs as a file."""

from collections.abc import Awaitable, Callable

from telegram import CallbackQuery, Update

from bot.audience_presses import EXCLUDED, AudiencePress, AudienceVerb
from bot.context import Context
from bot.handlers.campaign_cards import buttons_of, say_card, show_card
from bot.replies import say, show
from bot.texts import audience_desk as texts
from bot.texts import campaign_cards as cards
from bot.texts.audience_desk import CONDITIONS, Choice
from bot.texts.refusals import refusal_text
from bot.texts.reports import first_words
from core.domain.attachments import FILE_LIMIT
from core.domain.audience import Audience, parse
from core.domain.audience_building import Condition, cleared, holds, toggled
from core.domain.errors import CampaignRefused
from core.domain.people import Awaiting, Caller, Employment, PositionLevel, Unit
from core.services.campaign_changes import Changes
from core.services.nip_lists import nips_of

_HOURS = (5, 10, 15, 20)
_CAMPAIGNS = 20


async def pressed(query: CallbackQuery, context: Context, press: AudiencePress) -> None:
    """A refusal is said above the card as it stands now, so that the way on stays open."""
    caller = await context.tools.caller(query.from_user.id)
    await context.tools.services.awaited_words.forget(query.from_user.id)
    try:
        await _ACTS[press.verb](query, context, caller, press)
    except CampaignRefused as error:
        await show_card(query, context, caller, press.campaign_id, refusal_text(error))


async def took_list(update: Update, context: Context) -> bool:
    """True if the desk waited for an audience and this file is a list of NIPs, or should have been one."""
    message, person = update.effective_message, update.effective_user
    if message is None or person is None or message.document is None:
        return False
    awaited = await context.tools.services.awaited_words.expected(person.id)
    if awaited is None or awaited.what is not Awaiting.AUDIENCE or awaited.campaign_id is None:
        return False
    services, number = context.tools.services, awaited.campaign_id
    caller = await context.tools.caller(person.id)
    await services.campaign_desk.show(caller, number)  # nothing is fetched for whoever is no officer
    try:
        content = b""
        if (message.document.file_size or 0) <= FILE_LIMIT:
            content = bytes(await (await message.document.get_file()).download_as_bytearray())
        wanted = nips_of(message.document.file_name or "", content)
        async with services.unit_of_work() as uow:
            known = await uow.people.known_nips(wanted)
        await services.campaign_desk.edit(
            caller, number, Changes(audience=f"nip={','.join(sorted(known) or wanted[:1])}")
        )
    except CampaignRefused as error:
        await say(context.bot, person.id, refusal_text(error), buttons_of(cards.back_to(number)), is_marked_up=False)
        return True
    await services.awaited_words.forget(person.id)
    await say_card(context, caller, person.id, number, texts.list_taken(len(known), len(wanted) - len(known)))
    return True


async def _menu(query: CallbackQuery, context: Context, caller: Caller, press: AudiencePress) -> None:
    campaign, impact = await context.tools.services.campaign_desk.show(caller, press.campaign_id)
    words, presses = texts.menu(campaign, impact)
    await show(query, words, buttons_of(presses))


async def _kinds(query: CallbackQuery, context: Context, caller: Caller, press: AudiencePress) -> None:
    await context.tools.services.campaign_desk.show(caller, press.campaign_id)
    words, presses = texts.kinds(press.campaign_id, press.side)
    await show(query, words, buttons_of(presses))


async def _choose(query: CallbackQuery, context: Context, caller: Caller, press: AudiencePress) -> None:
    campaign, impact = await context.tools.services.campaign_desk.show(caller, press.campaign_id)
    condition = CONDITIONS[press.kind - 1]
    found = await _choices(context, caller, parse(campaign.audience), condition, press)
    here = press.value if condition is Condition.UNIT else ""
    words, presses = texts.choices(campaign, impact, press.side, condition, found, here, press.page)
    await show(query, words, buttons_of(presses))


async def _set(query: CallbackQuery, context: Context, caller: Caller, press: AudiencePress) -> None:
    desk, condition = context.tools.services.campaign_desk, CONDITIONS[press.kind - 1]
    campaign, _ = await desk.show(caller, press.campaign_id)
    audience = toggled(parse(campaign.audience), condition, press.value, is_excluded=press.side == EXCLUDED)
    await desk.edit(caller, press.campaign_id, Changes(audience=str(audience)))
    above = ""
    if condition is Condition.UNIT:
        units = {unit.code: unit for unit in await _units(context)}
        above = press.value if _has_below(units, press.value) else (units[press.value].parent or "")
    again = AudiencePress(AudienceVerb.CHOOSE, press.campaign_id, press.side, press.kind, above, 1)
    await _choose(query, context, caller, again)


async def _clear(query: CallbackQuery, context: Context, caller: Caller, press: AudiencePress) -> None:
    desk = context.tools.services.campaign_desk
    campaign, _ = await desk.show(caller, press.campaign_id)
    audience = cleared(parse(campaign.audience), is_excluded=press.side == EXCLUDED)
    await desk.edit(caller, press.campaign_id, Changes(audience=str(audience)))
    await _menu(query, context, caller, press)


async def _choices(
    context: Context, caller: Caller, audience: Audience, condition: Condition, press: AudiencePress
) -> list[Choice]:
    match condition:
        case Condition.UNIT:
            return await _unit_choices(context, audience, press)
        case Condition.STATUS:
            pairs = [(employment.value, employment.value) for employment in Employment]
        case Condition.LEVEL:
            pairs = [(level.value, level.value.upper() if len(level) < 4 else level.value) for level in PositionLevel]
        case Condition.HOURS:
            pairs = [(str(hours), f"Kurang dari {hours} JP") for hours in _HOURS]
        case Condition.ENROLLED | Condition.NOT_ENROLLED:
            async with context.tools.services.unit_of_work() as uow:
                courses = await uow.courses.all()
            pairs = [(course.code, f"{course.code} {course.title}") for course in courses]
        case _:
            recent = await context.tools.services.campaign_desk.recent(caller, _CAMPAIGNS)
            asked = [c for c in recent if c.needs_acknowledgement and c.campaign_id != press.campaign_id]
            pairs = [(str(c.campaign_id), f"{c.campaign_id} · {first_words(c)}") for c in asked]
    is_excluded = press.side == EXCLUDED
    return [Choice(value, title, holds(audience, condition, value, is_excluded=is_excluded)) for value, title in pairs]


async def _unit_choices(context: Context, audience: Audience, press: AudiencePress) -> list[Choice]:
    """From the top: a unit with others below it opens; on its own page it stands first, to be chosen with all of them."""
    units = {unit.code: unit for unit in await _units(context)}
    is_excluded = press.side == EXCLUDED

    def choice(unit: Unit, *, opens: bool, title: str = "") -> Choice:
        chosen = holds(audience, Condition.UNIT, unit.code, is_excluded=is_excluded)
        return Choice(unit.code, title or unit.short_name, chosen, opens)

    here = units.get(press.value)
    below = [unit for unit in units.values() if unit.parent == (here.code if here else None)]
    if here is None:
        below = [unit for unit in units.values() if unit.parent not in units]
    rows = [choice(unit, opens=_has_below(units, unit.code)) for unit in below]
    return [choice(here, opens=False, title=f"{here.short_name} dan semua di bawahnya"), *rows] if here else rows


async def _units(context: Context) -> list[Unit]:
    async with context.tools.services.unit_of_work() as uow:
        return await uow.people.units()


def _has_below(units: dict[str, Unit], code: str) -> bool:
    return any(unit.parent == code for unit in units.values())


_ACTS: dict[AudienceVerb, Callable[[CallbackQuery, Context, Caller, AudiencePress], Awaitable[None]]] = {
    AudienceVerb.MENU: _menu,
    AudienceVerb.KINDS: _kinds,
    AudienceVerb.CHOOSE: _choose,
    AudienceVerb.SET: _set,
    AudienceVerb.CLEAR: _clear,
}
