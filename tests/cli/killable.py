"""A supervisor with two stubs, one deaf to SIGTERM, as a program that a test can kill: `python -m tests.cli.killable FOLDER`."""

import asyncio
import sys
from pathlib import Path

from cli.processes import Guardian
from cli.supervisor import Status, Supervisor
from tests.cli.conftest import stub


async def main(folder: Path) -> None:
    guardian = Guardian(patience=0.2)
    await guardian.start()
    shown: list[Status] = []
    parts = (stub("bot"), stub("rasa", setup="signal.signal(signal.SIGTERM, signal.SIG_IGN)"))
    supervisor = Supervisor(
        parts, cwd=folder, logs=folder / "logs", guardian=guardian, on_change=lambda name, status: shown.append(status)
    )
    running = asyncio.ensure_future(supervisor.run(asyncio.Event()))
    await supervisor.all_up.wait()
    print(*(status.pid for status in supervisor.statuses.values()), flush=True)
    await running


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
