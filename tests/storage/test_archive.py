"""Tickets, the audit trail, and updates handled once."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from core.domain.tickets import TicketStatus
from core.ports import UnitOfWorkFactory
from tests.factories import NOW, add_people

LATER = NOW + timedelta(hours=1)


async def begin(unit_of_work: UnitOfWorkFactory, worker: str, update_id: int = 1) -> bool:
    async with unit_of_work() as uow:
        mine = await uow.updates.begin(update_id, worker, NOW)
        await uow.commit()
    return mine


async def finish(unit_of_work: UnitOfWorkFactory, update_id: int = 1) -> None:
    async with unit_of_work() as uow:
        await uow.updates.finish(update_id, NOW)
        await uow.commit()


async def test_a_ticket_is_open_until_it_is_answered(unit_of_work: UnitOfWorkFactory) -> None:
    cast = await add_people(unit_of_work)
    async with unit_of_work() as uow:
        first = await uow.tickets.create(cast.sari.person_id, "Kapan mutasi?", NOW)
        second = await uow.tickets.create(cast.joko.person_id, "Kontrak saya?", NOW)
        third = await uow.tickets.create(cast.sari.person_id, "Cuti?", NOW)
        await uow.commit()
    assert first.number < second.number < third.number
    async with unit_of_work() as uow:
        assert await uow.tickets.open() == [first, second, third]
        assert await uow.tickets.of_person(cast.sari.person_id) == [third, first]
        locked = await uow.tickets.lock(first.number)
        assert locked == first
        answered = replace(
            first, status=TicketStatus.ANSWERED, answer="Besok", answered_at=LATER, claimed_by=cast.dewi.person_id,
            stands_since=NOW, reminders=1, reopened_at=NOW, question="Kapan mutasi? Hari ini?", topic="uji",
        )  # fmt: skip
        await uow.tickets.save(answered)
        await uow.commit()
    async with unit_of_work() as uow:
        assert await uow.tickets.open() == [second, third]
        assert await uow.tickets.get(first.number) == answered


async def test_a_ticket_that_is_not_there_is_none(unit_of_work: UnitOfWorkFactory) -> None:
    async with unit_of_work() as uow:
        assert await uow.tickets.get(404) is None
        assert await uow.tickets.lock(404) is None


async def test_the_trail_of_a_subject_is_read_in_order(unit_of_work: UnitOfWorkFactory) -> None:
    async with unit_of_work() as uow:
        await uow.audit.record("started", LATER, actor="tg:1", subject="enrollment:1", facts={"from": None})
        await uow.audit.record("approved", NOW, actor="tg:2", subject="enrollment:1")
        await uow.audit.record("started", NOW, actor="tg:3", subject="enrollment:2")
        await uow.commit()
    async with unit_of_work() as uow:
        assert await uow.audit.of_subject("enrollment:1") == [("started", "tg:1"), ("approved", "tg:2")]
        assert await uow.audit.trail("enrollment:1") == [(LATER, "started", "tg:1"), (NOW, "approved", "tg:2")]
        assert await uow.audit.of_subject("enrollment:3") == []


async def test_an_update_is_handled_once(unit_of_work: UnitOfWorkFactory) -> None:
    assert await begin(unit_of_work, "me")
    assert not await begin(unit_of_work, "me")
    await finish(unit_of_work)
    assert not await begin(unit_of_work, "me")
    assert not await begin(unit_of_work, "my successor")
    assert await begin(unit_of_work, "me", update_id=2)


async def test_an_update_lost_in_a_crash_is_taken_up_by_the_next_worker_and_only_once(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    assert await begin(unit_of_work, "died")
    outcomes = await asyncio.gather(*(begin(unit_of_work, "lives") for _ in range(10)))
    assert sum(outcomes) == 1
    await finish(unit_of_work)
    assert not await begin(unit_of_work, "third")


async def test_the_same_update_delivered_ten_times_at_once_is_handled_once(unit_of_work: UnitOfWorkFactory) -> None:
    assert sum(await asyncio.gather(*(begin(unit_of_work, "me") for _ in range(10)))) == 1


async def test_old_updates_are_forgotten(unit_of_work: UnitOfWorkFactory) -> None:
    await begin(unit_of_work, "me")
    async with unit_of_work() as uow:
        await uow.updates.begin(2, "me", LATER)
        assert await uow.updates.forget_before(LATER) == 1
        await uow.commit()
    assert await begin(unit_of_work, "me")
    assert not await begin(unit_of_work, "me", update_id=2)
