"""The staff registry and the accounts linked to it."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.people import Employment, TelegramAccount, Unit
from core.ports import UnitOfWorkFactory
from tests.factories import (
    BKD,
    DINKES,
    DISDIK,
    NOW,
    PEMPROV,
    UNITS,
    add_people,
    nip,
    person,
    phone,
    telegram_id,
)

NEW_PHONE = 555
STRANGER = 777


async def test_a_person_comes_back_as_written(unit_of_work: UnitOfWorkFactory) -> None:
    cast = await add_people(unit_of_work)
    async with unit_of_work() as uow:
        assert await uow.people.get(cast.joko.person_id) == cast.joko
        assert await uow.people.by_nip(cast.joko.nip) == cast.joko
        assert await uow.people.by_phone(phone(4)) == [cast.joko]
        assert await uow.people.get(10_000) is None
        assert await uow.people.by_nip("0") is None
        assert await uow.people.by_phone("+620") == []
    assert cast.joko.employment is Employment.PPPK
    assert cast.joko.unit == DISDIK


async def test_staff_and_hr_officers_are_found(unit_of_work: UnitOfWorkFactory) -> None:
    cast = await add_people(unit_of_work)
    async with unit_of_work() as uow:
        assert await uow.people.staff_of(cast.bambang.person_id) == [cast.budi, cast.joko, cast.sari]
        assert await uow.people.staff_of(cast.sari.person_id) == []
        assert await uow.people.hr_officers() == [cast.dewi, cast.agus]
        assert await uow.people.all_ids() == sorted(p.person_id for p in cast.everybody)
        hierarchy = await uow.people.hierarchy()
    assert len(hierarchy) == len(cast.everybody)
    assert hierarchy[cast.sari.nip] == cast.bambang.nip
    assert hierarchy[cast.yatim.nip] is None


async def test_a_second_import_overwrites_and_keeps_the_id(unit_of_work: UnitOfWorkFactory) -> None:
    cast = await add_people(unit_of_work)
    moved = replace(cast.sari, unit=DINKES, position="Analis", phone=None, supervisor_id=cast.lina.person_id)
    async with unit_of_work() as uow:
        assert await uow.people.upsert(replace(moved, person_id=0)) == cast.sari.person_id
        await uow.commit()
    async with unit_of_work() as uow:
        assert await uow.people.get(cast.sari.person_id) == moved
        await uow.people.set_supervisor(cast.sari.person_id, None)
        await uow.commit()
    async with unit_of_work() as uow:
        assert await uow.people.get(cast.sari.person_id) == replace(moved, supervisor_id=None)


async def test_people_may_share_a_number(unit_of_work: UnitOfWorkFactory) -> None:
    async with unit_of_work() as uow:
        for unit in UNITS:
            await uow.people.upsert_unit(unit)
        for number in (1, 2):
            await uow.people.upsert(person(number, "Kembar", phone=phone(9)))
        assert [p.nip for p in await uow.people.by_phone(phone(9))] == [nip(1), nip(2)]


async def test_a_unit_may_come_before_its_parent_and_be_renamed(unit_of_work: UnitOfWorkFactory) -> None:
    async with unit_of_work() as uow:
        await uow.people.upsert_unit(BKD)
        await uow.people.upsert_unit(PEMPROV)
        await uow.people.upsert_unit(replace(BKD, name="Badan Kepegawaian"))
        await uow.commit()
    async with unit_of_work() as uow:
        assert await uow.people.units() == [replace(BKD, name="Badan Kepegawaian"), PEMPROV]


async def test_a_parent_that_never_comes_is_refused_at_commit(unit_of_work: UnitOfWorkFactory) -> None:
    async with unit_of_work() as uow:
        await uow.people.upsert_unit(Unit("X", "X", "X", "NOWHERE"))
        with pytest.raises(Exception, match="fk_units_parent"):
            await uow.commit()


async def test_a_locked_person_can_still_be_pointed_to_but_not_locked_again(unit_of_work: UnitOfWorkFactory) -> None:
    cast = await add_people(unit_of_work)
    order: list[str] = []
    async with asyncio.TaskGroup() as tasks, unit_of_work() as first:
        assert await first.people.lock(cast.sari.person_id) == cast.sari
        async with unit_of_work() as other:
            await other.tickets.create(cast.sari.person_id, "Kapan?", NOW)
            await other.commit()

        async def second() -> None:
            async with unit_of_work() as uow:
                await uow.people.lock(cast.sari.person_id)
                order.append("second")

        waiting = tasks.create_task(second())
        await first.people.all_ids()
        assert not waiting.done()
        order.append("first")
    assert order == ["first", "second"]
    async with unit_of_work() as uow:
        assert await uow.people.lock(10_000) is None


async def test_linking_joins_an_account_and_a_person(unit_of_work: UnitOfWorkFactory) -> None:
    cast = await add_people(unit_of_work, linked=False)
    async with unit_of_work() as uow:
        assert await uow.accounts.link(STRANGER, cast.sari.person_id, NOW) is None
        await uow.commit()
    account = TelegramAccount(STRANGER, cast.sari.person_id, NOW)
    async with unit_of_work() as uow:
        assert await uow.accounts.get(STRANGER) == account
        assert await uow.accounts.of_person(cast.sari.person_id) == account
        assert await uow.accounts.of_person(cast.joko.person_id) is None


async def test_linking_again_ends_both_former_links(unit_of_work: UnitOfWorkFactory) -> None:
    """Sari takes over the account that was Joko's: her old account is told, he is left without one."""
    cast = await add_people(unit_of_work)
    async with unit_of_work() as uow:
        former = await uow.accounts.link(telegram_id(cast.joko), cast.sari.person_id, NOW)
        await uow.commit()
    assert former is not None
    assert former.telegram_id == telegram_id(cast.sari)
    async with unit_of_work() as uow:
        assert await uow.accounts.get(telegram_id(cast.sari)) is None
        assert await uow.accounts.of_person(cast.joko.person_id) is None
        assert (await uow.accounts.get(telegram_id(cast.joko))).person_id == cast.sari.person_id


