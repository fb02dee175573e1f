"""A real PostgreSQL for all tests: one embedded server a run, one migrated template, a fresh database for each test."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest

from core.ports import UnitOfWorkFactory
from core.storage import embedded, migrate
from core.storage.cluster import address
from core.storage.database import Database
from core.storage.embedded import EmbeddedServer
from tests.factories import NOW
from tests.fakes import FixedClock

_TEMPLATE = "template_rekan"


@pytest.fixture(scope="session")
def postgres() -> Iterator[EmbeddedServer]:
    """The server of this run, without fsync. Not below pytest's own directory: another run would close that to others."""
    directory = Path(tempfile.mkdtemp(prefix="rekan-tests-"))
    server = embedded.start(directory, durable=False)
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(directory)


@pytest.fixture(scope="session")
def admin(postgres: EmbeddedServer) -> Iterator[psycopg.Connection]:
    """Creates and drops databases."""
    url = address(postgres.cluster.path, "postgres")
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def template(postgres: EmbeddedServer, admin: psycopg.Connection) -> str:
    admin.execute(f"CREATE DATABASE {_TEMPLATE}")
    migrate.upgrade(address(postgres.cluster.path, _TEMPLATE))
    return _TEMPLATE


@pytest.fixture
def database_url(
    postgres: EmbeddedServer, admin: psycopg.Connection, template: str, request: pytest.FixtureRequest
) -> Iterator[str]:
    """A migrated, empty database of this test's own."""
    name = f"test_{abs(hash(request.node.nodeid))}"
    admin.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    yield address(postgres.cluster.path, name)
    admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def empty_database_url(postgres: EmbeddedServer, admin: psycopg.Connection) -> Iterator[str]:
    """A database without any table."""
    admin.execute("CREATE DATABASE empty_rekan STRATEGY FILE_COPY")
    yield address(postgres.cluster.path, "empty_rekan")
    admin.execute("DROP DATABASE empty_rekan WITH (FORCE)")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database(database_url, pool_size=20)
    yield opened
    await opened.close()


@pytest.fixture
def unit_of_work(database: Database) -> UnitOfWorkFactory:
    """PostgreSQL. Each call opens a transaction on a connection of its own."""
    return database.unit_of_work


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)
