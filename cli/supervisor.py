"""Keeps the components running: starts each when what it needs is up, restarts what dies, stops all in order.

Knows processes and probes; not what the components are (cli/components.py), nor how their state is shown (cli/display.py).
"""

import asyncio
import contextlib
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from cli.probes import Probe
from cli.processes import Guardian, Running, last_lines, rotate

BAD_SETTING = 2
"""Exit code of a component that cannot run before somebody changes a setting: starting it again is no use."""


class State(StrEnum):
    WAITING = "waiting"
    """For another component, or for the pause before a restart to pass."""
    STARTING = "starting"
    UP = "up"
    FAILED = "failed"
    """Given up; `reason` says why."""
    STOPPED = "stopped"


@dataclass(frozen=True)
class Component:
    """What to run, and how to tell that it is ready. `stage` orders the stopping: the highest first."""

    name: str
    command: tuple[str, ...]
    env: Mapping[str, str]
    ready: Probe
    needs: frozenset[str] = frozenset()
    stage: int = 0
    start_within: float = 60.0
    stop_within: float = 10.0


@dataclass
class Status:
    state: State = State.WAITING
    reason: str = ""
    pid: int | None = None
    restarts: int = 0
    since: float = field(default_factory=time.monotonic)
    lines: tuple[str, ...] = ()
    """The last words of a component that failed."""


@dataclass(frozen=True)
class Patience:
    """How often and how quickly a component is started again. A component that stayed up `forgets_after` starts afresh."""

    pauses: Sequence[float] = (0.5, 1, 2, 4, 8, 15)
    forgets_after: float = 120.0
    probe_every: float = 0.2


class Supervisor:
    def __init__(
        self,
        components: Sequence[Component],
        *,
        cwd: Path,
        logs: Path,
        guardian: Guardian,
        on_change: Callable[[str, Status], None],
        patience: Patience | None = None,
    ) -> None:
        self._components = {component.name: component for component in components}
        self._cwd = cwd
        self._logs = logs
        self._guardian = guardian
        self._on_change = on_change
        self._patience = patience or Patience()
        self._up = {component.name: asyncio.Event() for component in components}
        self._running: dict[str, Running] = {}
        self.statuses = {component.name: Status() for component in components}
        self.all_up = asyncio.Event()
        """Set while every component is up."""
        self.failed = asyncio.Event()
        """Set once a component has been given up."""

    async def run(self, stop: asyncio.Event) -> None:
        """Runs until `stop` is set, then stops everything. Other components live on when one is given up."""
        for component in self._components.values():
            rotate(self._logs / f"{component.name}.log")
        tasks: list[asyncio.Task[None]] = []
        try:
            async with asyncio.TaskGroup() as group:
                tasks.extend(group.create_task(self._keep(component)) for component in self._components.values())
                await stop.wait()
                for task in tasks:
                    task.cancel()
        finally:
            await self._stop_all()

    def kill_all(self) -> None:
        """No more patience: SIGKILL to everything at once."""
        for process in self._running.values():
            process.kill()

    async def _keep(self, component: Component) -> None:
        """One component's life: start, watch, and start again, until it is given up."""
        attempts = 0
        while True:
            missing = [name for name in sorted(component.needs) if not self._up[name].is_set()]
            if missing:
                self._set(component, State.WAITING, f"menunggu {', '.join(missing)}", pid=None)
                for name in missing:
                    await self._up[name].wait()
            began = time.monotonic()
            exit_code, reason, lines = await self._live(component)
            self._up[component.name].clear()
            self.all_up.clear()
            if time.monotonic() - began > self._patience.forgets_after:
                attempts = 0
            if attempts >= len(self._patience.pauses) or exit_code == BAD_SETTING:
                self._set(component, State.FAILED, reason, pid=None, lines=lines)
                self.failed.set()
                return
            pause = self._patience.pauses[attempts]
            attempts += 1
            status = self.statuses[component.name]
            status.restarts += 1
            self._set(component, State.WAITING, f"{reason}; dimulai lagi dalam {pause:g} dtk", pid=None, lines=lines)
            await asyncio.sleep(pause)

    async def _live(self, component: Component) -> tuple[int | None, str, tuple[str, ...]]:
        """Starts it and stays until it has ended; returns its exit code, why it ended, and its last words."""
        log = self._logs / f"{component.name}.log"
        try:
            process = await Running.start(
                component.command, cwd=self._cwd, env=component.env, log=log, guardian=self._guardian
            )
        except OSError as error:
            return None, f"tidak dapat dijalankan: {error.strerror}: {component.command[0]}", ()
        self._running[component.name] = process
        self._set(component, State.STARTING, "", pid=process.pid)
        ended = asyncio.ensure_future(process.wait())
        try:
            is_ready = await self._until_ready(component, process)
            if is_ready:
                self._set(component, State.UP, "", pid=process.pid)
                self._up[component.name].set()
                if all(status.state is State.UP for status in self.statuses.values()):
                    self.all_up.set()
                await ended
            exit_code = process.exit_code
            late = f"tidak siap dalam {component.start_within:g} dtk"
            reason = late if exit_code is None else ending(exit_code)
            await process.stop(component.stop_within)
            del self._running[component.name]
        finally:
            ended.cancel()
        return exit_code, reason, tuple(last_lines(log, since=process.log_start))

    async def _until_ready(self, component: Component, process: Running) -> bool:
        """False if it ended or its time ran out first."""
        until = time.monotonic() + component.start_within
        while process.exit_code is None and time.monotonic() < until:
            if await component.ready(process):
                # an answer that came from somebody else on the same port does not count
                return process.exit_code is None
            await asyncio.sleep(self._patience.probe_every)
        return False

    async def _stop_all(self) -> None:
        for stage in sorted({component.stage for component in self._components.values()}, reverse=True):
            names = [name for name in self._running if self._components[name].stage == stage]
            await asyncio.gather(*(self._stop(name) for name in names))

    async def _stop(self, name: str) -> None:
        component = self._components[name]
        await self._running[name].stop(component.stop_within)
        del self._running[name]
        self._set(component, State.STOPPED, "", pid=None)

    def _set(
        self, component: Component, state: State, reason: str, *, pid: int | None, lines: tuple[str, ...] = ()
    ) -> None:
        status = self.statuses[component.name]
        status.state, status.reason, status.pid, status.lines = state, reason, pid, lines
        status.since = time.monotonic()
        self._on_change(component.name, status)


def ending(exit_code: int) -> str:
    """How a process ended, in words."""
    if exit_code >= 0:
        return f"berhenti dengan kode {exit_code}"
    with contextlib.suppress(ValueError):
        return f"dihentikan oleh {signal.Signals(-exit_code).name}"
    return f"dihentikan oleh sinyal {-exit_code}"
