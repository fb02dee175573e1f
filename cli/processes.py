"""One operating system process of ours: in a group of its own, writing to its own log file, never left behind.

Knows nothing of components or restarts. Three things keep it from becoming an orphan: `stop`, the guardian (its pipe
closes when the supervisor dies), and on Linux the kernel's parent-death signal.
"""

import asyncio
import contextlib
import ctypes
import os
import shutil
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

KEPT_LOGS = 5
LARGEST_LOG = 50_000_000
"""Bytes. A component that complains for days must not fill the disk."""
_PR_SET_PDEATHSIG = 1


def rotate(log: Path, keep: int = KEPT_LOGS) -> None:
    """`bot.log` becomes `bot.log.1`, and so on; the oldest goes."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if not log.exists():
        return
    for number in range(keep - 1, 0, -1):
        older = log.with_name(f"{log.name}.{number}")
        if older.exists():
            older.replace(log.with_name(f"{log.name}.{number + 1}"))
    log.replace(log.with_name(f"{log.name}.1"))


def cut_short(log: Path, largest: int = LARGEST_LOG) -> None:
    """A log that has grown too large goes aside in one piece; the process writes on into the emptied file."""
    if log.exists() and log.stat().st_size > largest:
        shutil.copyfile(log, log.with_name(f"{log.name}.1"))
        os.truncate(log, 0)


def last_lines(log: Path, count: int = 6, *, since: int = 0) -> list[str]:
    """What the process said last, without empty lines; at most the last 8 KiB are read."""
    try:
        with log.open("rb") as file:
            file.seek(0, os.SEEK_END)
            end = file.tell()
            file.seek(max(since if since <= end else 0, end - 8192))
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return []
    return [line.rstrip()[:300] for line in text.splitlines() if line.strip()][-count:]


class Guardian:
    """The supervisor's end of the pipe to `cli/guardian.py`."""

    def __init__(self, patience: float = 5.0) -> None:
        self._patience = patience
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-I", "-S", str(Path(__file__).with_name("guardian.py")), str(self._patience),
            stdin=asyncio.subprocess.PIPE, start_new_session=True,
        )  # fmt: skip

    def say(self, word: str, number: int) -> None:
        """A guardian that died is no reason to stop: the parent-death signal is left."""
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(ConnectionError, RuntimeError):
                self._process.stdin.write(f"{word} {number}\n".encode())

    async def stop(self) -> None:
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
            await self._process.wait()


def _dies_with_parent() -> Callable[[], None] | None:
    """For the child between fork and exec: asks the kernel for SIGTERM when the supervisor's thread ends."""
    if not sys.platform.startswith("linux"):
        return None
    prctl, parent = ctypes.CDLL(None, use_errno=True).prctl, os.getpid()

    def ask() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)

    return ask


class Running:
    """A started process. Create with `start`; always end with `stop`, also when it ended by itself."""

    def __init__(self, process: asyncio.subprocess.Process, guardian: Guardian, log: Path, log_start: int) -> None:
        self._process = process
        self._guardian = guardian
        self.log = log
        self.log_start = log_start
        """Where in the log this process began to write."""

    @classmethod
    async def start(
        cls, command: Sequence[str], *, cwd: Path, env: Mapping[str, str], log: Path, guardian: Guardian
    ) -> "Running":
        """Raises OSError if the program cannot be run."""
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as file:
            log_start = file.tell()
            process = await asyncio.create_subprocess_exec(
                *command, cwd=cwd, env=env, stdin=asyncio.subprocess.DEVNULL, stdout=file, stderr=asyncio.subprocess.STDOUT,
                start_new_session=True, preexec_fn=_dies_with_parent(),
            )  # fmt: skip
        guardian.say("guard", process.pid)
        return cls(process, guardian, log, log_start)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative: the number of the signal that ended it."""
        return self._process.returncode

    async def wait(self) -> int:
        return await self._process.wait()

    async def stop(self, patience: float) -> None:
        """SIGTERM, then SIGKILL after `patience` seconds; whatever it started itself goes with it."""
        if self._process.returncode is None:
            self._signal(signal.SIGTERM)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._process.wait(), patience)
        self._signal(signal.SIGKILL)
        await self._process.wait()
        self._guardian.say("release", self.pid)

    def kill(self) -> None:
        self._signal(signal.SIGKILL)

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, number)
