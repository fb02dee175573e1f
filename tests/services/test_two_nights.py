"""A campaign across two nights in simulated time: it is over when the impact line said it would be."""

from datetime import timedelta

from core.domain.campaigns import CampaignStatus
from core.domain.working_days import is_office_time
from core.services.campaign_desk import CampaignDesk, Changes
from core.services.campaigns import Campaigns
from core.services.delivery import Delivery
from core.services.pacing import Pace
from core.storage.database import Database
from tests.factories import NOW, add_crowd, add_people, caller, telegram_id
from tests.fakes import FakeDatabase, FakeTime, RecordingMessenger
from tests.services.simulated_nights import SimulatedClock, over_two_nights

PEOPLE = 300
RATE = PEOPLE / (30 * 3600)
"""As slow as makes 300 people take 30 hours of office time: as long as 62,000 would at half a message a second."""


async def test_it_ends_when_the_impact_line_said_with_two_nights_between() -> None:
    database, time = FakeDatabase(), FakeTime()
    clock, messenger = SimulatedClock(time, NOW), RecordingMessenger()
    cast = await add_people(database)
    crowd = await add_crowd(database, PEOPLE - 10)
    async with database() as uow:
        for person in crowd:
            await uow.accounts.link(telegram_id(person), person.person_id, NOW)
        await uow.commit()
    desk = CampaignDesk(database, clock, frozenset(), RATE)
    campaign = await desk.draft(caller(cast.dewi), Changes(text="Apel", latest_at=NOW + timedelta(days=9)))
    number = campaign.campaign_id
    await desk.submit(caller(cast.dewi), number)
    await desk.approve(caller(cast.agus), number, campaign.version)
    _, impact = await desk.show(caller(cast.agus), number)
    await desk.send_now(caller(cast.dewi), number)

    pace = Pace(RATE, monotonic=time, sleep=time.sleep)
    delivery = Delivery(database, clock, messenger, worker="test", rate_per_second=RATE, pace=pace)
    campaigns, moments = Campaigns(database, clock), []
    while (await campaigns.progress(number)).waiting:  # type: ignore[union-attr]
        before = len(messenger.sent)
        if not (await delivery.send_due()).any:
            due_at = await delivery.next_due_at()
            assert due_at is not None
            time.seconds = max(time.seconds + 1, (due_at - NOW).total_seconds())
        moments += [clock.now()] * (len(messenger.sent) - before)

    nights = {moment.date() for moment in moments}
    assert len(nights) == 3
    assert all(is_office_time(moment - timedelta(seconds=1 / RATE), ()) for moment in moments)
    assert abs(moments[-1] - impact.ends_at) <= 0.02 * (impact.ends_at - NOW)
    assert impact.reached == len({m.telegram_id for m in messenger.sent if m.campaign_id == number}) == PEOPLE
    found = await campaigns.progress(number)
    assert found is not None
    assert found.campaign.status is CampaignStatus.RUNNING  # open until its latest time, for late joiners


async def test_on_postgresql_at_full_pace_it_ends_two_nights_later_when_the_impact_line_said(
    database: Database, database_url: str
) -> None:
    """`make bench ONLY=nights` does it with 62,000."""
    campaign = await over_two_nights(database, database_url, 2_000, lambda line: None)
    campaign.require(2_000)
