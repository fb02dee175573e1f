"""The database of a run: the embedded server, started and stopped with us, or the one DATABASE_URL points to."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from cli.texts import database_unreachable
from core.settings import Settings


class DatabaseTrouble(Exception):
    """The text is one sentence naming the setting."""


@dataclass(frozen=True)
class Database:
    """`postmaster` is None for a server that is not ours to stop."""

    url: str
    postmaster: int | None
    stop: Callable[[], None]


def start_database(settings: Settings) -> Database:
    """Blocks until the server answers. Raises DatabaseTrouble."""
    from core.ports import DatabaseUnreachable
    from core.storage import embedded

    if settings.database_url is not None:
        url = settings.database_url.get_secret_value()
        try:
            asyncio.run(reach(url))
        except DatabaseUnreachable as error:
            raise DatabaseTrouble(database_unreachable(error.address, error.reason)) from error
        return Database(url, None, lambda: None)
    try:
        server = embedded.start(settings.data_dir)
    except DatabaseUnreachable as error:
        raise DatabaseTrouble(
            f"Basis data bawaan tidak dapat dijalankan ({error.reason}). Periksa {settings.data_dir / 'postgres' / 'log'}, "
            "pilih folder lain dengan DATA_DIR, atau pakai PostgreSQL Anda sendiri dengan DATABASE_URL."
        ) from error
    return Database(server.url, server.pid, server.stop)


async def reach(url: str) -> None:
    """Returns when the server has answered a query. Raises DatabaseUnreachable."""
    from core.storage import database

    pool = database.Database(url, pool_size=1)
    try:
        await pool.ping()
    finally:
        await pool.close()
