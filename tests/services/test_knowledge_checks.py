"""HR officers hear that a section must be looked at again: a month before, a week before, and when it is too late."""

from datetime import date, timedelta

import pytest

from core.domain.knowledge import Section
from core.domain.messages import Kind, Message
from core.ports import UnitOfWorkFactory
from core.services.knowledge_checks import KnowledgeChecks
from tests.factories import NOW, Cast
from tests.fakes import FixedClock


@pytest.fixture
def checks(unit_of_work: UnitOfWorkFactory, clock: FixedClock, cast: Cast) -> KnowledgeChecks:
    return KnowledgeChecks(unit_of_work, clock)


async def add(unit_of_work: UnitOfWorkFactory, *expiries: date | None) -> None:
    sections = [
        Section(f"X{number:02}", "uji", "Uji", date(2026, 1, 1), f"Judul {number}", "Isi.", expires=expires)
        for number, expires in enumerate(expiries, 1)
    ]
    async with unit_of_work() as uow:
        await uow.knowledge.replace_document("uji", sections)
        await uow.commit()


async def told(unit_of_work: UnitOfWorkFactory, clock: FixedClock) -> list[Message]:
    async with unit_of_work() as uow:
        rows = await uow.outbox.claim(clock.now(), limit=50, bulk=False, claimed_by="test")
        await uow.commit()
    return [row for row in rows if row.kind is Kind.KNOWLEDGE_DUE]


async def test_every_officer_is_told_once_at_each_stage(
    checks: KnowledgeChecks, unit_of_work: UnitOfWorkFactory, clock: FixedClock, cast: Cast
) -> None:
    await add(unit_of_work, date(2026, 12, 24), date(2026, 12, 24), date(2027, 6, 30), None)
    assert await checks.remind() == 2
    assert await checks.remind() == 0
    rows = await told(unit_of_work, clock)
    assert {row.person_id for row in rows} == {cast.dewi.person_id, cast.agus.person_id}
    assert [one["section_id"] for one in rows[0].facts["sections"]] == ["X01", "X02"]
    assert rows[0].facts["is_expired"] is False
    clock.pass_by(days=23)  # a week before
    assert await checks.remind() == 2
    clock.pass_by(days=11)  # over since some days
    assert await checks.remind() == 2
    assert [row.facts["is_expired"] for row in await told(unit_of_work, clock)] == [
        True,
        True,
    ]
    assert await checks.remind() == 0


async def test_a_warning_that_could_not_be_delivered_ends_with_the_day_it_warns_of(
    checks: KnowledgeChecks, unit_of_work: UnitOfWorkFactory, clock: FixedClock
) -> None:
    await add(unit_of_work, date(2026, 11, 25))
    assert await checks.remind() == 2
    assert {row.expires_at for row in await told(unit_of_work, clock)} == {NOW + timedelta(days=1, hours=14)}


async def test_nobody_is_told_at_night_or_on_a_weekend(
    checks: KnowledgeChecks, unit_of_work: UnitOfWorkFactory, clock: FixedClock
) -> None:
    await add(unit_of_work, date(2026, 11, 30))
    clock.pass_by(hours=12)
    assert await checks.remind() == 0
    clock.pass_by(days=4)
    assert await checks.remind() == 0
