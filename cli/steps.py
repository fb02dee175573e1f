"""Preparing side by side, with names and seconds on the terminal, until done or told to stop."""

import asyncio
import time
from collections.abc import Coroutine, Mapping
from contextlib import nullcontext
from typing import Any

from rich.console import Console

SECONDS_BETWEEN_LINES = 10.0
"""Where nothing can be redrawn."""


class Stopped(Exception):
    """Somebody asked to stop before everything was prepared."""


async def side_by_side(console: Console, stop: asyncio.Event, works: Mapping[str, Coroutine[Any, Any, object]]) -> None:
    """Does all works at once. Raises what the first one to fail raises, or Stopped; the others are cancelled and waited for."""
    began = time.monotonic()
    tasks = {asyncio.ensure_future(work): name for name, work in works.items()}
    stopping = asyncio.ensure_future(stop.wait())
    unfinished = set(tasks)

    def say(text: str) -> None:
        console.print(text, markup=False, highlight=False, soft_wrap=True)

    try:
        with console.status("") if console.is_terminal else nullcontext() as status:
            pause = 1.0 if status else SECONDS_BETWEEN_LINES
            while unfinished and not stop.is_set():
                done, _ = await asyncio.wait(
                    {*unfinished, stopping}, timeout=pause, return_when=asyncio.FIRST_COMPLETED
                )
                elapsed = time.monotonic() - began
                for task in unfinished & done:
                    task.result()
                    say(f"  ✓ {tasks[task]} ({elapsed:.1f} dtk)")
                unfinished -= done
                names = " dan ".join(tasks[task] for task in tasks if task in unfinished)
                if status:
                    status.update(f"{names} … {elapsed:.0f} dtk")
                elif unfinished and not done:
                    say(f"  … {names}: {elapsed:.0f} dtk")
        if unfinished:
            raise Stopped
    finally:
        for task in (*unfinished, stopping):
            task.cancel()
        if unfinished:
            await asyncio.wait(unfinished)
