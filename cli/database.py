"""The database of a run: the embedded server, started and stopped with us, or the one DATABASE_URL points to."""

from collections.abc import Callable
from dataclasses import dataclass

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
    if settings.database_url is not None:
        return Database(settings.database_url.get_secret_value(), None, lambda: None)
    from core.ports import DatabaseUnreachable
    from core.storage import embedded

    try:
        server = embedded.start(settings.data_dir)
    except DatabaseUnreachable as error:
        raise DatabaseTrouble(
            f"Basis data bawaan tidak dapat dijalankan ({error.reason}). Periksa {settings.data_dir / 'postgres' / 'log'}, "
            "pilih folder lain dengan DATA_DIR, atau pakai PostgreSQL Anda sendiri dengan DATABASE_URL."
        ) from error
    return Database(server.url, server.pid, server.stop)