async def test_linking_the_same_two_again_only_shows_that_they_can_be_reached(unit_of_work: UnitOfWorkFactory) -> None:
    cast = await add_people(unit_of_work)
    mine, later = telegram_id(cast.sari), NOW + timedelta(days=1)
    async with unit_of_work() as uow:
        await uow.accounts.set_unreachable(mine, NOW)
        assert await uow.accounts.link(mine, cast.sari.person_id, later) is None
        await uow.commit()
    async with unit_of_work() as uow:
        assert await uow.accounts.get(mine) == TelegramAccount(mine, cast.sari.person_id, NOW)


async def test_who_asked_for_silence_keeps_it_on_a_new_telephone(unit_of_work: UnitOfWorkFactory) -> None:
    cast = await add_people(unit_of_work)
    async with unit_of_work() as uow:
        await uow.accounts.set_opted_out(telegram_id(cast.sari), NOW)
        await uow.accounts.link(NEW_PHONE, cast.sari.person_id, NOW)
        await uow.commit()
    async with unit_of_work() as uow:
        assert (await uow.accounts.get(NEW_PHONE)).opted_out_at == NOW
        await uow.accounts.set_opted_out(NEW_PHONE, None)
        assert (await uow.accounts.get(NEW_PHONE)).opted_out_at is None


async def test_one_person_linked_from_ten_telephones_at_once_ends_with_one(unit_of_work: UnitOfWorkFactory) -> None:
    cast = await add_people(unit_of_work, linked=False)

    async def link(number: int) -> None:
        async with unit_of_work() as uow:
            await uow.accounts.link(number, cast.sari.person_id, NOW)
            await uow.commit()

    async with asyncio.TaskGroup() as tasks:
        for number in range(1, 11):
            tasks.create_task(link(number))
    async with unit_of_work() as uow:
        linked = [number for number in range(1, 11) if await uow.accounts.get(number)]
    assert len(linked) == 1


async def test_one_telephone_linked_to_ten_people_at_once_ends_with_one(unit_of_work: UnitOfWorkFactory) -> None:
    cast = await add_people(unit_of_work, linked=False)

    async def link(person_id: int) -> None:
        async with unit_of_work() as uow:
            await uow.accounts.link(STRANGER, person_id, NOW)
            await uow.commit()

    async with asyncio.TaskGroup() as tasks:
        for someone in cast.everybody:
            tasks.create_task(link(someone.person_id))
    async with unit_of_work() as uow:
        owners = [p for p in cast.everybody if await uow.accounts.of_person(p.person_id)]
    assert len(owners) == 1


