"""Steps of campaigns inside an open transaction: who may act, the campaign locked, released, filled in, audited."""

from dataclasses import replace
from datetime import datetime
from typing import Never

from core.domain import audience as audiences
from core.domain import campaigns as rules
from core.domain.calendar import year_of
from core.domain.campaign_content import Fields, fill
from core.domain.campaigns import Campaign
from core.domain.errors import NothingToAnswer, NotLinked, UnknownCampaign
from core.domain.learning import YEARLY_MINIMUM
from core.domain.people import Caller, HrRole, Person
from core.ports import UnitOfWork
from core.services import rights


async def release(uow: UnitOfWork, campaign: Campaign, now: datetime, *, actor: str) -> Campaign:
    """The rows of everybody in its audience. The campaign must be locked. Raises NotAllowedInState, TimePassed."""
    campaign = rules.released(campaign, now)
    await uow.campaigns.save(campaign)
    recipients = await uow.campaigns.open_deliveries(campaign, now, rules.expires_at(campaign, now))
    facts = {"audience": audiences.parse(campaign.audience).shown, "recipients": recipients}
    await uow.audit.record("campaign_running", now, actor=actor, subject=campaign.subject, facts=facts)
    return campaign


async def personal(uow: UnitOfWork, campaign: Campaign, person: Person, now: datetime) -> Campaign:
    """The campaign with its fields filled in for this person."""
    hours = sum(entry.hours for entry in await uow.hours.of_person(person.person_id, year_of(now)))
    fields = Fields(person.name, person.unit.name, max(0, YEARLY_MINIMUM - hours))
    steps = tuple(replace(step, text=fill(step.text, fields)) for step in campaign.steps)
    return replace(campaign, text=fill(campaign.text, fields), steps=steps)


async def officer(uow: UnitOfWork, caller: Caller, role: HrRole) -> Person:
    """The caller as the registry knows them now. Raises NotHR, RoleMissing."""
    person = await rights.officer(uow, caller)
    rules.require_role(person, role)
    return person


async def locked(uow: UnitOfWork, campaign_id: int) -> Campaign:
    """The campaign, locked until commit. Raises UnknownCampaign."""
    campaign = await uow.campaigns.lock(campaign_id)
    if campaign is None:
        raise UnknownCampaign(campaign_id)
    return campaign


async def audit(uow: UnitOfWork, action: str, now: datetime, person: Person, campaign: Campaign) -> None:
    """One row of the audit trail, with the version that was acted on."""
    facts = {"version": campaign.version}
    await uow.audit.record(action, now, actor=rights.actor(person), subject=campaign.subject, facts=facts)


async def received(uow: UnitOfWork, caller: Caller, campaign_id: int, now: datetime) -> tuple[Campaign, Person]:
    """The campaign, which went to the caller and was not taken back. Raises NotLinked, and as `refuse_answer`."""
    if caller.person is None:
        raise NotLinked
    campaign = await uow.campaigns.get(campaign_id)
    got_it = campaign is not None and await uow.answers.has_got(campaign_id, caller.person.person_id)
    if campaign is None or not got_it or campaign.recalled_at is not None:
        await refuse_answer(uow, caller.person, campaign_id, now)
    return campaign, caller.person


async def refuse_answer(uow: UnitOfWork, person: Person, campaign_id: int, now: datetime) -> Never:
    """Keeps in the trail, by commit, that this person pressed a button that was not theirs, and raises NothingToAnswer."""
    subject = f"person:{person.person_id}"
    facts = {"campaign_id": campaign_id}
    await uow.audit.record("campaign_answer_refused", now, actor=rights.actor(person), subject=subject, facts=facts)
    await uow.commit()
    raise NothingToAnswer(campaign_id)
