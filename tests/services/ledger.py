"""Reading the ledger and the audit in tests."""

from core.domain.messages import DeliveryStatus, Kind, Message
from core.domain.people import Person
from core.ports import UnitOfWorkFactory


async def rows(
    unit_of_work: UnitOfWorkFactory, enrollment_id: int, kind: Kind | None = None, *, occasion: str | None = "day"
) -> list[Message]:
    """In the order of writing. Of the reminders of one seat the day-before one stands for all (None: each of them), and an
    offer stands for the word before it lapses unless that is asked for.
    """
    async with unit_of_work() as uow:
        found = await uow.outbox.of_enrollment(enrollment_id)
    wanted = [
        m
        for m in found
        if (kind is m.kind or (kind is None and m.kind is not Kind.OFFER_REMINDER))
        and (m.kind is not Kind.SESSION_REMINDER or occasion in (None, m.facts["occasion"]))
    ]
    return sorted(wanted, key=lambda m: m.message_id)


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


async def kinds(unit_of_work: UnitOfWorkFactory, enrollment_id: int) -> list[tuple[Kind, DeliveryStatus]]:
    """What each row is about and what became of it, as `rows` orders them."""
    return [(row.kind, row.status) for row in await rows(unit_of_work, enrollment_id)]
