"""Hearing PostgreSQL's NOTIFY, so that the sender wakes at once instead of at its next tick."""

import asyncio
import logging
from collections.abc import AsyncIterator

import psycopg

from core.storage.addresses import first_line, libpq

log = logging.getLogger(__name__)

OUTBOX = "outbox"
"""The channel told, at commit, that there is something to send."""

_PATIENCE = 1.0
"""Seconds between tries to connect again."""


async def listen(url: str, channel: str, *, patience: float = _PATIENCE) -> AsyncIterator[str]:
    """Payloads as they come, for as long as the caller asks; a lost connection is made anew.

    The first item, and one more after each new connection, is "" and heard from nobody: what was said while nobody
    listened is lost, so whoever gets it must look for themselves.
    """
    deaf = False
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(
                libpq(url), autocommit=True, connect_timeout=5, application_name=f"rekan listens to {channel}"
            ) as connection:
                await connection.execute(psycopg.sql.SQL("LISTEN {}").format(psycopg.sql.Identifier(channel)))
                deaf = False
                yield ""
                async for notice in connection.notifies():
                    yield notice.payload
        except psycopg.OperationalError as error:
            if not deaf:  # once an outage, not once a second
                log.warning("no connection to listen on: %s", first_line(error))
            deaf = True
            await asyncio.sleep(patience)
