"""Reading the ledger and the audit in tests."""

from core.domain.messages import DeliveryStatus, Kind, Message
from core.domain.people import Person
from core.ports import UnitOfWorkFactory


async def rows(unit_of_work: UnitOfWorkFactory, enrollment_id: int, kind: Kind | None = None) -> list[Message]:
    async with unit_of_work() as uow:
        found = await uow.outbox.of_enrollment(enrollment_id)
    return sorted((m for m in found if kind in (None, m.kind)), key=lambda m: m.message_id)


async def waiting_for(unit_of_work: UnitOfWorkFactory, enrollment_id: int, someone: Person) -> list[Kind]:
    """Kinds of the rows about this enrollment that are queued for the person."""
    return [
        row.kind
        for row in await rows(unit_of_work, enrollment_id)
        if row.person_id == someone.person_id and row.status is DeliveryStatus.QUEUED
    ]


async def audited(unit_of_work: UnitOfWorkFactory, subject: str) -> list[tuple[str, str]]:
    async with unit_of_work() as uow:
        return await uow.audit.of_subject(subject)
