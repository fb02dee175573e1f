"""One active scheduler among several: an advisory lock that lives as long as its connection."""

from contextlib import suppress

import psycopg

from core.storage.addresses import libpq


class Leadership:
    """Ask `hold()` before each round of work; several may ask, one gets True."""

    def __init__(self, url: str, role: str) -> None:
        self._url = url
        self._role = role
        self._connection: psycopg.AsyncConnection | None = None
        self._held = False

    async def hold(self) -> bool:
        """Takes the lock if it is free and tells whether we have it now; a lock lost with its connection is noticed here.

        Never raises: without a database nobody leads.
        """
        try:
            connection = await self._connected()
            if self._held:
                await connection.execute("SELECT 1")
            else:
                query = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"
                row = await (await connection.execute(query, [f"rekan:{self._role}"])).fetchone()
                self._held = bool(row and row[0])
        except psycopg.OperationalError:
            await self.release()
        return self._held

    async def release(self) -> None:
        """Lets another take over. `hold()` may be called again later."""
        connection, self._connection, self._held = self._connection, None, False
        if connection is None:
            return
        with suppress(psycopg.OperationalError):
            # said, not only hung up: the server frees the locks of a closed connection a moment later
            await connection.execute("SELECT pg_advisory_unlock_all()")
        await connection.close()

    async def _connected(self) -> psycopg.AsyncConnection:
        if self._connection is None:
            self._held = False
            self._connection = await psycopg.AsyncConnection.connect(
                libpq(self._url),
                autocommit=True,
                connect_timeout=5,
                application_name=f"rekan {self._role}",
                # a machine that vanished without a word must not stay leader for hours
                keepalives_idle=10,
                keepalives_interval=5,
                keepalives_count=3,
            )
        return self._connection
