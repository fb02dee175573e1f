"""How far a campaign was read: counted by unit, named person by person, and why it did not reach some."""

import pytest

from core.domain.campaigns import Unreached
from core.domain.errors import NotHR, RoleMissing, UnknownCampaign
from core.domain.messages import Message
from core.domain.people import HrRole
from core.domain.readings import Reading, children_of
from core.ports import SendFailed
from core.services.campaign_reports import CampaignReport, CampaignReports
from tests.factories import add_crowd, caller, telegram_id
from tests.services.campaign_office import Office


@pytest.fixture
def reports(office: Office) -> CampaignReports:
    return CampaignReports(office.unit_of_work, office.clock)


async def read_by_two(office: Office) -> int:
    """Sari and Dewi read it, Tono has blocked the bot, one newcomer has no account, Joko wants no news."""
    cast = office.cast
    await add_crowd(office.unit_of_work, 1)
    async with office.unit_of_work() as uow:
        await uow.accounts.set_opted_out(telegram_id(cast.joko), office.clock.now())
        await uow.commit()

    def answer(message: Message) -> None:
        if message.telegram_id == telegram_id(cast.tono):
            raise SendFailed("blocked", permanent=True)

    office.sender.messenger.answer = answer
    campaign = await office.released(needs_acknowledgement=True)
    await office.run()
    for person in (cast.sari, cast.dewi):
        await office.campaigns.acknowledge(caller(person), campaign.campaign_id)
    return campaign.campaign_id


async def test_units_are_counted_with_all_below_them(office: Office, reports: CampaignReports) -> None:
    number = await read_by_two(office)
    report = await reports.report(office.approver, number)
    assert [(r.unit.code, r.recipients, r.sent, r.acknowledged) for r in report.units] == [
        ("BKD", 3, 3, 1),
        ("DINKES", 2, 1, 0),
        ("DISDIK", 5, 4, 1),
        ("PEMPROV", 10, 8, 2),
    ]
    assert report.silent == 6
    here, below = children_of(report.units)
    assert here is not None
    assert (here.unit.code, [row.unit.code for row in below]) == ("PEMPROV", ["DISDIK", "BKD", "DINKES"])
    assert children_of(report.units, "DINKES")[1] == []
    assert children_of(report.units, "NOWHERE") == (None, [])


async def test_who_did_not_get_it_is_named_with_the_reason(office: Office, reports: CampaignReports) -> None:
    number = await read_by_two(office)
    report = await reports.report(None, number)
    assert report.why == {Unreached.NOT_LINKED: 1, Unreached.BLOCKED: 1, Unreached.OPTED_OUT: 1}
    lost = await reports.people(None, number, Reading.UNREACHED)
    assert [(one.person.unit.code, one.why) for one in lost] == [
        ("DINKES", Unreached.BLOCKED),
        ("DISDIK", Unreached.OPTED_OUT),
        ("DISDIK", Unreached.NOT_LINKED),
    ]
    assert lost[1].person.person_id == office.cast.joko.person_id


async def test_a_unit_is_read_with_all_below_it(office: Office, reports: CampaignReports) -> None:
    number = await read_by_two(office)
    everywhere = await reports.people(None, number, unit="PEMPROV")
    assert everywhere == await reports.people(None, number)
    here = await reports.people(None, number, Reading.SILENT, unit="DISDIK")
    assert {one.person.unit.code for one in here} == {"DISDIK"}
    assert len(here) == (await reports.report(None, number)).silent_in("DISDIK") == 3
    assert await reports.people(None, number, unit="NOWHERE") == []


async def test_every_person_is_listed_once_and_in_pages(office: Office, reports: CampaignReports) -> None:
    number = await read_by_two(office)
    everybody = await reports.people(office.approver, number)
    assert len(everybody) == len({one.person.person_id for one in everybody}) == 11
    by_id = {one.person.person_id: one for one in everybody}
    sari = by_id[office.cast.sari.person_id]
    assert (sari.reading, sari.sent_at, sari.read_at) == (Reading.READ, office.clock.now(), office.clock.now())
    assert by_id[office.cast.budi.person_id].reading is Reading.SILENT
    pages = [await reports.people(office.approver, number, limit=4, offset=start) for start in (0, 4, 8)]
    assert [one for page in pages for one in page] == everybody


async def test_who_asked_about_it_is_counted_and_named(office: Office, reports: CampaignReports) -> None:
    number = await read_by_two(office)
    async with office.unit_of_work() as uow:
        await uow.answers.add_reply(number, office.cast.budi.person_id, office.clock.now())
        await uow.commit()
    report = await reports.report(None, number)
    assert report.progress.replied == 1
    assert {row.unit.code: row.replied for row in report.units} == {"BKD": 0, "DINKES": 0, "DISDIK": 1, "PEMPROV": 1}
    people = await reports.people(None, number)
    assert [one.person.person_id for one in people if one.has_replied] == [office.cast.budi.person_id]


async def test_reminders_are_counted_for_each_person(office: Office, reports: CampaignReports) -> None:
    campaign = await office.released(
        audience="unit=DISDIK", needs_acknowledgement=True, chase_after_days=1, chase_times=1
    )
    await office.run()
    await office.campaigns.acknowledge(caller(office.cast.sari), campaign.campaign_id)
    office.clock.pass_by(days=1)
    await office.run()
    people = await reports.people(None, campaign.campaign_id)
    assert {one.person.person_id: one.reminders for one in people}[office.cast.sari.person_id] == 0
    assert sum(one.reminders for one in people) == 4


async def test_a_draft_has_nothing_to_tell(office: Office, reports: CampaignReports) -> None:
    campaign = await office.draft()
    assert await reports.released(office.author) == []
    report: CampaignReport = await reports.report(office.author, campaign.campaign_id)
    assert (report.units, report.why, report.silent) == ([], {}, 0)
    assert await reports.people(office.author, campaign.campaign_id) == []


async def test_a_viewer_reads_and_the_trail_says_whose_names_were_seen(
    office: Office, reports: CampaignReports
) -> None:
    number = await read_by_two(office)
    async with office.unit_of_work() as uow:
        await uow.people.set_hr_role(office.cast.dewi.person_id, HrRole.VIEWER)
        await uow.commit()
    assert [c.campaign_id for c in await reports.released(office.author)] == [number]
    await reports.people(office.author, number, Reading.SILENT)
    with pytest.raises(RoleMissing):
        await office.draft()
    async with office.unit_of_work() as uow:
        trail = await uow.audit.of_subject(f"campaign:{number}")
    assert trail[-1] == ("campaign_people_seen", f"person:{office.cast.dewi.person_id}")


async def test_others_read_nothing_and_their_try_is_kept(office: Office, reports: CampaignReports) -> None:
    number = await read_by_two(office)
    sari = caller(office.cast.sari)
    for read in (reports.report(sari, number), reports.people(sari, number), reports.released(sari)):
        with pytest.raises(NotHR):
            await read
    async with office.unit_of_work() as uow:
        trail = await uow.audit.of_subject(f"person:{office.cast.sari.person_id}")
    assert trail.count(("campaign_report_refused", f"person:{office.cast.sari.person_id}")) == 3
    with pytest.raises(UnknownCampaign):
        await reports.report(None, 4711)
