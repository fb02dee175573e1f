"""The PostgreSQL server that comes as a Python package, kept under the data directory. Knows no table.

We drive the package's programs ourselves: its own starter trusts a process number left over by a machine reset, cannot
have a blank in a path, and lets every local user in when the path is too long for a socket.
"""

import fcntl
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from core.ports import DatabaseUnreachable
from core.storage import service_user
from core.storage.cluster import DATABASE, SUPERUSER, Cluster, address

_PATIENCE = 60
"""Seconds to start or stop: after a crash of a busy machine the server first replays its log."""
_LOG_LIMIT = 5_000_000

_SETTINGS = {
    "listen_addresses": "",  # the socket only; who may open it is decided by file permissions
    "unix_socket_permissions": "0700",
    "max_connections": "100",  # five processes with a pool of at most ten, listeners, and room
    "shared_buffers": "64MB",
    "work_mem": "4MB",
    "maintenance_work_mem": "32MB",
    "max_wal_size": "256MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "io_method": "sync",
    "max_logical_replication_workers": "0",
    "max_parallel_workers_per_gather": "0",
    "autovacuum_max_workers": "2",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "log_checkpoints": "off",
    "log_error_verbosity": "terse",  # the details of an error quote rows, and rows are people
    "log_min_error_statement": "panic",
}
_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class EmbeddedServer:
    """A running server. It outlives the process that started it: whoever answers for it calls `stop()`."""

    url: str
    pid: int
    cluster: Cluster

    def stop(self) -> None:
        """Ends the server, open connections included, and waits for it. Stopping what is stopped does no harm."""
        with _one_at_a_time(self.cluster):
            if self.cluster.running() is not None:
                _run(self.cluster, "pg_ctl", "-m", "fast", "-w", "-t", str(_PATIENCE), "stop")
            sockets = self.cluster.choose_socket_dir()
            if sockets != self.cluster.path:
                with suppress(OSError):
                    sockets.rmdir()


def start(data_dir: Path, *, durable: bool = True) -> EmbeddedServer:
    """Starts the server of this data directory, or finds it running. Raises DatabaseUnreachable saying why it cannot.

    `durable=False` gives up safety against a crash of the machine for speed: for tests.
    """
    cluster = Cluster.under(data_dir)
    cluster.path.parent.mkdir(parents=True, exist_ok=True)
    with _one_at_a_time(cluster):
        try:
            return _start(cluster, durable)
        except DatabaseUnreachable:
            if cluster.running() is not None:
                raise
            return _start(cluster, durable)  # what we found running was just being killed


def running_url(data_dir: Path) -> str:
    """The address of the running server; starts nothing. Raises DatabaseUnreachable when there is none."""
    cluster = Cluster.under(data_dir)
    postmaster = cluster.running()
    if postmaster is None:
        raise DatabaseUnreachable(str(cluster.path), "the embedded server is not running")
    return address(postmaster.socket_dir)


def _start(cluster: Cluster, durable: bool) -> EmbeddedServer:
    postmaster = cluster.wait_until_settled(_PATIENCE)
    if postmaster is None:
        _prepare(cluster)
        _launch(cluster, _SETTINGS if durable else _SETTINGS | _FAST)
        postmaster = cluster.wait_until_settled(_PATIENCE)
    if postmaster is None:
        raise DatabaseUnreachable(str(cluster.path), _last_words(cluster, ""))
    _create_database(postmaster.socket_dir)
    return EmbeddedServer(url=address(postmaster.socket_dir), pid=postmaster.pid, cluster=cluster)


@contextmanager
def _one_at_a_time(cluster: Cluster) -> Iterator[None]:
    """Processes that start or stop the same server do so one after the other."""
    with cluster.path.with_suffix(".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _prepare(cluster: Cluster) -> None:
    owner = service_user.find()
    service_user.open_the_way(owner, cluster.path.parent)
    service_user.open_the_way(owner, cluster.binaries)
    service_user.make_readable(owner, cluster.binaries.parent)
    if not (cluster.path / "global" / "pg_control").exists():
        # new, or its set-up was interrupted before there was any data: from the beginning
        shutil.rmtree(cluster.path, ignore_errors=True)
        service_user.make_private(owner, cluster.path)
        locale = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        _run(cluster, "initdb", "-U", SUPERUSER, "--encoding=UTF8", "--auth=trust", *locale)
    cluster.clear_leftovers()


def _launch(cluster: Cluster, settings: dict[str, str]) -> None:
    sockets = cluster.choose_socket_dir()
    if sockets != cluster.path:
        service_user.make_private(service_user.find(), sockets)
    log = _log(cluster)
    if log.exists() and log.stat().st_size > _LOG_LIMIT:
        log.replace(log.with_name("log.1"))
    options = {**settings, "unix_socket_directories": f'"{sockets}"'}
    quoted = " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in options.items())
    _run(cluster, "pg_ctl", "-l", str(log), "-w", "-t", str(_PATIENCE), "-o", quoted, "start")


def _create_database(sockets: Path) -> None:
    url = address(sockets, "postgres")
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=10) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
            if not known:
                connection.execute(f"CREATE DATABASE {DATABASE}".encode())
    except psycopg.OperationalError as error:
        raise DatabaseUnreachable(url, str(error).strip().splitlines()[0]) from error


def _run(cluster: Cluster, program: str, *arguments: str) -> None:
    """Runs one of the package's programs as the owner of the cluster; its complaint becomes DatabaseUnreachable."""
    command = [str(cluster.binaries / program), "-D", str(cluster.path), *arguments]
    # a file, not a pipe: the server would inherit the pipe and keep us waiting for its end;
    # a session of its own: Ctrl-C in the terminal is for us, and the server is stopped in good order
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            check=False,
            start_new_session=True,
            **service_user.identity(service_user.find()),
        )
        output.seek(0)
        if done.returncode:
            raise DatabaseUnreachable(str(cluster.path), f"{program}: {_last_words(cluster, output.read())}")


def _log(cluster: Cluster) -> Path:
    return cluster.path / "log"


def _last_words(cluster: Cluster, output: str) -> str:
    """The line that says most about a failure: the server's last fatal one, or the program's last one."""
    log = _log(cluster).read_text(errors="replace").splitlines()[-20:] if _log(cluster).exists() else []
    fatal = [line.partition("FATAL:")[2].strip() for line in log if "FATAL:" in line]
    spoken = [line.strip() for line in output.splitlines() if line.strip()]
    return (fatal[-1:] or spoken[-1:] or ["the server ended without a word"])[0]
