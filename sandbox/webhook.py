"""Delivers updates to the bot's webhook, one after another and in order, until each is taken.

Knows nothing of what is inside an update.
"""

import asyncio

import httpx

from sandbox.state import World
from sandbox.update_queue import Pending, Webhook

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
TIMEOUT_SECONDS = 30.0


async def deliver_updates(world: World, first_pause_seconds: float = FIRST_PAUSE_SECONDS) -> None:
    """Runs until cancelled. Anything but a 2xx answer means: the same update again, a little later."""
    queue = world.updates
    failures = 0
    async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS, trust_env=False) as client:
        while True:
            queue.changed.clear()
            if queue.webhook is None or not queue.pending:
                failures = 0
                await queue.changed.wait()
                continue
            webhook, entry = queue.webhook, queue.pending[0]
            error = await _deliver(client, webhook, entry)
            if error is None:
                failures = 0
                queue.taken(entry)
                world.records.commit()
                continue
            failures += 1
            webhook.last_error_date, webhook.last_error_message = int(world.now()), error
            await _pause(world, webhook, min(first_pause_seconds * 2 ** (failures - 1), LONGEST_PAUSE_SECONDS))


async def _deliver(client: httpx.AsyncClient, webhook: Webhook, entry: Pending) -> str | None:
    """None if the bot took the update, else why not, in Telegram's words."""
    headers = {SECRET_HEADER: webhook.secret_token} if webhook.secret_token else {}
    try:
        response = await client.post(webhook.url, json=entry.update, headers=headers)
    except httpx.TimeoutException:
        return "Read timeout expired"
    except httpx.HTTPError:
        return "Connection refused"
    if response.is_success:
        return None
    return f"Wrong response from the webhook: {response.status_code} {response.reason_phrase}"


async def _pause(world: World, webhook: Webhook, seconds: float) -> None:
    """Waits, but no longer than the webhook stays what it was."""
    try:
        async with asyncio.timeout(seconds):
            while world.updates.webhook is webhook:
                world.updates.changed.clear()
                await world.updates.changed.wait()
    except TimeoutError:
        pass
