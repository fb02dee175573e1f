"""`rekan run`: prepares the database and the model, then hands the components to the supervisor until it is told to stop.

Exit codes: 0 stopped as asked, 1 something broke, 2 a setting or the machine keeps it from starting (one sentence says which).
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console

from cli.components import (
    PEOPLE_FILE,
    base_environment,
    components,
    embedder_environment,
    rasa_python,
    training_environment,
)
from cli.database import Database, DatabaseTrouble, start_database
from cli.display import make_display
from cli.findings import Finding, check_port, check_token, read_settings, used_ports
from cli.keys import make_keys
from cli.model import TrainingFailed, model_key, model_path, train
from cli.processes import Guardian, Running, cut_short, last_lines, rotate
from cli.state import CannotStart, forget_state, only_one, write_state
from cli.steps import Stopped, side_by_side
from cli.supervisor import State, Status, Supervisor
from core.settings import ROOT, Settings


class Broken(Exception):
    """Something that should work did not; exit code 1. `lines` are its last words."""

    def __init__(self, message: str, lines: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.lines = lines


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


class Run:
    """One start of the whole system."""

    def __init__(self, settings: Settings, console: Console, *, with_sample: bool) -> None:
        self._settings = settings
        self._console = console
        self._with_sample = with_sample
        self._logs = settings.data_dir / "logs"
        self._guardian = Guardian()
        self._stop = asyncio.Event()
        self._database: Database | None = None
        self._supervisor: Supervisor | None = None
        self._was_ready = False

    async def run(self) -> int:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._asked_to_stop)
        await self._guardian.start()
        try:
            await side_by_side(self._console, self._stop, {"Basis data": self._start_database()})
            assert self._database is not None  # the step has set it
            works: dict[str, Coroutine[Any, Any, object]] = {"Skema dan data awal": self._prepare(self._database.url)}
            model = model_path(ROOT, model_key(ROOT))
            if not model.exists():
                works["Melatih model bahasa"] = self._train()
            await side_by_side(self._console, self._stop, works)
            return await self._supervise(self._database.url, model)
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
            if self._database is not None:
                await asyncio.to_thread(self._database.stop)
                self._guardian.say("database", 0)
            await self._guardian.stop()
            forget_state(self._settings.data_dir)
            self._say("Semua sudah berhenti.")

    def _asked_to_stop(self) -> None:
        if self._stop.is_set() and self._supervisor is not None:
            self._supervisor.kill_all()
        self._stop.set()

    def _say(self, text: str) -> None:
        self._console.print(text, markup=False, highlight=False, soft_wrap=True)

    async def _start_database(self) -> None:
        starting = asyncio.ensure_future(asyncio.to_thread(start_database, self._settings))
        try:
            self._database = await asyncio.shield(starting)
        except asyncio.CancelledError:
            # a thread cannot be stopped half way, and the server it has started must be stopped with us
            self._database = await starting
            raise
        self._guardian.say("database", self._database.postmaster or 0)

    async def _prepare(self, database_url: str) -> None:
        """Migrations and sample data, in a process of their own: what they load is not needed afterwards."""
        log = self._logs / "prepare.log"
        rotate(log)
        given = ["--sample"] if self._with_sample else []
        if self._settings.uses_sandbox:
            given += ["--sandbox-people", str(self._settings.data_dir / PEOPLE_FILE)]
        process = await Running.start(
            (sys.executable, "-m", "cli.prepare", *given), cwd=ROOT, log=log, guardian=self._guardian,
            env=base_environment(self._settings) | embedder_environment(self._settings) | {"DATABASE_URL": database_url},
        )  # fmt: skip
        try:
            code = await process.wait()
        finally:
            await process.stop(5)
        if code == 2:
            raise CannotStart(last_lines(log, 1)[0])
        if code:
            raise Broken(f"Basis data tidak dapat disiapkan. Catatan lengkap: {log}", last_lines(log, 8))

    async def _train(self) -> None:
        log = self._logs / "train.log"
        env = training_environment(self._settings)
        await train(ROOT, model_key(ROOT), rasa_python(), env, log=log, guardian=self._guardian)

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
                    pending = {running} if giving_up.done() else {running, giving_up}
                    await asyncio.wait(pending, timeout=1, return_when=asyncio.FIRST_COMPLETED)
                    display.tick()
                    for name in statuses:
                        cut_short(self._logs / f"{name}.log")
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
        if self._supervisor is not None:
            write_state(self._settings.data_dir, self._supervisor.statuses, is_ready=self._was_ready)
