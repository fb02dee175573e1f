"""`rekan run`: prepares the database and the model, then hands the components to the supervisor until it is told to stop.

Exit codes: 0 stopped as asked, 1 something broke, 2 a setting or the machine keeps it from starting (one sentence says which).
"""

import asyncio
import fcntl
import json
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import IO, TypeVar

from rich.console import Console

from cli.components import PEOPLE_FILE, base_environment, components, rasa_python, training_environment
from cli.database import Database, DatabaseTrouble, start_database
from cli.display import make_display
from cli.findings import Finding, check_port, check_token, read_settings, used_ports
from cli.keys import make_keys
from cli.model import TrainingFailed, model_key, model_path, train
from cli.processes import Guardian, Running, last_lines, rotate
from cli.supervisor import State, Status, Supervisor
from core.settings import ROOT, Settings

LOCK_FILE, STATE_FILE = "run.lock", "run.json"
T = TypeVar("T")


class CannotStart(Exception):
    """The text is the one sentence the person reads; exit code 2."""


class Broken(Exception):
    """Something that should work did not; exit code 1. `lines` are its last words."""

    def __init__(self, message: str, lines: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.lines = lines


class Stopped(Exception):
    """Somebody asked to stop while things were being prepared."""


def run(*, with_sample: bool | None, plain: bool) -> int:
    """`with_sample` None: with the sandbox yes, with real Telegram no."""
    console = Console(force_terminal=False if plain else None)
    try:
        settings = checked_settings(console)
        with only_one(settings.data_dir):
            check_machine(settings, console)
            return asyncio.run(
                Run(settings, console, with_sample=settings.uses_sandbox if with_sample is None else with_sample).run()
            )
    except CannotStart as error:
        print(error, file=sys.stderr)
        return 2


def checked_settings(console: Console) -> Settings:
    settings, findings = read_settings()
    _refuse(findings, console)
    assert settings is not None  # otherwise there were findings
    return settings


def check_machine(settings: Settings, console: Console) -> None:
    """What would make components fail one by one is said once, before anything starts."""
    _refuse([check_port(name, port) for name, port in used_ports(settings).items()], console)
    if not os.access(rasa_python(), os.X_OK):
        raise CannotStart("Lingkungan server Rasa (.venv-nlu) belum ada. Jalankan `make run`, yang membuatnya.")
    _refuse([check_token(settings)], console)


def _refuse(findings: Sequence[Finding], console: Console) -> None:
    wrong = [finding for finding in findings if not finding.is_ok]
    for hint in wrong:
        if not hint.is_fatal:
            console.print(f"  ! {hint.sentence}", markup=False, highlight=False, soft_wrap=True)
    fatal = [finding.sentence for finding in wrong if finding.is_fatal]
    if fatal:
        raise CannotStart("\n".join(fatal))


@contextmanager
def only_one(data_dir: Path) -> Iterator[None]:
    """Two systems on one data folder would fight for everything in it. The lock goes with the process, however it ends."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        lock: IO[str] = (data_dir / LOCK_FILE).open("a+", encoding="utf-8")
    except OSError as error:
        raise CannotStart(
            f"Folder data (setelan DATA_DIR={data_dir}) tidak dapat ditulisi: {error.strerror}."
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


class Run:
    """One start of the whole system."""

    def __init__(self, settings: Settings, console: Console, *, with_sample: bool) -> None:
        self._settings = settings
        self._console = console
        self._with_sample = with_sample
        self._logs = settings.data_dir / "logs"
        self._guardian = Guardian()
        self._stop = asyncio.Event()
        self._supervisor: Supervisor | None = None
        self._was_ready = False

    async def run(self) -> int:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._asked_to_stop)
        await self._guardian.start()
        database: Database | None = None
        try:
            database = await self._step("Basis data", asyncio.to_thread(start_database, self._settings))
            self._guardian.say("database", database.postmaster or 0)
            await self._step("Skema dan data awal", self._prepare(database.url))
            model = await self._model()
            return await self._supervise(database.url, model)
        except Stopped:
            return 0
        except (DatabaseTrouble, CannotStart) as error:
            print(error, file=sys.stderr)
            return 2
        except (TrainingFailed, Broken) as error:
            for line in error.lines:
                print(f"    {line}", file=sys.stderr)
            print(error, file=sys.stderr)
            return 1
        finally:
            if database is not None:
                await asyncio.to_thread(database.stop)
                self._guardian.say("database", 0)
            await self._guardian.stop()
            (self._settings.data_dir / STATE_FILE).unlink(missing_ok=True)
            self._say("Semua sudah berhenti.")

    def _asked_to_stop(self) -> None:
        if self._stop.is_set() and self._supervisor is not None:
            self._supervisor.kill_all()
        self._stop.set()

    def _say(self, text: str) -> None:
        self._console.print(text, markup=False, highlight=False, soft_wrap=True)

    async def _step(self, name: str, work: Awaitable[T], *, every: float = 10.0) -> T:
        """Does the work with its name and seconds on the terminal. Raises Stopped when asked to stop meanwhile."""
        began = time.monotonic()
        task = asyncio.ensure_future(work)
        stopping = asyncio.ensure_future(self._stop.wait())
        with self._console.status(name) if self._console.is_terminal else nullcontext() as status:
            while not task.done() and not self._stop.is_set():
                await asyncio.wait(
                    {task, stopping}, timeout=1 if status else every, return_when=asyncio.FIRST_COMPLETED
                )
                elapsed = time.monotonic() - began
                if status:
                    status.update(f"{name} … {elapsed:.0f} dtk")
                elif not task.done():
                    self._say(f"  … {name}: {elapsed:.0f} dtk")
        stopping.cancel()
        if not task.done():
            task.cancel()
            await asyncio.wait({task})
            raise Stopped
        result = await task
        self._say(f"  ✓ {name} ({time.monotonic() - began:.1f} dtk)")
        return result

    async def _prepare(self, database_url: str) -> None:
        """Migrations and sample data, in a process of their own: what they load is not needed afterwards."""
        log = self._logs / "prepare.log"
        rotate(log)
        given = ["--sample"] if self._with_sample else []
        if self._settings.uses_sandbox:
            given += ["--sandbox-people", str(self._settings.data_dir / PEOPLE_FILE)]
        process = await Running.start(
            (sys.executable, "-m", "cli.prepare", *given), cwd=ROOT, log=log, guardian=self._guardian,
            env=base_environment(self._settings) | {"DATABASE_URL": database_url},
        )  # fmt: skip
        try:
            code = await process.wait()
        finally:
            await process.stop(5)
        if code == 2:
            raise CannotStart(last_lines(log, 1)[0])
        if code:
            raise Broken(f"Basis data tidak dapat disiapkan. Catatan lengkap: {log}", last_lines(log, 8))

    async def _model(self) -> Path:
        key = model_key(ROOT)
        kept = model_path(ROOT, key)
        if kept.exists():
            return kept
        training = train(
            ROOT,
            key,
            rasa_python(),
            training_environment(self._settings),
            log=self._logs / "train.log",
            guardian=self._guardian,
        )
        return await self._step("Melatih model bahasa (hanya bila data berubah)", training)

    async def _supervise(self, database_url: str, model: Path) -> int:
        keys = make_keys(self._settings)
        statuses: dict[str, Status] = {}
        with make_display(self._console, statuses) as display:

            def changed(name: str, status: Status) -> None:
                display.show(name, status)
                self._record()

            supervisor = self._supervisor = Supervisor(
                components(self._settings, keys, database_url=database_url, model=model),
                cwd=ROOT,
                logs=self._logs,
                guardian=self._guardian,
                on_change=changed,
            )
            statuses.update(supervisor.statuses)
            running = asyncio.ensure_future(supervisor.run(self._stop))
            announcing = asyncio.ensure_future(self._announce(supervisor, display.say))
            giving_up = asyncio.ensure_future(supervisor.failed.wait())
            try:
                while not running.done():
                    await asyncio.wait({running, giving_up}, timeout=1, return_when=asyncio.FIRST_COMPLETED)
                    display.tick()
                    if giving_up.done() and not self._was_ready:
                        self._stop.set()  # it never worked: nobody is served by the rest
                        await running
            finally:
                announcing.cancel()
                giving_up.cancel()
            await running
        failed = [name for name, status in supervisor.statuses.items() if status.state is State.FAILED]
        if failed and not self._was_ready:
            logs = ", ".join(str(self._logs / f"{name}.log") for name in failed)
            raise Broken(f"{', '.join(failed)} tidak dapat dijalankan. Catatan lengkap: {logs}")
        return 0

    async def _announce(self, supervisor: Supervisor, say: Callable[[str], None]) -> None:
        await supervisor.all_up.wait()
        self._was_ready = True
        self._record()
        if self._settings.uses_sandbox:
            say(f"\nRekan siap. Buka halaman telepon: http://127.0.0.1:{self._settings.sandbox_port}/")
        else:
            say(f"\nRekan siap dan menunggu pesan di Telegram (@{self._settings.official_bot_username}).")
        say("Hentikan dengan Ctrl-C.")

    def _record(self) -> None:
        """`run.json`: what runs, for `rekan doctor`, the benchmarks and the end-to-end tests."""
        if self._supervisor is None:
            return
        shown = {
            name: {"state": status.state, "pid": status.pid, "restarts": status.restarts, "reason": status.reason}
            for name, status in self._supervisor.statuses.items()
        }
        path = self._settings.data_dir / STATE_FILE
        half = path.with_suffix(".half")
        half.write_text(json.dumps({"pid": os.getpid(), "ready": self._was_ready, "components": shown}), "utf-8")
        half.replace(path)
