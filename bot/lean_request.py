"""The way of a bulk message to Telegram: one POST on a kept connection, parsed by `httptools`, and no more.

Under load PTB's usual way through httpx costs several times what the message itself does (docs/decisions has the numbers), and
that time is missing to whoever waits for a reply. What a message seldom needs goes the usual way all the same: files, calls
with time limits of their own, and machines behind a proxy.
"""

import asyncio
import ssl
from collections import deque
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode, urlsplit
from urllib.request import getproxies

import httptools
import httpx
from telegram.error import NetworkError, TimedOut
from telegram.request import HTTPXRequest, RequestData

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 5.0
IDLE_SECONDS = 5.0
"""A connection unused for longer is not trusted: the other side may just be closing it. As httpx has it."""


@dataclass(frozen=True)
class _Target:
    host: str
    port: int
    is_secure: bool
    head: str
    """All of the request's head but the length."""


class LeanRequest(HTTPXRequest):
    """Good until `shutdown()`. At most `connections` calls at once, each on a connection of its own."""

    def __init__(self, connections: int) -> None:
        super().__init__(connection_pool_size=connections)
        self._is_direct = not getproxies()
        self._room = asyncio.Semaphore(connections)
        self._idle: deque[_Connection] = deque()
        self._security: ssl.SSLContext | None = None

    async def shutdown(self) -> None:
        while self._idle:
            self._idle.pop().close()
        await super().shutdown()

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **options: Any
    ) -> tuple[int, bytes]:
        """Raises TimedOut, NetworkError."""
        has_timeouts = args or any(isinstance(value, int | float | None) for value in options.values())
        has_files = request_data is not None and request_data.contains_files
        if method != "POST" or has_files or has_timeouts or not self._is_direct:
            return await super().do_request(url, method, request_data, *args, **options)
        body = urlencode(request_data.json_parameters).encode() if request_data else b""
        target = _target(url, self.USER_AGENT)
        async with self._room:
            try:
                return await self._post(target, body)
            except TimeoutError as error:
                raise TimedOut from error
            except (OSError, httptools.HttpParserError) as error:
                raise NetworkError(f"{type(error).__name__}: {error}") from error

    async def _post(self, target: _Target, body: bytes) -> tuple[int, bytes]:
        connection = self._kept(target) or await self._connect(target)
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                answer = await connection.post(target.head, body)
        except BaseException:
            connection.close()  # what comes on it now would be taken for the answer to another call
            raise
        if connection.is_open:
            self._idle.append(connection)
        return answer

    def _kept(self, target: _Target) -> "_Connection | None":
        while self._idle:
            connection = self._idle.pop()
            if connection.is_open and connection.serves == (target.host, target.port) and not connection.is_old:
                return connection
            connection.close()
        return None

    async def _connect(self, target: _Target) -> "_Connection":
        if target.is_secure and self._security is None:
            self._security = httpx.create_ssl_context()
        async with asyncio.timeout(CONNECT_SECONDS):
            _, connection = await asyncio.get_running_loop().create_connection(
                lambda: _Connection((target.host, target.port)),
                target.host,
                target.port,
                ssl=self._security if target.is_secure else None,
            )
        return connection


class _Connection(asyncio.Protocol):
    """One call at a time."""

    def __init__(self, serves: tuple[str, int]) -> None:
        self.serves = serves
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._parser = httptools.HttpResponseParser(self)
        self._body = b""
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None
        self._used_at = self._loop.time()

    @property
    def is_open(self) -> bool:
        return self._transport is not None and not self._transport.is_closing()

    @property
    def is_old(self) -> bool:
        return self._loop.time() - self._used_at > IDLE_SECONDS

    async def post(self, head: str, body: bytes) -> tuple[int, bytes]:
        """Status and body. Raises OSError if the connection breaks, HttpParserError if what comes is no HTTP."""
        if self._transport is None:
            raise ConnectionError("closed")
        self._parser, self._body = httptools.HttpResponseParser(self), b""
        self._answer = self._loop.create_future()
        self._transport.write(f"{head}{len(body)}\r\n\r\n".encode() + body)
        return await self._answer

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError as error:
            self._fail(error)

    def on_body(self, body: bytes) -> None:
        self._body += body

    def on_message_complete(self) -> None:
        self._used_at = self._loop.time()
        if not self._parser.should_keep_alive():
            self.close()
        if self._answer is not None and not self._answer.done():
            self._answer.set_result((self._parser.get_status_code(), self._body))

    def connection_lost(self, error: Exception | None) -> None:
        self._transport = None
        self._fail(error if isinstance(error, OSError) else ConnectionError("closed before the answer"))

    def _fail(self, error: Exception) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error)


@lru_cache(maxsize=64)
def _target(url: str, agent: str) -> _Target:
    parts = urlsplit(url)
    is_secure = parts.scheme == "https"
    lines = (
        f"POST {parts.path} HTTP/1.1",
        f"Host: {parts.netloc}",
        f"User-Agent: {agent}",
        "Accept: */*",
        "Content-Type: application/x-www-form-urlencoded",
        "Content-Length: ",
    )
    return _Target(parts.hostname or "", parts.port or (443 if is_secure else 80), is_secure, "\r\n".join(lines))
