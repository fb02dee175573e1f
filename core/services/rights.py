"""Rights, read from the registry as it stands now."""

from core.domain.errors import NotHR
from core.domain.people import Caller, Person
from core.ports import UnitOfWork

DESK = "hr"
"""The actor of HR's command line: whoever may open the database there may do what HR does."""


async def officer(uow: UnitOfWork, caller: Caller) -> Person:
    """The caller as the registry knows them now. Raises NotHR."""
    person = await uow.people.get(caller.person.person_id) if caller.person is not None else None
    if person is None or not person.is_hr:
        raise NotHR
    return person


async def officer_or_desk(uow: UnitOfWork, caller: Caller | None) -> str:
    """Who acts, as the audit trail names them; None is HR's command line. Raises NotHR."""
    return DESK if caller is None else f"person:{(await officer(uow, caller)).person_id}"
