"""Supervisors and the campaigns their own staff have not answered: the list they ask for, and a word when a chase has ended."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from core.domain import campaigns as rules
from core.domain.calendar import at_jakarta, jakarta
from core.domain.campaigns import Campaign, CampaignStatus
from core.domain.errors import NotLinked, UnknownCampaign
from core.domain.markup import plain
from core.domain.messages import Kind, NewMessage
from core.domain.people import Caller
from core.domain.readings import Reading, Recipient, StaffReading
from core.domain.working_days import DAY_ENDS, Holidays, next_office_time
from core.ports import Clock, UnitOfWorkFactory
from core.services.rights import actor

LOOKED_BACK = timedelta(days=90)
LISTED = 7
_FINISHED_LOOKED_AT = 50
_FIRST_WORDS = 60
_TOO_LATE_TODAY = time(18, 0)
"""From then on the word waits for the next morning: it must still be sent on the day it is for."""


@dataclass(frozen=True)
class StaffOverview:
    """`staff`: how many the supervisor has. Without any there is nothing to tell."""

    staff: int
    readings: list[StaffReading]


class OverdueStaff:
    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock, holidays: Holidays = frozenset()) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._holidays = holidays

    async def overview(self, caller: Caller) -> StaffOverview:
        """The campaigns of the last 90 days that asked their own staff for an answer, newest first. Raises NotLinked."""
        if caller.person is None:
            raise NotLinked
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            staff = await uow.people.staff_of(caller.person.person_id)
            found = await uow.campaigns.staff_readings(caller.person.person_id, now - LOOKED_BACK, LISTED)
            readings = []
            for campaign_id, total, silent in found:
                campaign = await uow.campaigns.get(campaign_id)
                if campaign is not None:
                    readings.append(StaffReading(campaign, total, silent))
        return StaffOverview(len(staff), readings)

    async def silent(self, caller: Caller, campaign_id: int) -> tuple[StaffReading, list[Recipient]]:
        """The caller's own staff who have not answered, by name.

        Raises NotLinked, and UnknownCampaign for one that went to none of them; that try is kept in the trail.
        """
        if caller.person is None:
            raise NotLinked
        who, now = actor(caller.person), self._clock.now()
        async with self._unit_of_work() as uow:
            campaign = await uow.campaigns.get(campaign_id)
            staff: list[Recipient] = []
            if (
                campaign is not None
                and campaign.needs_acknowledgement
                and campaign.status is not CampaignStatus.CANCELLED
            ):
                staff = await uow.campaigns.staff_recipients(campaign, caller.person.person_id)
            facts = {"campaign_id": campaign_id}
            if campaign is None or not staff:
                await uow.audit.record("staff_reading_refused", now, actor=who, subject=who, facts=facts)
                await uow.commit()
                raise UnknownCampaign(campaign_id)
            await uow.audit.record("staff_reading_seen", now, actor=who, subject=campaign.subject, facts=facts)
            await uow.commit()
        silent = [one for one in staff if one.reading is not Reading.READ]
        return StaffReading(campaign, len(staff), len(silent)), silent

    async def tell(self) -> int:
        """Each supervisor once for each campaign whose chase has ended, at most once a day, in office hours.

        Any number of times: what was told is not told again. Returns how many rows are new.
        """
        now, new = self._clock.now(), 0
        async with self._unit_of_work() as uow:
            found = await uow.campaigns.in_status([CampaignStatus.RUNNING])
            found += await uow.campaigns.recent(_FINISHED_LOOKED_AT, [CampaignStatus.FINISHED])
        for one in found:
            if one.supervisors_told_at is not None or not rules.may_have_chased_all(one, now):
                continue
            async with self._unit_of_work() as uow:
                campaign = await uow.campaigns.lock(one.campaign_id)
                if campaign is None or campaign.supervisors_told_at is not None:
                    continue
                if not rules.may_have_chased_all(campaign, now) or not await uow.campaigns.has_chased_all(
                    campaign, now
                ):
                    continue
                silent = await uow.campaigns.silent_by_supervisor(campaign.campaign_id)
                last = await uow.outbox.last_due(Kind.STAFF_OVERDUE, [supervisor_id for supervisor_id, _, _ in silent])
                rows = [_row(campaign, row, self._day_for(last.get(row[0]), now)) for row in silent]
                new += await uow.outbox.add(rows)
                await uow.campaigns.save(rules.told(campaign, now))
                facts = {"supervisors": len(rows)}
                await uow.audit.record(
                    "supervisors_told", now, actor="scheduler", subject=campaign.subject, facts=facts
                )
                await uow.commit()
        return new

    def _day_for(self, last: datetime | None, now: datetime) -> datetime:
        """The next moment in office hours, on a later day than the last word to this supervisor."""
        moment = now
        if last is not None and jakarta(last).date() >= jakarta(now).date():
            moment = at_jakarta(jakarta(last).date() + timedelta(days=1), time(0, 0))
        moment = next_office_time(moment, self._holidays)
        if jakarta(moment).time() >= _TOO_LATE_TODAY:
            tomorrow = at_jakarta(jakarta(moment).date() + timedelta(days=1), time(0, 0))
            moment = next_office_time(tomorrow, self._holidays)
        return moment


def _row(campaign: Campaign, counted: tuple[int, int, int], due_at: datetime) -> NewMessage:
    """Counts only: the names are read when the supervisor asks for them, from the registry as it then is."""
    supervisor_id, staff, silent = counted
    words = " ".join(plain(campaign.text).split()).replace("*", "")
    return NewMessage(
        key=f"campaign:{campaign.campaign_id}:overdue:{supervisor_id}",
        kind=Kind.STAFF_OVERDUE,
        facts={
            "campaign_id": campaign.campaign_id,
            "words": words[:_FIRST_WORDS],
            "staff": staff,
            "silent": silent,
        },
        due_at=due_at,
        expires_at=at_jakarta(jakarta(due_at).date(), DAY_ENDS),
        person_id=supervisor_id,
        is_bulk=True,
    )
