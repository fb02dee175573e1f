"""What a running system shows to other commands: a lock that only one holds, and `run.json` with the state of its components."""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from cli.supervisor import Status
from cli.texts import because

LOCK_FILE, STATE_FILE = "run.lock", "run.json"


class CannotStart(Exception):
    """The text is the one sentence the person reads; exit code 2."""


@contextmanager
def only_one(data_dir: Path) -> Iterator[None]:
    """Two systems on one data folder would fight for everything in it. The lock goes with the process, however it ends."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        lock: IO[str] = (data_dir / LOCK_FILE).open("a+", encoding="utf-8")
    except OSError as error:
        raise CannotStart(
            f"Folder data (setelan DATA_DIR={data_dir}) tidak dapat ditulisi: {because(error.strerror)}."
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            pid = lock.read().strip() or "?"
            raise CannotStart(
                f"Rekan sudah berjalan (pid {pid}). Hentikan dengan Ctrl-C di terminalnya atau `kill {pid}`, "
                "atau pakai DATA_DIR dan port lain."
            ) from error
        lock.seek(0)
        lock.truncate()
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def write_state(data_dir: Path, statuses: Mapping[str, Status], *, is_ready: bool) -> None:
    """For `rekan doctor`, the benchmarks and the end-to-end tests. Whole or not at all."""
    shown = {
        name: {"state": status.state, "pid": status.pid, "restarts": status.restarts, "reason": status.reason}
        for name, status in statuses.items()
    }
    half = data_dir / f"{STATE_FILE}.half"
    half.write_text(json.dumps({"pid": os.getpid(), "ready": is_ready, "components": shown}), encoding="utf-8")
    half.replace(data_dir / STATE_FILE)


def forget_state(data_dir: Path) -> None:
    (data_dir / STATE_FILE).unlink(missing_ok=True)


def running_state(data_dir: Path) -> dict[str, Any] | None:
    """What the running system has written down; None if none is running. A file left by a killed one does not count."""
    try:
        with (data_dir / LOCK_FILE).open("a+", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        try:
            state: dict[str, Any] = json.loads((data_dir / STATE_FILE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {"components": {}}
        return state
    except OSError:
        return None
    return None
