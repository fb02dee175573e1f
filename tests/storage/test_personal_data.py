"""Erasing a person leaves the employer's records and nothing that only the assistant knew."""

from dataclasses import replace
from datetime import date

import psycopg
import pytest

from core.domain.campaigns import Campaign, CampaignStatus
from core.domain.enrollment import Status
from core.domain.learning import HoursEntry
from core.domain.messages import DeliveryStatus, Kind, NewMessage
from core.domain.people import Person
from core.domain.ticket_knowledge import EntryStatus, KnowledgeEntry
from core.ports import UnitOfWorkFactory
from tests.factories import NOW, Cast, add_people, add_sessions, session, telegram_id

SECRET = "rahasia pribadi"
TABLES_OF_OURS = (
    "outbox",
    "tickets",
    "knowledge_entries",
    "linking_codes",
    "wrong_code_tries",
    "telegram_accounts",
    "audit",
    "campaigns",
)


@pytest.fixture
async def cast(unit_of_work: UnitOfWorkFactory) -> Cast:
    """Sari and Joko have both used everything; what Sari did is erased."""
    people = await add_people(unit_of_work)
    await add_sessions(unit_of_work, session())
    async with unit_of_work() as uow:
        campaign = await uow.campaigns.create(Campaign(0, "Halo semua", "all", CampaignStatus.RUNNING, NOW))
        await uow.campaigns.open_deliveries(campaign, NOW, NOW.replace(year=2030))
        await uow.commit()
    for someone in (people.sari, people.joko):
        await use_everything(unit_of_work, people, someone)
    async with unit_of_work() as uow:
        for message in await uow.outbox.claim(NOW, limit=100, bulk=False, claimed_by="me"):
            if message.kind is not Kind.TICKET_ANSWERED:
                await uow.outbox.settle(message.message_id, DeliveryStatus.SENT, NOW, telegram_message_id=1)
        await uow.commit()
    return people


async def use_everything(unit_of_work: UnitOfWorkFactory, cast: Cast, someone: Person) -> None:
    me, account = someone.person_id, telegram_id(someone)
    async with unit_of_work() as uow:
        started = await uow.enrollments.start(me, "TIK-02-A", Status.REQUESTED, NOW)
        await uow.hours.add(HoursEntry(me, 8, date(2026, 1, 1), "BerAKHLAK"))
        ticket = await uow.tickets.create(me, SECRET, NOW)
        about = {"ticket_number": ticket.number, "question": SECRET}
        written = KnowledgeEntry(
            ticket.number, cast.dewi.person_id, EntryStatus.IN_REVIEW, NOW, (SECRET,), SECRET, "UU 1"
        )
        await uow.entries.save(written)
        one = started.enrollment_id
        await uow.outbox.add(
            [
                NewMessage(f"ask {me}", Kind.APPROVAL_REQUEST, {"enrollment_id": one, "person": someone.name}, NOW,
                           person_id=cast.bambang.person_id, enrollment_id=one),
                NewMessage(f"ticket {me}", Kind.TICKET_OPENED, about, NOW, person_id=cast.dewi.person_id),
                NewMessage(f"answer {me}", Kind.TICKET_ANSWERED, about | {"answer": SECRET}, NOW, person_id=me),
                NewMessage(f"entry {me}", Kind.ENTRY_REVIEW, about | {"questions": [SECRET], "text": SECRET}, NOW,
                           person_id=cast.agus.person_id),
                NewMessage(f"reminder {me}", Kind.SESSION_REMINDER, {"title": SECRET}, session().starts_at,
                           person_id=me, enrollment_id=one),
                NewMessage(f"replaced {me}", Kind.ACCOUNT_REPLACED, {}, NOW, telegram_id=account),
            ]
        )  # fmt: skip
        await uow.accounts.save_code(me, f"code {me}", NOW)
        await uow.accounts.record_wrong_try(account, NOW)
        await uow.audit.record("linked", NOW, actor=f"tg:{account}", subject=f"tg:{account}")
        await uow.commit()


async def erase(unit_of_work: UnitOfWorkFactory, someone: Person) -> None:
    async with unit_of_work() as uow:
        await uow.personal_data.erase(someone.person_id, telegram_id(someone), NOW)
        await uow.commit()


def everything_of_ours(database_url: str) -> str:
    with psycopg.connect(database_url) as connection:
        return "\n".join(
            str(row) for table in TABLES_OF_OURS for row in connection.execute(f"SELECT * FROM {table}").fetchall()
        )


