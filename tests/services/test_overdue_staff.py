"""Supervisors see whom of their own staff a campaign left silent, and are told once its chase has ended."""

from datetime import timedelta

import pytest

from core.domain.calendar import jakarta
from core.domain.campaigns import Campaign, CampaignStatus
from core.domain.errors import NotLinked, UnknownCampaign
from core.domain.messages import Kind, Message
from core.domain.people import Caller
from core.domain.readings import Reading
from core.services.overdue_staff import OverdueStaff
from tests.factories import NOW, caller, telegram_id
from tests.services.campaign_office import Office


@pytest.fixture
def overdue(office: Office) -> OverdueStaff:
    return OverdueStaff(office.unit_of_work, office.clock)


async def chased(office: Office, **changes: object) -> Campaign:
    """To Disdik, one reminder after a day; of Bambang's staff Sari reads it, Joko and Budi do not."""
    options = {"needs_acknowledgement": True, "chase_after_days": 1, "chase_times": 1, **changes}
    campaign = await office.released("Jam kerja *baru*", audience="unit=DISDIK", **options)
    await office.run()
    if campaign.needs_acknowledgement:
        await office.campaigns.acknowledge(caller(office.cast.sari), campaign.campaign_id)
    return campaign


async def days_go_by(office: Office, overdue: OverdueStaff, days: int) -> None:
    for _ in range(days):
        office.clock.pass_by(days=1)
        await office.run()
        await overdue.tell()
        await office.run()


def told(office: Office) -> list[Message]:
    return [message for message in office.sender.messenger.sent if message.kind is Kind.STAFF_OVERDUE]


async def test_a_supervisor_sees_how_many_and_who(office: Office, overdue: OverdueStaff) -> None:
    campaign = await chased(office)
    found = await overdue.overview(caller(office.cast.bambang))
    assert (found.staff, [(r.campaign.campaign_id, r.silent, r.staff) for r in found.readings]) == (
        3,
        [(campaign.campaign_id, 2, 3)],
    )
    reading, silent = await overdue.silent(caller(office.cast.bambang), campaign.campaign_id)
    assert (reading.silent, reading.staff) == (2, 3)
    assert [one.person.person_id for one in silent] == [office.cast.budi.person_id, office.cast.joko.person_id]
    assert {one.reading for one in silent} == {Reading.SILENT}


async def test_nobody_sees_the_staff_of_others(office: Office, overdue: OverdueStaff) -> None:
    campaign = await chased(office)
    for stranger in (office.cast.lina, office.cast.sari, office.cast.dewi):
        with pytest.raises(UnknownCampaign):
            await overdue.silent(caller(stranger), campaign.campaign_id)
        async with office.unit_of_work() as uow:
            trail = await uow.audit.of_subject(f"person:{stranger.person_id}")
        assert trail[-1] == ("staff_reading_refused", f"person:{stranger.person_id}")
    with pytest.raises(UnknownCampaign):
        await overdue.silent(caller(office.cast.bambang), 4711)
    with pytest.raises(NotLinked):
        await overdue.overview(Caller(5))
    assert (await overdue.overview(caller(office.cast.sari))).readings == []


async def test_campaigns_that_ask_nothing_or_were_cancelled_are_not_listed(
    office: Office, overdue: OverdueStaff
) -> None:
    await chased(office, needs_acknowledgement=False)
    cancelled = await chased(office)
    await office.desk.cancel(office.author, cancelled.campaign_id)
    assert (await overdue.overview(caller(office.cast.bambang))).readings == []
    with pytest.raises(UnknownCampaign):
        await overdue.silent(caller(office.cast.bambang), cancelled.campaign_id)


async def test_the_word_comes_once_and_only_when_the_last_reminder_had_its_days(
    office: Office, overdue: OverdueStaff
) -> None:
    """Released on Tuesday, reminded on Wednesday; on Thursday Bambang (two of three) and Ratna (one of one) hear of it."""
    campaign = await chased(office)
    await overdue.tell()
    await days_go_by(office, overdue, 1)
    assert told(office) == []
    await days_go_by(office, overdue, 1)
    found = {m.telegram_id: (m.facts["silent"], m.facts["staff"], m.facts["words"]) for m in told(office)}
    assert found[telegram_id(office.cast.bambang)] == (2, 3, "Jam kerja baru")
    assert telegram_id(office.cast.dewi) not in found
    await days_go_by(office, overdue, 5)
    assert len(told(office)) == len(found)
    assert (await office.progress(campaign)).campaign.supervisors_told_at is not None


async def test_a_campaign_still_open_for_newcomers_tells_when_nobody_is_left_to_remind(
    office: Office, overdue: OverdueStaff
) -> None:
    campaign = await chased(office, latest_at=NOW + timedelta(days=30))
    await days_go_by(office, overdue, 2)
    assert telegram_id(office.cast.bambang) in {m.telegram_id for m in told(office)}
    assert (await office.progress(campaign)).campaign.status is CampaignStatus.RUNNING


async def test_nobody_hears_of_staff_who_all_answered(office: Office, overdue: OverdueStaff) -> None:
    campaign = await chased(office)
    for person in (office.cast.joko, office.cast.budi):
        await office.campaigns.acknowledge(caller(person), campaign.campaign_id)
    await days_go_by(office, overdue, 3)
    assert telegram_id(office.cast.bambang) not in {m.telegram_id for m in told(office)}


async def test_two_campaigns_of_one_day_are_told_on_two(office: Office, overdue: OverdueStaff) -> None:
    await chased(office)
    await chased(office)
    await days_go_by(office, overdue, 6)
    days = [jakarta(m.due_at).date() for m in told(office) if m.telegram_id == telegram_id(office.cast.bambang)]
    assert len(days) == len(set(days)) == 2


async def test_the_word_waits_for_office_hours(office: Office, overdue: OverdueStaff) -> None:
    """Released on Thursday, chased on Friday: Saturday is nobody's working day."""
    office.clock.pass_by(days=2)
    await chased(office)
    office.clock.pass_by(days=1)
    await office.run()
    office.clock.pass_by(days=1)
    await overdue.tell()
    async with office.unit_of_work() as uow:
        due = await uow.outbox.last_due(Kind.STAFF_OVERDUE, [office.cast.bambang.person_id])
    local = jakarta(due[office.cast.bambang.person_id])
    assert (local.weekday(), local.hour) == (0, 7)


async def test_who_wants_no_news_is_spared_and_may_still_ask(office: Office, overdue: OverdueStaff) -> None:
    async with office.unit_of_work() as uow:
        await uow.accounts.set_opted_out(telegram_id(office.cast.bambang), NOW)
        await uow.commit()
    await chased(office)
    await days_go_by(office, overdue, 3)
    assert telegram_id(office.cast.bambang) not in {m.telegram_id for m in told(office)}
    assert (await overdue.overview(caller(office.cast.bambang))).readings[0].silent == 2


async def test_a_word_that_could_not_be_sent_on_its_day_is_not_sent_later(
    office: Office, overdue: OverdueStaff
) -> None:
    await chased(office)
    await days_go_by(office, overdue, 1)
    office.clock.pass_by(days=1)
    await office.rounds.tend()
    await overdue.tell()
    office.clock.pass_by(days=1)
    await office.run()
    assert told(office) == []
    async with office.unit_of_work() as uow:
        found = await uow.outbox.last_due(Kind.STAFF_OVERDUE, [office.cast.bambang.person_id])
    assert found
