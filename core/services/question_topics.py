"""Counting what staff ask about, and comparing it before and after a campaign."""

from core.domain import question_topics as topics
from core.domain.errors import NotAllowed, NotAllowedInState, UnknownCampaign
from core.domain.people import Caller, HrRole
from core.domain.question_topics import TopicComparison
from core.ports import Clock, UnitOfWorkFactory
from core.services.campaign_steps import officer
from core.services.rights import actor


class QuestionTopics:
    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def asked(self, intent: str) -> None:
        """Somebody asked for this; nothing for intents that are no topics. Questions about the rules count themselves."""
        if intent not in topics.COUNTED:
            return
        async with self._unit_of_work() as uow:
            await uow.knowledge.count_topic(topics.about_intent(intent), topics.hour_of(self._clock.now()))
            await uow.commit()

    async def around(self, caller: Caller | None, campaign_id: int) -> TopicComparison:
        """As long after its release as there is, at most two weeks, and as long before. `caller` None: the command line.

        Raises NotHR (kept in the trail), UnknownCampaign, NotAllowedInState before the release.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            if caller is not None:
                try:
                    await officer(uow, caller, HrRole.VIEWER)
                except NotAllowed:
                    who = actor(caller.person) if caller.person is not None else f"tg:{caller.telegram_id}"
                    facts = {"campaign_id": campaign_id}
                    await uow.audit.record("campaign_report_refused", now, actor=who, subject=who, facts=facts)
                    await uow.commit()
                    raise
            campaign = await uow.campaigns.get(campaign_id)
            if campaign is None:
                raise UnknownCampaign(campaign_id)
            if campaign.released_at is None:
                raise NotAllowedInState(campaign_id, campaign.status)
            begin, middle, end = topics.windows(campaign.released_at, now)
            before = await uow.knowledge.topics_between(begin, middle)
            after = await uow.knowledge.topics_between(middle, end)
            first = await uow.knowledge.first_topic_hour()
            sections = {section.section_id: section for section in await uow.knowledge.all()}
        is_whole = first is not None and first <= begin
        changes = topics.compare(before, after, sections)
        return TopicComparison(begin, campaign.released_at, min(end, now), changes, is_whole)