async def test_nothing_that_only_we_knew_is_left(
    unit_of_work: UnitOfWorkFactory, cast: Cast, database_url: str
) -> None:
    await erase(unit_of_work, cast.sari)
    left = everything_of_ours(database_url)
    for trace in (str(telegram_id(cast.sari)), cast.sari.name, f"code {cast.sari.person_id}'"):
        assert trace not in left
    await erase(unit_of_work, cast.joko)
    assert SECRET not in everything_of_ours(database_url)


async def test_why_somebody_withdrew_goes_and_that_they_did_stays(unit_of_work: UnitOfWorkFactory, cast: Cast) -> None:
    async with unit_of_work() as uow:
        (mine,) = await uow.enrollments.of_person(cast.sari.person_id)
        await uow.enrollments.move(mine.enrollment_id, Status.CANCELLED, NOW, reason=SECRET)
        await uow.commit()
    await erase(unit_of_work, cast.sari)
    async with unit_of_work() as uow:
        (left,) = await uow.enrollments.of_person(cast.sari.person_id)
    assert (left.status, left.reason) == (Status.CANCELLED, None)


async def test_the_employers_records_stay(unit_of_work: UnitOfWorkFactory, cast: Cast) -> None:
    async with unit_of_work() as uow:
        before = await uow.enrollments.of_person(cast.sari.person_id)
    await erase(unit_of_work, cast.sari)
    async with unit_of_work() as uow:
        assert await uow.people.get(cast.sari.person_id) == cast.sari
        assert await uow.enrollments.of_person(cast.sari.person_id) == before
        assert len(await uow.hours.of_person(cast.sari.person_id, 2026)) == 1
        trail = await uow.audit.of_subject(f"person:{cast.sari.person_id}")
    assert trail == [("linked", f"person:{cast.sari.person_id}")]


async def test_what_was_still_to_be_sent_to_the_person_is_not_sent(unit_of_work: UnitOfWorkFactory, cast: Cast) -> None:
    await erase(unit_of_work, cast.sari)
    async with unit_of_work() as uow:
        assert await uow.accounts.get(telegram_id(cast.sari)) is None
        await uow.accounts.link(1, cast.sari.person_id, NOW)
        assert await uow.outbox.revive(cast.sari.person_id, NOW) == 0
        later = NOW.replace(year=2029)
        claimed = await uow.outbox.claim(later, limit=100, bulk=False, claimed_by="me")
        claimed += await uow.outbox.claim(later, limit=100, bulk=True, claimed_by="me")
    assert cast.sari.person_id not in {message.person_id for message in claimed}


async def test_a_campaign_still_counts_the_row_without_its_person(unit_of_work: UnitOfWorkFactory, cast: Cast) -> None:
    await erase(unit_of_work, cast.sari)
    async with unit_of_work() as uow:
        (campaign,) = await uow.campaigns.recent(1)
        progress = await uow.campaigns.progress(campaign.campaign_id)
    assert (progress.recipients, progress.waiting) == (10, 9)


async def test_an_erased_ticket_is_shown_to_nobody(unit_of_work: UnitOfWorkFactory, cast: Cast) -> None:
    async with unit_of_work() as uow:
        (ticket,) = await uow.tickets.of_person(cast.sari.person_id)
    await erase(unit_of_work, cast.sari)
    async with unit_of_work() as uow:
        assert await uow.tickets.of_person(cast.sari.person_id) == []
        assert await uow.tickets.get(ticket.number) is None
        assert [t.person_id for t in await uow.tickets.open()] == [cast.joko.person_id]
        assert await uow.tickets.lock(ticket.number) is None
        await uow.tickets.save(replace(ticket, answer=SECRET))
        await uow.commit()


async def test_other_people_keep_theirs(unit_of_work: UnitOfWorkFactory, cast: Cast) -> None:
    await erase(unit_of_work, cast.sari)
    async with unit_of_work() as uow:
        assert await uow.accounts.get(telegram_id(cast.joko))
        assert [t.question for t in await uow.tickets.of_person(cast.joko.person_id)] == [SECRET]
        assert await uow.accounts.take_code(f"code {cast.joko.person_id}")
        (mine,) = await uow.enrollments.of_person(cast.joko.person_id)
        names = [m.facts.get("person") for m in await uow.outbox.of_enrollment(mine.enrollment_id)]
    assert names == [cast.joko.name, None]
