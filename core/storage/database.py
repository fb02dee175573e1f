"""The pool of connections with its time limits, and driver errors turned into facts. Knows no table."""

from collections.abc import Callable

import psycopg
from sqlalchemy import event, text
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from core.ports import DatabaseBusy, DatabaseOutdated, DatabaseUnreachable, UnitOfWork
from core.storage import migrate, texts
from core.storage.addresses import first_line, parse, shown
from core.storage.unit_of_work import SqlUnitOfWork

LOCK_TIMEOUT = 3_000
"""Milliseconds. Who waits longer for a row is told to try again instead of hanging."""
STATEMENT_TIMEOUT = 30_000
CONNECT_TIMEOUT = 5
"""Seconds, for a server that does not answer and for a free place in the pool."""

_TRY_AGAIN = (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected, psycopg.errors.QueryCanceled)


class Database:
    """One pool of connections to one database."""

    def __init__(self, url: str, *, name: str = "rekan", pool_size: int = 5, lock_timeout: int = LOCK_TIMEOUT) -> None:
        self._shown = shown(url)
        limits = {
            "lock_timeout": lock_timeout,
            "statement_timeout": STATEMENT_TIMEOUT,
            "idle_in_transaction_session_timeout": 300_000,  # an import embeds its texts before it commits
            "timezone": "UTC",
        }
        self.engine: AsyncEngine = create_async_engine(
            parse(url),
            pool_size=pool_size,
            max_overflow=pool_size,
            pool_timeout=CONNECT_TIMEOUT,
            json_serializer=texts.dump_json,
            pool_pre_ping=True,  # the server may have been restarted since; the next call must not pay for it
            connect_args={
                "application_name": name,
                "connect_timeout": CONNECT_TIMEOUT,
                "options": " ".join(f"-c {key}={value}" for key, value in limits.items()),
            },
        )
        event.listen(self.engine.sync_engine, "handle_error", self._translate)
        event.listen(self.engine.sync_engine, "connect", texts.accept_any)

    @property
    def unit_of_work(self) -> Callable[[], UnitOfWork]:
        return lambda: SqlUnitOfWork(self.engine)

    async def ping(self) -> None:
        """Raises DatabaseUnreachable unless a query is answered."""
        async with self.engine.connect() as connection:
            await connection.execute(text("SELECT 1"))

    async def check(self) -> None:
        """Raises DatabaseUnreachable, or DatabaseOutdated when migrations are missing."""
        expected = migrate.newest()
        async with self.engine.connect() as connection:
            found = await connection.run_sync(migrate.revision_of)
        if found != expected:
            raise DatabaseOutdated(found, expected)

    async def close(self) -> None:
        await self.engine.dispose()

    def _translate(self, context: ExceptionContext) -> None:
        error = context.original_exception
        if context.is_pre_ping:
            return  # the pool itself replaces a connection that died in it
        if isinstance(error, _TRY_AGAIN):
            raise DatabaseBusy(str(error)) from error
        if isinstance(error, psycopg.OperationalError) and (context.connection is None or context.is_disconnect):
            raise DatabaseUnreachable(self._shown, first_line(error)) from error
