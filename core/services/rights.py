"""Rights, read from the registry as it stands now."""

from datetime import datetime

from core.domain.errors import NotHR
from core.domain.people import Caller, Person
from core.ports import UnitOfWork

DESK = "hr"
"""The actor of HR's command line: whoever may open the database there may do what HR does."""


def actor(person: Person) -> str:
    """The person, as the audit trail names who acted."""
    return f"person:{person.person_id}"


async def keep_refusal(
    uow: UnitOfWork, caller: Caller, tried: str, enrollment_id: int, now: datetime, **facts: str
) -> None:
    """Audits a try at what is somebody else's or settled, as the only thing this transaction did. The caller then raises.

    Under the person who tried: the trail of the enrollment holds its steps and nothing else.
    """
    who = f"person:{caller.person.person_id if caller.person is not None else None}"
    known = {"enrollment_id": enrollment_id, **facts}
    await uow.audit.record(f"{tried}_refused", now, actor=who, subject=who, facts=known)
    await uow.commit()


async def officer(uow: UnitOfWork, caller: Caller) -> Person:
    """The caller as the registry knows them now. Raises NotHR."""
    person = await uow.people.get(caller.person.person_id) if caller.person is not None else None
    if person is None or not person.is_hr:
        raise NotHR
    return person


async def officer_or_desk(uow: UnitOfWork, caller: Caller | None) -> str:
    """Who acts, as the audit trail names them; None is HR's command line. Raises NotHR."""
    return DESK if caller is None else actor(await officer(uow, caller))
