"""The ledger of learning hours in the database."""

from datetime import date

import pytest

from core.domain.learning import HoursEntry
from core.ports import UnitOfWorkFactory
from tests.factories import add_people


async def test_hours_are_those_of_the_year_oldest_first(unit_of_work: UnitOfWorkFactory) -> None:
    cast = await add_people(unit_of_work)
    sari = cast.sari.person_id
    entries = [
        HoursEntry(sari, 16, date(2026, 12, 31), "Analisis Data"),
        HoursEntry(sari, 8, date(2026, 1, 1), "BerAKHLAK"),
        HoursEntry(sari, -2, date(2026, 5, 1), "BerAKHLAK", "hadir sebagian"),
        HoursEntry(sari, 4, date(2025, 12, 31), "Tahun lalu"),
        HoursEntry(cast.joko.person_id, 4, date(2026, 5, 1), "Orang lain"),
    ]
    async with unit_of_work() as uow:
        for entry in entries:
            await uow.hours.add(entry)
        await uow.commit()
    async with unit_of_work() as uow:
        assert await uow.hours.of_person(sari, 2026) == [entries[1], entries[2], entries[0]]
        assert await uow.hours.of_person(sari, 2024) == []


async def test_hours_are_not_taken_back_without_a_reason(unit_of_work: UnitOfWorkFactory) -> None:
    cast = await add_people(unit_of_work)
    async with unit_of_work() as uow:
        with pytest.raises(Exception, match="ck_learning_hours_reason"):
            await uow.hours.add(HoursEntry(cast.sari.person_id, -8, date(2026, 5, 1), "BerAKHLAK"))
