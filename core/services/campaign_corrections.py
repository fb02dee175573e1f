"""Correcting what was sent: proposed by one person, judged by another, then edited in the chats by the sender at its pace."""

from core.domain import campaigns as rules
from core.domain.campaign_content import check_content
from core.domain.campaigns import Campaign
from core.domain.people import Caller, HrRole
from core.ports import Clock, UnitOfWorkFactory
from core.services.campaign_messages import correction_review
from core.services.campaign_steps import audit, locked, officer


class CampaignCorrections:
    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def propose(self, caller: Caller, campaign_id: int, text: str) -> tuple[Campaign, int]:
        """Other words for a released campaign; also how many officers were asked to judge them.

        Raises NotHR, RoleMissing, UnknownCampaign, NotAllowedInState, and what `check_content` raises.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            author = await officer(uow, caller, HrRole.AUTHOR)
            campaign = await locked(uow, campaign_id)
            words = check_content(text, below_file=campaign.attachment is not None)
            campaign = rules.correction_proposed(campaign, author, words)
            judges = [
                person
                for person in await uow.people.hr_officers()
                if person.hr_role is HrRole.APPROVER and person.person_id != author.person_id
            ]
            await uow.campaigns.save(campaign)
            await uow.outbox.add(correction_review(campaign, author, judge, now) for judge in judges)
            await audit(uow, "correction_proposed", now, author, campaign)
            await uow.commit()
        return campaign, len(judges)

    async def judge(self, caller: Caller, campaign_id: int, version: int, *, is_approved: bool) -> Campaign:
        """What still waits goes out in the new words; what went out within 48 hours is edited.

        Raises NotHR, RoleMissing, OwnCampaign, UnknownCampaign, CampaignChanged.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            judge = await officer(uow, caller, HrRole.VIEWER)  # the rule asks for more
            found = await locked(uow, campaign_id)
            campaign = rules.correction_judged(found, judge, version, is_approved=is_approved)
            await uow.campaigns.save(campaign)
            if is_approved:
                await uow.campaigns.open_corrections(campaign_id, version, now)
            await audit(uow, "correction_approved" if is_approved else "correction_declined", now, judge, campaign)
            await uow.commit()
        return campaign
