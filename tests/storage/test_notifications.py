"""The sender is woken at commit, and one scheduler leads."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import timedelta
from pathlib import Path

import psycopg

from core.domain.campaigns import Campaign, CampaignStatus
from core.domain.messages import Kind, NewMessage
from core.ports import UnitOfWorkFactory
from core.storage import embedded
from core.storage.leadership import Leadership
from core.storage.notifications import OUTBOX, listen
from tests.factories import NOW, add_people, telegram_id

PATIENCE = 0.05


async def hears_something(heard: AsyncIterator[str]) -> bool:
    try:
        async with asyncio.timeout(5):
            await anext(heard)
    except TimeoutError:
        return False
    return True


async def test_the_sender_is_woken_by_each_commit_that_gave_it_work(
    unit_of_work: UnitOfWorkFactory, database_url: str
) -> None:
    cast = await add_people(unit_of_work)
    sari = cast.sari.person_id
    async with aclosing(listen(database_url, OUTBOX)) as heard:
        assert await anext(heard) == ""
        async with unit_of_work() as uow:
            await uow.outbox.add([NewMessage("one", Kind.ACCOUNT_REPLACED, {}, NOW, person_id=sari)])
            await uow.commit()
        assert await hears_something(heard)
        async with unit_of_work() as uow:
            campaign = await uow.campaigns.create(Campaign(0, "Halo", "all", CampaignStatus.RUNNING, NOW))
            await uow.campaigns.open_deliveries(campaign, NOW, NOW + timedelta(days=1))
            await uow.commit()
        assert await hears_something(heard)
        async with unit_of_work() as uow:
            await uow.accounts.unlink(telegram_id(cast.sari))
            await uow.outbox.claim(NOW, limit=9, bulk=False, claimed_by="me")
            await uow.outbox.revive(sari, NOW)
            await uow.commit()
        assert await hears_something(heard)


async def test_nobody_is_woken_for_nothing(unit_of_work: UnitOfWorkFactory, database_url: str) -> None:
    """Neither by what was taken back nor by a key known already: the next thing heard is the marker."""
    cast = await add_people(unit_of_work)
    message = NewMessage("one", Kind.ACCOUNT_REPLACED, {}, NOW, person_id=cast.sari.person_id)
    async with unit_of_work() as uow:
        await uow.outbox.add([message])
        await uow.commit()
    async with aclosing(listen(database_url, OUTBOX)) as heard:
        await anext(heard)
        async with unit_of_work() as uow:
            await uow.outbox.add([message])
            await uow.commit()
            await uow.outbox.add([NewMessage("two", Kind.ACCOUNT_REPLACED, {}, NOW, person_id=cast.sari.person_id)])
        with psycopg.connect(database_url) as connection:
            connection.execute("SELECT pg_notify(%s, 'marker')", [OUTBOX])
        assert await anext(heard) == "marker"


async def test_a_listener_comes_back_after_the_server_did(home: Path) -> None:
    server = await asyncio.to_thread(embedded.start, home, durable=False)
    async with aclosing(listen(server.url, OUTBOX, patience=PATIENCE)) as heard:
        assert await anext(heard) == ""
        await asyncio.to_thread(server.stop)
        await asyncio.to_thread(embedded.start, home, durable=False)
        async with asyncio.timeout(10):
            assert await anext(heard) == ""  # told to look for itself: it was deaf for a while
        with psycopg.connect(server.url) as connection:
            connection.execute("SELECT pg_notify(%s, 'again')", [OUTBOX])
        assert await anext(heard) == "again"


async def test_of_two_schedulers_one_leads_and_the_other_takes_over(database_url: str) -> None:
    first, second = Leadership(database_url, "scheduler"), Leadership(database_url, "scheduler")
    assert [await first.hold(), await second.hold()] == [True, False]
    assert [await first.hold(), await second.hold()] == [True, False]
    await first.release()
    assert [await second.hold(), await first.hold()] == [True, False]
    await first.release()
    await second.release()


async def test_two_roles_do_not_get_in_each_others_way(database_url: str) -> None:
    first, second = Leadership(database_url, "scheduler"), Leadership(database_url, "cleaner")
    assert [await first.hold(), await second.hold()] == [True, True]
    await first.release()
    await second.release()


async def test_a_leader_cut_off_by_the_server_notices_at_the_next_round(
    database_url: str, admin: psycopg.Connection
) -> None:
    first, second = Leadership(database_url, "scheduler"), Leadership(database_url, "scheduler")
    assert await first.hold()
    admin.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name LIKE 'rekan s%'")
    assert await second.hold()
    assert not await first.hold()
    assert not await first.hold()
    await second.release()
    assert await first.hold()
    await first.release()


async def test_without_a_database_nobody_leads_until_it_is_back(home: Path) -> None:
    server = await asyncio.to_thread(embedded.start, home, durable=False)
    leader = Leadership(server.url, "scheduler")
    assert await leader.hold()
    await asyncio.to_thread(server.stop)
    assert not await leader.hold()
    assert not await leader.hold()
    await asyncio.to_thread(embedded.start, home, durable=False)
    assert await leader.hold()
    await leader.release()
