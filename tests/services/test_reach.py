"""Whom the bot cannot reach: everybody under one reason, and only for HR."""

import pytest

from core.domain.campaigns import Unreached
from core.domain.errors import NotHR
from core.domain.messages import Message
from core.domain.readings import Reading
from core.ports import SendFailed
from core.services.campaign_reports import CampaignReports
from core.services.identity import Identity
from core.services.reach import StaffReach
from tests.factories import add_crowd, caller, telegram_id
from tests.services.campaign_office import Office

REFUSALS = {
    "tono": "Forbidden: bot was blocked by the user",
    "lina": "BadRequest: Chat not found",
    "budi": "Forbidden: user is deactivated",
}


@pytest.fixture
def reach(office: Office) -> StaffReach:
    return StaffReach(office.unit_of_work, office.clock)


async def lost(office: Office) -> int:
    """Three are refused by Telegram each in another way, Joko wants no news, two newcomers have no account."""
    await add_crowd(office.unit_of_work, 2)
    reasons = {telegram_id(getattr(office.cast, name)): reason for name, reason in REFUSALS.items()}
    async with office.unit_of_work() as uow:
        await uow.accounts.set_opted_out(telegram_id(office.cast.joko), office.clock.now())
        await uow.commit()

    def answer(message: Message) -> None:
        if message.telegram_id in reasons:
            raise SendFailed(reasons[message.telegram_id], permanent=True)

    office.sender.messenger.answer = answer
    campaign = await office.released()
    await office.run()
    return campaign.campaign_id


async def test_everybody_out_of_reach_is_counted_once_under_the_reason(office: Office, reach: StaffReach) -> None:
    await lost(office)
    found = await reach.counts(office.author)
    assert (found.staff, found.out_of_reach) == (12, 6)
    assert found.why == {
        Unreached.NOT_LINKED: 2,
        Unreached.BLOCKED: 1,
        Unreached.NOT_FOUND: 2,
        Unreached.OPTED_OUT: 1,
    }
    people = await reach.people(office.author)
    assert len({one.person.person_id for one in people}) == 6
    by_id = {one.person.person_id: one for one in people}
    assert by_id[office.cast.lina.person_id].why is Unreached.NOT_FOUND
    assert by_id[office.cast.tono.person_id].why is Unreached.BLOCKED
    assert by_id[office.cast.tono.person_id].since == office.clock.now()
    gone = await reach.people(None, Unreached.NOT_FOUND)
    assert [one.person.person_id for one in gone] == [office.cast.lina.person_id, office.cast.budi.person_id]
    assert [await reach.people(None, limit=1, offset=n) for n in range(6)] == [[one] for one in people]


async def test_a_later_campaign_knows_the_reason_without_trying(office: Office, reach: StaffReach) -> None:
    await lost(office)
    later = await office.released("Yang kedua")
    await office.run()
    people = await CampaignReports(office.unit_of_work, office.clock).people(None, later.campaign_id, Reading.UNREACHED)
    found = {one.person.person_id: one.why for one in people}
    assert found[office.cast.lina.person_id] is Unreached.NOT_FOUND
    assert found[office.cast.tono.person_id] is Unreached.BLOCKED


async def test_who_is_heard_from_again_is_not_listed(office: Office, reach: StaffReach) -> None:
    await lost(office)
    await Identity(office.unit_of_work, office.clock).reachable(telegram_id(office.cast.lina), True)
    assert (await reach.counts(None)).why[Unreached.NOT_FOUND] == 1


async def test_who_blocks_by_hand_is_told_apart_from_who_is_gone(office: Office, reach: StaffReach) -> None:
    await Identity(office.unit_of_work, office.clock).reachable(telegram_id(office.cast.sari), False)
    assert (await reach.counts(None)).why == {Unreached.BLOCKED: 1}


async def test_it_is_for_hr_only_and_looking_is_kept(office: Office, reach: StaffReach) -> None:
    await lost(office)
    await reach.people(office.author)
    for read in (reach.counts(caller(office.cast.sari)), reach.people(caller(office.cast.sari))):
        with pytest.raises(NotHR):
            await read
    async with office.unit_of_work() as uow:
        sari = await uow.audit.of_subject(f"person:{office.cast.sari.person_id}")
        dewi = await uow.audit.of_subject(f"person:{office.cast.dewi.person_id}")
    assert [action for action, _ in sari].count("out_of_reach_refused") == 2
    assert dewi[-1][0] == "out_of_reach_seen"
