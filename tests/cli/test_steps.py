"""Steps side by side: all done, one failing, or told to stop."""

import asyncio
import io

import pytest
from rich.console import Console

from cli.steps import Stopped, side_by_side


@pytest.fixture
def console() -> Console:
    return Console(file=io.StringIO(), width=80)


async def done() -> None:
    return None


async def forever(ended: list[str], name: str) -> None:
    try:
        await asyncio.Event().wait()
    finally:
        ended.append(name)


async def test_each_finished_step_has_its_line(console: Console) -> None:
    await side_by_side(console, asyncio.Event(), {"Basis data": done(), "Model": done()})
    assert isinstance(console.file, io.StringIO)
    shown = console.file.getvalue()
    assert "✓ Basis data (0.0 dtk)" in shown
    assert "✓ Model (0.0 dtk)" in shown


async def test_a_failing_step_ends_the_others(console: Console) -> None:
    async def fail() -> None:
        await asyncio.sleep(0)
        raise LookupError

    ended: list[str] = []
    with pytest.raises(LookupError):
        await side_by_side(console, asyncio.Event(), {"Model": forever(ended, "model"), "Basis data": fail()})
    assert ended == ["model"]


async def test_a_stop_ends_all_steps_before_it_is_said(console: Console) -> None:
    stop, ended = asyncio.Event(), list[str]()
    asyncio.get_running_loop().call_soon(stop.set)
    with pytest.raises(Stopped):
        await side_by_side(console, stop, {"Model": forever(ended, "model"), "Data": forever(ended, "data")})
    assert sorted(ended) == ["data", "model"]
