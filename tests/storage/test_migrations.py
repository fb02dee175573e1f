"""The history of the schema leads to what the models say, step by step, and back."""

from typing import Any

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from core.storage import migrate
from core.storage.addresses import parse
from core.storage.tables import metadata

REVISIONS = [
    script.revision for script in reversed(list(ScriptDirectory.from_config(migrate._config()).walk_revisions()))
]

# what PostgreSQL made of the statements, in its own words
_COLUMNS = """
SELECT table_name, column_name, data_type, udt_name, is_nullable, column_default, is_identity
FROM information_schema.columns WHERE table_schema = 'public'
"""
_CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
"""
_INDEXES = "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"


def schema(url: str) -> set[tuple[Any, ...]]:
    with psycopg.connect(url) as connection:
        rows = [row for query in (_COLUMNS, _CONSTRAINTS, _INDEXES) for row in connection.execute(query).fetchall()]
    return {row for row in rows if row[0] != "alembic_version"}


@pytest.mark.parametrize("revision", REVISIONS)
def test_each_revision_goes_up_down_and_up_again(empty_database_url: str, revision: str) -> None:
    migrate.upgrade(empty_database_url, revision)
    there = schema(empty_database_url)
    migrate.downgrade(empty_database_url, "-1")
    migrate.upgrade(empty_database_url, revision)
    assert schema(empty_database_url) == there


def test_going_down_to_the_beginning_leaves_nothing_behind(empty_database_url: str) -> None:
    migrate.upgrade(empty_database_url)
    migrate.downgrade(empty_database_url, "base")
    assert schema(empty_database_url) == set()


def test_the_migrations_lead_to_exactly_what_the_models_say(database_url: str, empty_database_url: str) -> None:
    engine = create_engine(parse(empty_database_url))
    metadata.create_all(engine)
    engine.dispose()
    assert schema(database_url) == schema(empty_database_url)


def test_alembic_finds_no_difference_either(database_url: str) -> None:
    engine = create_engine(parse(database_url))
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_upgrading_what_is_new_already_changes_nothing(database_url: str) -> None:
    before = schema(database_url)
    migrate.upgrade(database_url)
    assert schema(database_url) == before
