"""People can type what PostgreSQL cannot hold: NUL, and halves of surrogate pairs. It goes in without them, not with an error."""

import json
from typing import Any

from psycopg.types.string import StrDumperUnknown
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry


def storable(text: str) -> str:
    """The text without NUL; half a surrogate pair becomes a question mark."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def dump_json(value: Any) -> str:
    return json.dumps(_storable_within(value), ensure_ascii=False)


def accept_any(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """Called by the pool for each new connection: every text goes through `storable`, in lookups as in rows."""
    driver: Any = connection.driver_connection
    driver.adapters.register_dumper(str, _StorableDumper)


class _StorableDumper(StrDumperUnknown):
    def dump(self, obj: str) -> Any:
        return super().dump(storable(obj))


def _storable_within(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {key: _storable_within(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_storable_within(item) for item in value]
    return value
