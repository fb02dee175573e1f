"""A supervisor killed outright leaves no orphan."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from core.settings import ROOT
from tests.cli.conftest import DEADLINE, is_running, until


async def test_nothing_outlives_a_supervisor_that_was_killed(tmp_path: Path) -> None:
    supervisor = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.cli.killable", str(tmp_path), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert supervisor.stdout is not None
    async with asyncio.timeout(DEADLINE):
        pids = [int(word) for word in (await supervisor.stdout.readline()).split()]
    assert len(pids) == 2
    assert all(map(is_running, pids))
    os.kill(supervisor.pid, signal.SIGKILL)
    await supervisor.wait()
    await until(lambda: not any(map(is_running, pids)))
