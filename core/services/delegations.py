"""Letting somebody else decide requests for a while: chosen by the supervisor, told to the delegate, audited."""

from dataclasses import dataclass
from datetime import date

from core.domain.delegation import Delegation, end_of
from core.domain.errors import DelegateRefused, NoStaff, NotLinked
from core.domain.messages import Kind, NewMessage
from core.domain.people import Caller, Person
from core.ports import Clock, UnitOfWork, UnitOfWorkFactory


@dataclass(frozen=True)
class DelegationView:
    delegation: Delegation
    supervisor: Person
    delegate: Person


class Delegations:
    """Only for those who have staff, to their own staff or to peers (staff of the same supervisor). Raises NotLinked, NoStaff."""

    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def candidates(self, caller: Caller, words: str = "") -> list[Person]:
        """Those the caller may delegate to, by name; only those whose name holds all the words, or whose NIP this is."""
        async with self._unit_of_work() as uow:
            found = await _candidates(uow, await _supervisor(uow, caller))
        wanted = words.lower().split()
        return [
            person
            for person in found
            if person.nip == words.strip() or all(word in person.name.lower() for word in wanted)
        ]

    async def current(self, caller: Caller) -> DelegationView | None:
        """What the caller has delegated now."""
        async with self._unit_of_work() as uow:
            supervisor = await _supervisor(uow, caller)
            delegation = await uow.delegations.active_of(supervisor.person_id, self._clock.now())
            return await _view(uow, delegation, supervisor) if delegation is not None else None

    async def delegate(self, caller: Caller, delegate_id: int, last_day: date) -> DelegationView:
        """Until the end of that day; takes the place of an earlier one. Raises DelegateRefused, DelegationPeriodRefused.

        The same once more changes nothing.
        """
        async with self._unit_of_work() as uow:
            supervisor = await _supervisor(uow, caller, locks=True)
            now = self._clock.now()
            ends_at = end_of(last_day, now)
            if delegate_id not in {person.person_id for person in await _candidates(uow, supervisor)}:
                raise DelegateRefused
            former = await uow.delegations.active_of(supervisor.person_id, now)
            if former is not None:
                if (former.delegate_id, former.ends_at) == (delegate_id, ends_at):
                    return await _view(uow, former, supervisor)
                await self._end(uow, former, supervisor, tells=former.delegate_id != delegate_id)
            made = await uow.delegations.add(supervisor.person_id, delegate_id, now, ends_at)
            await _audit(uow, "delegation_started", made, now_of=self._clock)
            facts = _facts(supervisor) | {"last_day": last_day.isoformat()}
            await uow.outbox.add([_message(made, Kind.DELEGATION_STARTED, facts, self._clock)])
            await uow.commit()
            return await _view(uow, made, supervisor)

    async def end(self, caller: Caller) -> DelegationView | None:
        """Ends early what the caller has delegated; None if there was nothing."""
        async with self._unit_of_work() as uow:
            supervisor = await _supervisor(uow, caller, locks=True)
            delegation = await uow.delegations.active_of(supervisor.person_id, self._clock.now())
            if delegation is None:
                return None
            await self._end(uow, delegation, supervisor, tells=True)
            await uow.commit()
            return await _view(uow, delegation, supervisor)

    async def _end(self, uow: UnitOfWork, delegation: Delegation, supervisor: Person, *, tells: bool) -> None:
        await uow.delegations.end(delegation.delegation_id, self._clock.now())
        await _audit(uow, "delegation_ended", delegation, now_of=self._clock)
        if tells:
            await uow.outbox.add([_message(delegation, Kind.DELEGATION_ENDED, _facts(supervisor), self._clock)])


async def _supervisor(uow: UnitOfWork, caller: Caller, *, locks: bool = False) -> Person:
    """The caller as the registry has them; locked, so that two delegations of theirs come one after the other."""
    if caller.person is None:
        raise NotLinked
    read = uow.people.lock if locks else uow.people.get
    person = await read(caller.person.person_id)
    if person is None:
        raise NotLinked
    if not await uow.people.staff_of(person.person_id):
        raise NoStaff
    return person


async def _candidates(uow: UnitOfWork, supervisor: Person) -> list[Person]:
    found = await uow.people.staff_of(supervisor.person_id)
    if supervisor.supervisor_id is not None:
        found += await uow.people.staff_of(supervisor.supervisor_id)
    return sorted((p for p in found if p.person_id != supervisor.person_id), key=lambda p: (p.name, p.person_id))


async def _view(uow: UnitOfWork, delegation: Delegation, supervisor: Person) -> DelegationView:
    delegate = await uow.people.get(delegation.delegate_id)
    assert delegate is not None  # a foreign key holds them
    return DelegationView(delegation, supervisor, delegate)


async def _audit(uow: UnitOfWork, action: str, delegation: Delegation, *, now_of: Clock) -> None:
    await uow.audit.record(
        action,
        now_of.now(),
        actor=f"person:{delegation.supervisor_id}",
        subject=f"delegation:{delegation.delegation_id}",
        facts={"delegate_id": delegation.delegate_id, "ends_at": delegation.ends_at.isoformat()},
    )


def _facts(supervisor: Person) -> dict[str, object]:
    return {"supervisor": supervisor.name, "supervisor_id": supervisor.person_id}


def _message(delegation: Delegation, kind: Kind, facts: dict[str, object], clock: Clock) -> NewMessage:
    return NewMessage(
        key=f"{kind}:{delegation.delegation_id}",
        kind=kind,
        facts=facts,
        due_at=clock.now(),
        expires_at=delegation.ends_at,
        person_id=delegation.delegate_id,
    )
