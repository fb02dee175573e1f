"""Something made from the database and kept in this process until the database says that it has changed."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from core.ports import UnitOfWork, UnitOfWorkFactory

T = TypeVar("T")


class Kept(Generic[T]):
    """`read` fetches what is needed in a transaction and returns the rest of the work, which runs in a worker thread."""

    def __init__(
        self, unit_of_work: UnitOfWorkFactory, read: Callable[[UnitOfWork], Awaitable[Callable[[], T]]]
    ) -> None:
        self._unit_of_work = unit_of_work
        self._read = read
        self._remaking = asyncio.Lock()
        self._kept: tuple[str, T] | None = None

    async def get(self) -> T:
        """As the database is now. Only one caller remakes it; the others wait for that."""
        async with self._unit_of_work() as unit_of_work:
            version = await unit_of_work.knowledge.version()
        kept = self._kept
        if kept is None or kept[0] != version:
            async with self._remaking:
                kept = self._kept
                if kept is None or kept[0] != version:
                    kept = self._kept = await self._remake()
        return kept[1]

    async def _remake(self) -> tuple[str, T]:
        async with self._unit_of_work() as unit_of_work:
            # The version is read first: a change in between only means one remake too many.
            version = await unit_of_work.knowledge.version()
            make = await self._read(unit_of_work)
            await unit_of_work.commit()
        return version, await asyncio.to_thread(make)
