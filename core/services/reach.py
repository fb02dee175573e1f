"""Whom the bot cannot reach and why, so that HR can reach them in another way."""

from dataclasses import dataclass

from core.domain.campaigns import Unreached
from core.domain.errors import NotAllowed
from core.domain.people import Caller
from core.domain.reach import OutOfReach
from core.ports import Clock, UnitOfWork, UnitOfWorkFactory
from core.services.rights import DESK, actor, officer


@dataclass(frozen=True)
class Reach:
    """`staff`: everybody in the registry."""

    staff: int
    why: dict[Unreached, int]

    @property
    def out_of_reach(self) -> int:
        return sum(self.why.values())


class StaffReach:
    """For every role of HR; `caller` None is whoever runs the machine. Raises NotHR, and keeps that try in the trail."""

    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def counts(self, caller: Caller | None) -> Reach:
        async with self._unit_of_work() as uow:
            await self._reader(uow, caller)
            return Reach(len(await uow.people.all_ids()), await uow.people.out_of_reach_counts())

    async def people(
        self, caller: Caller | None, why: Unreached | None = None, *, limit: int | None = None, offset: int = 0
    ) -> list[OutOfReach]:
        """By unit and name. The trail says who looked."""
        async with self._unit_of_work() as uow:
            who = await self._reader(uow, caller)
            found = await uow.people.out_of_reach(why, limit=limit, offset=offset)
            facts = {"people": len(found), "why": why.value if why else "all"}
            await uow.audit.record("out_of_reach_seen", self._clock.now(), actor=who, subject=who, facts=facts)
            await uow.commit()
        return found

    async def _reader(self, uow: UnitOfWork, caller: Caller | None) -> str:
        if caller is None:
            return DESK
        try:
            return actor(await officer(uow, caller))
        except NotAllowed:
            who = actor(caller.person) if caller.person is not None else f"tg:{caller.telegram_id}"
            await uow.audit.record("out_of_reach_refused", self._clock.now(), actor=who, subject=who)
            await uow.commit()
            raise
