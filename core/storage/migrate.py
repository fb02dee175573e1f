"""Brings a database to the schema this code expects. Safe to call from several processes at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.exc import OperationalError

from core.ports import DatabaseUnreachable
from core.storage.addresses import first_line, parse, shown

_MIGRATION_LOCK = 7_200


def upgrade(url: str, revision: str = "head") -> None:
    """Raises DatabaseUnreachable. A second process waits here until the first is done, and then has nothing to do."""
    with _connected(url) as config:
        command.upgrade(config, revision)


def downgrade(url: str, revision: str) -> None:
    """Back to an earlier schema; what only the newer one could hold is lost."""
    with _connected(url) as config:
        command.downgrade(config, revision)


def newest() -> str:
    """The revision this code expects."""
    revision = ScriptDirectory.from_config(_config()).get_current_head()
    assert revision is not None  # there is a first revision
    return revision


def revision_of(connection: Connection) -> str | None:
    """The revision the database is at; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    return config


@contextmanager
def _connected(url: str) -> Iterator[Config]:
    engine = create_engine(parse(url), poolclass=NullPool, connect_args={"connect_timeout": 5})
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _MIGRATION_LOCK})
            connection.commit()
            config = _config()
            config.attributes["connection"] = connection
            yield config
            connection.commit()
    except OperationalError as error:
        raise DatabaseUnreachable(shown(url), first_line(error.orig or error)) from error
    finally:
        engine.dispose()
