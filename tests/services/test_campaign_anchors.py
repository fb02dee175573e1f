"""Campaigns that reach each person at a date of their own: after linking, before and after a training."""

from datetime import timedelta

import pytest

from core.domain.anchors import OPEN_FOR, Anchor, AnchorKind
from core.domain.campaigns import CampaignStatus
from core.domain.courses import SessionStatus
from core.domain.enrollment import Status
from core.domain.errors import AnchorNotReadable, AudienceUnknown
from core.domain.messages import Kind
from core.domain.people import Person
from core.domain.series import Step
from core.services.campaign_changes import Changes
from tests.factories import NOW, add_sessions, session, telegram_id
from tests.services.campaign_office import Office


async def later(office: Office, **duration: float) -> None:
    office.clock.pass_by(**duration)
    await office.run()


async def relink(office: Office, person: Person) -> None:
    async with office.unit_of_work() as uow:
        await uow.accounts.unlink(telegram_id(person))
        await uow.accounts.link(telegram_id(person), person.person_id, office.clock.now())
        await uow.commit()


async def enroll(office: Office, code: str, *people: Person, status: Status = Status.CONFIRMED) -> None:
    async with office.unit_of_work() as uow:
        for person in people:
            await uow.enrollments.start(person.person_id, code, status, office.clock.now())
        await uow.commit()


def got(office: Office) -> set[int | None]:
    return {m.telegram_id for m in office.sender.messenger.sent if m.kind is Kind.CAMPAIGN}


async def test_the_date_is_read_checked_saved_and_taken_away(office: Office) -> None:
    await add_sessions(office.unit_of_work, session())
    campaign = await office.draft(anchor="3 hari sebelum kelas tik-02")
    assert campaign.anchor == Anchor(AnchorKind.BEFORE_SESSION, 3, "TIK-02")
    async with office.unit_of_work() as uow:
        assert await uow.campaigns.get(campaign.campaign_id) == campaign
    with pytest.raises(AudienceUnknown):
        await office.desk.edit(office.author, campaign.campaign_id, Changes(anchor="3 hari sebelum kelas TIK-99"))
    with pytest.raises(AnchorNotReadable):
        await office.desk.edit(office.author, campaign.campaign_id, Changes(anchor="besok"))
    assert (await office.desk.edit(office.author, campaign.campaign_id, Changes(anchor=""))).anchor is None


async def test_whoever_links_gets_it_so_many_days_later_and_whoever_linked_long_ago_does_not(office: Office) -> None:
    cast = office.cast
    for person in cast.everybody:
        await relink(office, person)
    office.clock.pass_by(days=30)
    campaign = await office.released("Selamat datang", anchor="7 hari sesudah tertaut")
    assert campaign.latest_at == office.clock.now() + OPEN_FOR
    await relink(office, cast.sari)
    await later(office, days=7, minutes=-1)
    assert got(office) == set()
    await later(office, minutes=1)
    assert got(office) == office.accounts(cast.sari)
    await later(office, days=1)
    assert len([m for m in office.sender.messenger.sent if m.kind is Kind.CAMPAIGN]) == 1
    assert (await office.progress(campaign)).campaign.status is CampaignStatus.RUNNING


async def test_those_with_a_seat_get_it_days_before_their_session_and_nobody_else(office: Office) -> None:
    cast = office.cast
    await add_sessions(office.unit_of_work, session(in_days=10), session(letter="B", in_days=17))
    await enroll(office, "TIK-02-A", cast.sari, cast.joko)
    await enroll(office, "TIK-02-B", cast.budi)
    await enroll(office, "TIK-02-A", cast.lina, status=Status.WAITLISTED)
    await office.released("Siapkan laptop", anchor="3 hari sebelum kelas TIK-02")
    await later(office, days=6)
    assert got(office) == set()
    await later(office, days=1)
    assert got(office) == office.accounts(cast.sari, cast.joko)
    await later(office, days=7)
    assert got(office) == office.accounts(cast.sari, cast.joko, cast.budi)


async def test_it_does_not_arrive_after_the_session_began(office: Office) -> None:
    cast = office.cast
    await add_sessions(office.unit_of_work, session(in_days=2))
    await enroll(office, "TIK-02-A", cast.sari)
    campaign = await office.released("Besok kelasnya", anchor="1 hari sebelum kelas TIK-02")
    office.clock.pass_by(days=1)
    await office.rounds.tend()
    office.clock.pass_by(days=1, minutes=1)
    await office.sender.run_dry()
    assert got(office) == set()
    assert (await office.progress(campaign)).expired == 1


async def test_a_called_off_session_has_no_date_and_a_moved_one_another(office: Office) -> None:
    cast = office.cast
    gone = session(in_days=10, status=SessionStatus.CANCELLED)
    await add_sessions(office.unit_of_work, gone, session(letter="B", in_days=10))
    await enroll(office, "TIK-02-A", cast.sari)
    await enroll(office, "TIK-02-B", cast.joko)
    await office.released("Siapkan laptop", anchor="3 hari sebelum kelas TIK-02")
    await add_sessions(office.unit_of_work, session(letter="B", in_days=13))
    await later(office, days=7)
    assert got(office) == set()
    await later(office, days=3)
    assert got(office) == office.accounts(cast.joko)


async def test_those_who_took_part_get_it_after_the_session_ended(office: Office) -> None:
    cast = office.cast
    await add_sessions(office.unit_of_work, session(in_days=2))
    await enroll(office, "TIK-02-A", cast.sari, status=Status.COMPLETED)
    await enroll(office, "TIK-02-A", cast.joko, status=Status.NO_SHOW)
    await office.released("Bagaimana kelasnya?", anchor="1 hari sesudah kelas TIK-02", is_urgent=True)
    await later(office, days=4, hours=7)
    assert got(office) == set()
    await later(office, hours=1)
    assert got(office) == office.accounts(cast.sari)


async def test_the_audience_holds_beside_the_date_and_steps_follow_each_persons_first(office: Office) -> None:
    cast = office.cast
    for person in cast.everybody:
        await relink(office, person)
    office.clock.pass_by(days=7)
    await office.released(
        "Selamat datang", anchor="0 hari sesudah tertaut", audience="unit=DISDIK", steps=(Step("Sudah dicoba?", 2),)
    )
    office.clock.pass_by(days=2)
    for person in (cast.sari, cast.tono):
        await relink(office, person)
    await office.run()
    assert got(office) == office.accounts(cast.sari)
    await later(office, days=4)
    steps = {m.telegram_id for m in office.sender.messenger.sent if m.kind is Kind.CAMPAIGN_STEP}
    assert steps == office.accounts(cast.sari)


async def test_the_impact_tells_until_when_it_waits_for_people(office: Office) -> None:
    campaign = await office.draft(anchor="7 hari sesudah tertaut")
    _, impact = await office.desk.show(office.author, campaign.campaign_id)
    assert impact.ends_at == NOW + OPEN_FOR
    until = NOW + timedelta(days=20)
    await office.desk.edit(office.author, campaign.campaign_id, Changes(latest_at=until))
    _, impact = await office.desk.show(office.author, campaign.campaign_id)
    assert impact.ends_at == until
