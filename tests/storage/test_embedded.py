"""The server under the data directory starts whatever was left behind there, and lets nobody else in."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from core.ports import DatabaseUnreachable
from core.storage import embedded
from core.storage.cluster import Cluster
from core.storage.embedded import EmbeddedServer


@pytest.fixture
def server(home: Path) -> Iterator[EmbeddedServer]:
    started = embedded.start(home, durable=False)
    yield started
    started.stop()


def answers(url: str) -> bool:
    with psycopg.connect(url, connect_timeout=5) as connection:
        return connection.execute("SELECT 1").fetchone() == (1,)


def kill(server: EmbeddedServer) -> None:
    """As the kernel does when memory runs out: without a word, in the middle of things."""
    family = [psutil.Process(server.pid), *psutil.Process(server.pid).children()]
    os.kill(server.pid, signal.SIGKILL)
    psutil.wait_procs(family, timeout=10)


def rewrite_pid(cluster: Cluster, pid: int) -> None:
    lines = cluster.pid_file.read_text().splitlines()
    cluster.pid_file.write_text("\n".join([str(pid), *lines[1:]]) + "\n")


def test_it_answers_and_has_a_database(server: EmbeddedServer) -> None:
    assert server.url.startswith("postgresql://postgres@/rekan?host=")
    assert answers(server.url)


def test_a_second_start_finds_the_running_server(server: EmbeddedServer, home: Path) -> None:
    assert embedded.start(home) == server


def test_a_process_that_found_it_running_leaves_it_running(server: EmbeddedServer, home: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from core.storage import embedded; embedded.start(Path(sys.argv[1]))"
    )
    subprocess.run([sys.executable, "-c", program, str(home)], check=True, timeout=60)
    assert answers(server.url)


def test_the_address_can_be_asked_for_without_starting_anything(home: Path, server: EmbeddedServer) -> None:
    assert embedded.running_url(home) == server.url
    server.stop()
    with pytest.raises(DatabaseUnreachable, match="not running"):
        embedded.running_url(home)


def test_a_directory_without_a_cluster_has_no_address(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnreachable, match="not running"):
        embedded.running_url(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()


def test_stopping_what_is_stopped_does_no_harm(server: EmbeddedServer) -> None:
    server.stop()
    server.stop()
    assert not psutil.pid_exists(server.pid) or psutil.Process(server.pid).status() == psutil.STATUS_ZOMBIE


def test_what_was_written_survives_a_kill(home: Path) -> None:
    server = embedded.start(home)  # with fsync, as in earnest
    with psycopg.connect(server.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    kill(server)
    server = embedded.start(home, durable=False)
    with psycopg.connect(server.url) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)
    server.stop()


def test_a_process_number_that_is_another_programs_by_now_is_no_obstacle(server: EmbeddedServer, home: Path) -> None:
    kill(server)
    rewrite_pid(server.cluster, os.getpid())
    assert answers(embedded.start(home, durable=False).url)


def test_a_pid_file_cut_off_by_a_reset_is_no_obstacle(server: EmbeddedServer, home: Path) -> None:
    kill(server)
    server.cluster.pid_file.write_text("")
    assert answers(embedded.start(home, durable=False).url)


def test_a_set_up_that_was_interrupted_is_begun_again() -> None:
    home = Path(tempfile.mkdtemp(prefix="rekan-tests-"))
    (home / "postgres" / "base").mkdir(parents=True)
    (home / "postgres" / "PG_VERSION").write_text("18\n")
    server = embedded.start(home, durable=False)
    assert answers(server.url)
    server.stop()
    shutil.rmtree(home)


def test_a_path_too_long_for_a_socket_works_and_its_socket_is_private() -> None:
    home = Path(tempfile.mkdtemp(prefix="rekan-tests-"))
    server = embedded.start(home.joinpath(*["a-directory-with-a-long-name"] * 6), durable=False)
    assert answers(server.url)
    sockets = server.cluster.choose_socket_dir()
    assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
    server.stop()
    assert not sockets.exists()
    shutil.rmtree(home)


def test_only_its_owner_and_root_can_open_the_socket(server: EmbeddedServer) -> None:
    socket = server.cluster.choose_socket_dir() / ".s.PGSQL.5432"
    assert stat.S_IMODE(socket.stat().st_mode) & 0o077 == 0


def test_a_server_that_cannot_start_says_why(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(embedded._SETTINGS, "shared_buffers", "a lot")
    with pytest.raises(DatabaseUnreachable, match="shared_buffers"):
        embedded.start(home)
