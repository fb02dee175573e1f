"""A sandbox of its own for each test, and the bot that talks to it."""

from collections.abc import AsyncIterator, Iterator

import pytest
from telegram import Bot

from tests.running_sandbox import RunningSandbox, running_sandbox


@pytest.fixture
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox() as running:
        yield running


@pytest.fixture
async def bot(sandbox: RunningSandbox) -> AsyncIterator[Bot]:
    async with sandbox.bot() as bot:
        yield bot


@pytest.fixture(autouse=True)
def waiting_times_as_ptb_will_give_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """PTB warns each time it raises RetryAfter unless told that `retry_after` may be a timedelta."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
