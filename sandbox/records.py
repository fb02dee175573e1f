"""The sandbox's memory on disk: small records by kind and name, in the order in which they were first put.

Knows no chats and no people; whoever keeps something in memory also puts it here and reads it back at the start.
"""

import json
import logging
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

log = logging.getLogger(__name__)

T = TypeVar("T")

PATIENCE_SECONDS = 2.0
"""A sandbox that was just told to stop may hold the file for so long."""
_VERSION = 1
_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_SIDE_FILES = ("-wal", "-shm", "-journal")


class Record(NamedTuple):
    name: str
    value: Any
    content: bytes


class StateUnusable(Exception):
    """The file cannot be opened or written; nothing is wrong with what stands in it."""


class Records(Protocol):
    """What is put is safe once `commit` returns, also if the process is killed in the next moment."""

    def put(self, kind: str, name: object, value: Any, content: bytes = b"") -> None: ...
    def drop(self, kind: str, name: object) -> None: ...
    def all(self, kind: str) -> Iterator[Record]: ...
    def commit(self) -> None: ...
    def close(self) -> None: ...


class NothingKept:
    """For a sandbox that may forget everything when it stops."""

    def put(self, kind: str, name: object, value: Any, content: bytes = b"") -> None:
        pass

    def drop(self, kind: str, name: object) -> None:
        pass

    def all(self, kind: str) -> Iterator[Record]:
        return iter(())

    def commit(self) -> None:
        pass

    def close(self) -> None:
        pass


class SqliteRecords:
    """One file of one process, for its owner's eyes. Raises sqlite3.Error or OSError if it is damaged or cannot be used."""

    def __init__(self, path: Path) -> None:
        path.touch(mode=0o600)  # SQLite gives its side files the same
        self._connection = sqlite3.connect(path, timeout=PATIENCE_SECONDS, check_same_thread=False)
        try:
            self._open()
        except Exception:
            self._connection.close()
            raise

    def _open(self) -> None:
        execute = self._connection.execute
        execute("PRAGMA locking_mode = EXCLUSIVE")
        execute("PRAGMA journal_mode = WAL")
        # A killed process loses nothing so; a machine without power may lose the last moments, but not the file.
        execute("PRAGMA synchronous = NORMAL")
        version = execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, _VERSION):
            raise ValueError(f"its layout is {version}, not {_VERSION}")
        if (found := execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
            raise ValueError(found)
        execute(
            "CREATE TABLE IF NOT EXISTS records (number INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL,"
            " value TEXT NOT NULL, content BLOB NOT NULL, UNIQUE (kind, name))"
        )
        execute(f"PRAGMA user_version = {_VERSION}")
        self._connection.commit()

    def put(self, kind: str, name: object, value: Any, content: bytes = b"") -> None:
        self._connection.execute(
            "INSERT INTO records (kind, name, value, content) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (kind, name) DO UPDATE SET value = excluded.value, content = excluded.content",
            (kind, str(name), json.dumps(value, separators=(",", ":")), content),
        )

    def drop(self, kind: str, name: object) -> None:
        self._connection.execute("DELETE FROM records WHERE kind = ? AND name = ?", (kind, str(name)))

    def all(self, kind: str) -> Iterator[Record]:
        rows = self._connection.execute(
            "SELECT name, value, content FROM records WHERE kind = ? ORDER BY number", (kind,)
        )
        for name, value, content in rows:
            yield Record(name, json.loads(value), content)

    def commit(self) -> None:
        if self._connection.in_transaction:
            self._connection.commit()

    def close(self) -> None:
        self.commit()
        self._connection.close()


def remembered(path: Path, read: Callable[[Records], T]) -> T:
    """What `read` makes of the file's records. A damaged file is moved aside, said in one line, and begun anew.

    Raises StateUnusable if the file is in use by another sandbox or cannot be opened.
    """
    try:
        return _read(path, read)
    except OSError as error:
        raise StateUnusable(f"{path}: {error.strerror}") from error
    except sqlite3.Error as error:
        if error.sqlite_errorcode & 0xFF not in _DAMAGE:
            raise StateUnusable(f"{path}: {error}") from error
        reason: Exception = error
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        reason = error
    aside = _moved_aside(path)
    log.warning("%s is damaged (%s): moved to %s, starting with nothing", path.name, reason, aside.name)
    return _read(path, read)


def _read(path: Path, read: Callable[[Records], T]) -> T:
    records = SqliteRecords(path)
    try:
        return read(records)
    except Exception:
        records.close()
        raise


def _moved_aside(path: Path) -> Path:
    aside = path.with_name(f"{path.name}.damaged-{time.time_ns() // 1_000_000}")
    path.rename(aside)
    for ending in _SIDE_FILES:
        side = path.with_name(path.name + ending)
        if side.exists():
            side.rename(aside.with_name(aside.name + ending))
    return aside
