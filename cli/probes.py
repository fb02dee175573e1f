"""Readiness by asking, not by waiting a while: an HTTP answer, an open port, or a line in the log.

Plain sockets instead of an HTTP library: the supervisor runs all the time and should stay small.
"""

import asyncio
import contextlib
import re
import socket
from collections.abc import Awaitable, Callable

from cli.processes import Running

ANSWER_WITHIN = 2.0
Probe = Callable[[Running], Awaitable[bool]]


def http(port: int, path: str, says: str = "") -> Probe:
    """Ready when `GET path` is answered with a status under 400 and, if given, a body that holds `says`."""

    async def ready(process: Running) -> bool:
        status, body = await get(port, path)
        return 0 < status < 400 and says in body

    return ready


def said(pattern: str) -> Probe:
    """Ready when this process has written a line that matches."""
    compiled = re.compile(pattern)

    async def ready(process: Running) -> bool:
        with process.log.open("rb") as file:
            file.seek(process.log_start)
            return compiled.search(file.read().decode("utf-8", "replace")) is not None

    return ready


async def get(port: int, path: str) -> tuple[int, str]:
    """(status, body) of a local GET; (0, "") if there is no HTTP answer within ANSWER_WITHIN seconds."""
    writer = None
    try:
        async with asyncio.timeout(ANSWER_WITHIN):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(f"GET {path} HTTP/1.0\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
            answer = (await reader.read(65536)).decode("utf-8", "replace")
        head, _, body = answer.partition("\r\n\r\n")
        return int(head.split(" ", 2)[1]), body
    except (OSError, TimeoutError, ValueError, IndexError):
        return 0, ""
    finally:
        if writer is not None:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()


def port_is_free(port: int) -> bool:
    """True if a server could listen there now."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