async def test_unlinking_leaves_the_person(unit_of_work: UnitOfWorkFactory) -> None:
    cast = await add_people(unit_of_work)
    async with unit_of_work() as uow:
        await uow.accounts.unlink(telegram_id(cast.sari))
        await uow.accounts.unlink(STRANGER)
        await uow.commit()
    async with unit_of_work() as uow:
        assert await uow.accounts.of_person(cast.sari.person_id) is None
        assert await uow.people.get(cast.sari.person_id) == cast.sari


async def test_a_new_code_ends_the_old_one_and_is_used_up_by_taking(unit_of_work: UnitOfWorkFactory) -> None:
    cast = await add_people(unit_of_work)
    ends = NOW + timedelta(hours=72)
    async with unit_of_work() as uow:
        await uow.accounts.save_code(cast.sari.person_id, "old", NOW)
        await uow.accounts.save_code(cast.sari.person_id, "new", ends)
        await uow.commit()
    async with unit_of_work() as uow:
        assert await uow.accounts.take_code("old") is None
        assert await uow.accounts.take_code("new") == (cast.sari.person_id, ends)
        await uow.commit()
    async with unit_of_work() as uow:
        assert await uow.accounts.take_code("new") is None


async def test_a_code_taken_without_commit_is_unused(unit_of_work: UnitOfWorkFactory) -> None:
    cast = await add_people(unit_of_work)
    async with unit_of_work() as uow:
        await uow.accounts.save_code(cast.sari.person_id, "code", NOW)
        await uow.commit()
    for _ in range(2):
        async with unit_of_work() as uow:
            assert await uow.accounts.take_code("code")


async def test_ten_who_type_the_same_code_at_once_are_one_winner(unit_of_work: UnitOfWorkFactory) -> None:
    cast = await add_people(unit_of_work)
    async with unit_of_work() as uow:
        await uow.accounts.save_code(cast.sari.person_id, "code", NOW)
        await uow.commit()

    async def take() -> bool:
        async with unit_of_work() as uow:
            taken = await uow.accounts.take_code("code")
            await uow.commit()
            return taken is not None

    assert sum(await asyncio.gather(*(take() for _ in range(10)))) == 1


async def test_wrong_tries_are_counted_for_each_account(unit_of_work: UnitOfWorkFactory) -> None:
    moments = [NOW + timedelta(minutes=minute) for minute in range(3)]
    async with unit_of_work() as uow:
        for moment in reversed(moments):
            await uow.accounts.record_wrong_try(STRANGER, moment)
        await uow.accounts.record_wrong_try(NEW_PHONE, NOW)
        await uow.commit()
    async with unit_of_work() as uow:
        assert await uow.accounts.wrong_tries(STRANGER, moments[1]) == moments[1:]
        await uow.accounts.clear_wrong_tries(STRANGER)
        await uow.commit()
    async with unit_of_work() as uow:
        assert await uow.accounts.wrong_tries(STRANGER, NOW) == []
        assert await uow.accounts.wrong_tries(NEW_PHONE, NOW) == [NOW]


async def test_guessing_in_parallel_is_guessing_one_after_the_other(unit_of_work: UnitOfWorkFactory) -> None:
    async def guess() -> int:
        async with unit_of_work() as uow:
            seen = len(await uow.accounts.wrong_tries(STRANGER, NOW))
            await uow.accounts.record_wrong_try(STRANGER, NOW)
            await uow.commit()
            return seen

    assert sorted(await asyncio.gather(*(guess() for _ in range(8)))) == list(range(8))


async def test_names_that_share_a_word_are_found_whatever_their_case(unit_of_work: UnitOfWorkFactory) -> None:
    cast = await add_people(unit_of_work)
    first = cast.sari.name.lower().split()[0]
    async with unit_of_work() as uow:
        assert await uow.people.names_sharing({first, "cuti", "'; DROP TABLE people; --"}) == [cast.sari.name]
        assert await uow.people.names_sharing(set()) == []
