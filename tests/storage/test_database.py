"""The pool, the transaction, and what the driver's errors become."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from core import bootstrap
from core.ports import DatabaseBusy, DatabaseOutdated, DatabaseUnreachable, UnitOfWorkFactory
from core.settings import Settings
from core.storage.addresses import libpq, shown
from core.storage.database import Database
from core.storage.migrate import newest
from core.storage.texts import dump_json, storable
from tests.factories import BKD, NOW, PEMPROV, add_people, add_sessions, session


@pytest.fixture
async def impatient(database_url: str) -> AsyncIterator[Database]:
    """Waits a tenth of a second for a lock."""
    opened = Database(database_url, lock_timeout=100)
    yield opened
    await opened.close()


async def test_what_is_not_committed_never_was(unit_of_work: UnitOfWorkFactory) -> None:
    async with unit_of_work() as uow:
        await uow.people.upsert_unit(PEMPROV)
    async with unit_of_work() as uow:
        assert await uow.people.units() == []


async def test_an_error_takes_everything_back(unit_of_work: UnitOfWorkFactory) -> None:
    async def fail() -> None:
        async with unit_of_work() as uow:
            await uow.people.upsert_unit(PEMPROV)
            await uow.commit()
            await uow.people.upsert_unit(BKD)
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    async with unit_of_work() as uow:
        assert await uow.people.units() == [PEMPROV]  # committed before the error


async def test_a_lock_not_granted_in_time_is_said_to_be_so(impatient: Database) -> None:
    await add_sessions(impatient.unit_of_work, session())
    async with impatient.unit_of_work() as first, impatient.unit_of_work() as second:
        await first.courses.lock_session("TIK-02-A")
        with pytest.raises(DatabaseBusy):
            await second.courses.lock_session("TIK-02-A")


async def test_the_lock_of_tries_is_not_waited_for_for_ever_either(impatient: Database) -> None:
    async with impatient.unit_of_work() as first, impatient.unit_of_work() as second:
        await first.accounts.wrong_tries(1, NOW)
        with pytest.raises(DatabaseBusy):
            await second.accounts.wrong_tries(1, NOW)


async def test_two_that_wait_for_each_other_are_told_to_try_again(unit_of_work: UnitOfWorkFactory) -> None:
    await add_sessions(unit_of_work, session(), session(letter="B"))
    met = asyncio.Barrier(2)

    async def lock(first: str, second: str) -> None:
        async with unit_of_work() as uow:
            await uow.courses.lock_session(first)
            await met.wait()
            await uow.courses.lock_session(second)

    outcomes = await asyncio.gather(lock("TIK-02-A", "TIK-02-B"), lock("TIK-02-B", "TIK-02-A"), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["DatabaseBusy", "NoneType"]


async def test_a_cancelled_task_gives_its_connection_and_its_locks_back(database_url: str) -> None:
    database = Database(database_url, pool_size=1)
    await add_sessions(database.unit_of_work, session())
    locked = asyncio.Event()

    async def hold() -> None:
        async with database.unit_of_work() as uow:
            await uow.courses.lock_session("TIK-02-A")
            locked.set()
            await asyncio.Event().wait()

    for _ in range(5):  # more often than the pool has places
        locked.clear()
        task = asyncio.ensure_future(hold())
        await locked.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    async with database.unit_of_work() as uow:
        assert await uow.courses.lock_session("TIK-02-A")
    await database.close()


async def test_a_time_without_a_zone_is_refused(unit_of_work: UnitOfWorkFactory) -> None:
    async with unit_of_work() as uow:
        with pytest.raises(Exception, match="without a time zone"):
            await uow.updates.begin(1, "worker", datetime(2026, 1, 1))  # noqa: DTZ001


async def test_times_come_back_as_the_same_moment_in_utc(unit_of_work: UnitOfWorkFactory) -> None:
    await add_sessions(unit_of_work, session())
    async with unit_of_work() as uow:
        found = await uow.courses.session("TIK-02-A")
    assert found == session()
    assert str(found.starts_at.tzinfo) == "UTC"


async def test_texts_that_postgresql_cannot_hold_go_in_without_what_it_cannot(unit_of_work: UnitOfWorkFactory) -> None:
    cast = await add_people(unit_of_work)
    async with unit_of_work() as uow:
        ticket = await uow.tickets.create(cast.sari.person_id, "cuti\0 \ud83d saya", NOW)
        await uow.audit.record("asked\0", NOW, actor="a", subject="s", facts={"text": ["\0x\\u0000", "\udc00"]})
        await uow.commit()
    assert ticket.question == "cuti ? saya"
    async with unit_of_work() as uow:
        assert await uow.knowledge.get("A01\0") is None
        assert await uow.audit.of_subject("s\0") == [("asked", "a")]


def test_json_keeps_a_backslash_that_only_looks_like_nul() -> None:
    assert dump_json({"a": "\\u0000"}) == '{"a": "\\\\u0000"}'
    assert storable("bisa 👍") == "bisa 👍"


async def test_nobody_at_the_address_is_told_without_the_password() -> None:
    database = Database("postgresql://rekan:rahasia@127.0.0.1:1/rekan")
    with pytest.raises(DatabaseUnreachable) as told:
        await database.ping()
    assert "127.0.0.1:1" in str(told.value)
    assert "rahasia" not in str(told.value)
    assert "\n" not in told.value.reason
    with pytest.raises(DatabaseUnreachable):
        async with database.unit_of_work():
            pass
    await database.close()


@pytest.mark.parametrize("address", ["nonsense", "mysql://a@b/c", "postgresql://a:b@host:port/x", "", "sqlite:///x.db"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(DatabaseUnreachable):
        Database(address)


def test_every_way_to_write_the_address_is_understood() -> None:
    for scheme in ("postgres", "postgresql", "postgresql+psycopg"):
        assert (
            libpq(f"{scheme}://a:b%40c@host:5433/x?sslmode=require")
            == "postgresql://a:b%40c@host:5433/x?sslmode=require"
        )
    assert libpq("postgresql+psycopg://a@/x?host=%2Ftmp%2Fa%20b") == "postgresql://a@/x?host=%2Ftmp%2Fa%20b"
    assert shown("postgres://a:geheim@host/x?password=geheim") == "postgresql://a:***@host/x"


async def test_a_connection_cut_by_the_server_is_replaced_unnoticed(database: Database, admin: object) -> None:
    await database.ping()
    admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'rekan'")
    await database.ping()
    async with database.unit_of_work() as uow:
        assert await uow.people.units() == []


async def test_built_services_work_on_the_database_and_say_they_are_well(database_url: str, tmp_path: Path) -> None:
    settings = Settings(database_url=SecretStr(database_url), data_dir=tmp_path)
    async with bootstrap.build(settings) as services:
        await services.health()
        assert not (await services.identity.caller("tg-1")).is_linked


async def test_services_are_not_built_on_a_database_without_tables(empty_database_url: str) -> None:
    with pytest.raises(DatabaseOutdated) as told:
        async with bootstrap.build(Settings(database_url=SecretStr(empty_database_url))):
            pass
    assert (told.value.found, told.value.expected) == (None, newest())


async def test_without_a_setting_the_embedded_server_must_run(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnreachable, match="not running"):
        async with bootstrap.build(Settings(database_url=None, data_dir=tmp_path)):
            pass
