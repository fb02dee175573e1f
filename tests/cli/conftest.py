"""Stub components and a supervisor over them: real processes, a second long at most, and no sleeping in the tests."""

import asyncio
import contextlib
import os
import sys
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
import pytest_asyncio

from cli.probes import said
from cli.processes import Guardian
from cli.supervisor import Component, Patience, Status, Supervisor

DEADLINE = 10.0
STUB = """
import os, signal, sys, time
{setup}
print("stub is ready", os.getpid(), flush=True)
{life}
"""


def stub(name: str, *, life: str = "signal.pause()", setup: str = "", **changes: object) -> Component:
    """A component of two lines of Python that is ready when it has said so."""
    program = STUB.format(setup=setup, life=life)
    environ = {"PATH": os.defpath}
    made = Component(name, (sys.executable, "-S", "-c", program), environ, said("stub is ready"), stop_within=5)
    return replace(made, **changes)  # type: ignore[arg-type]


async def until(claim: Callable[[], object], deadline: float = DEADLINE) -> None:
    """Returns once the claim holds; fails loudly when it does not in time."""
    ends = time.monotonic() + deadline
    while not claim():
        if time.monotonic() > ends:
            pytest.fail(f"not true within {deadline:g} s")
        await asyncio.sleep(0.01)


def is_running(pid: int) -> bool:
    """False for zombies too: a container without an init may keep them."""
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


class Watched:
    """A running supervisor and everything it has reported."""

    def __init__(self, folder: Path, guardian: Guardian) -> None:
        self._folder = folder
        self._guardian = guardian
        self.reports: list[tuple[str, str, str]] = []
        self.stop = asyncio.Event()
        self.supervisor: Supervisor
        self.task: asyncio.Task[None]

    def start(self, *components: Component, pauses: tuple[float, ...] = (0.01, 0.01)) -> Supervisor:
        def report(name: str, status: Status) -> None:
            self.reports.append((name, str(status.state), status.reason))

        self.supervisor = Supervisor(
            components, cwd=self._folder, logs=self._folder / "logs", guardian=self._guardian, on_change=report,
            patience=Patience(pauses=pauses, probe_every=0.01),
        )  # fmt: skip
        self.task = asyncio.ensure_future(self.supervisor.run(self.stop))
        return self.supervisor

    async def all_up(self) -> None:
        async with asyncio.timeout(DEADLINE):
            await self.supervisor.all_up.wait()

    async def ended(self) -> None:
        self.stop.set()
        async with asyncio.timeout(DEADLINE):
            await self.task

    def pid(self, name: str) -> int:
        pid = self.supervisor.statuses[name].pid
        assert pid is not None
        return pid


@pytest_asyncio.fixture
async def watched(tmp_path: Path) -> AsyncIterator[Watched]:
    guardian = Guardian()
    await guardian.start()
    made = Watched(tmp_path, guardian)
    yield made
    with contextlib.suppress(AttributeError):
        await made.ended()
    await guardian.stop()
