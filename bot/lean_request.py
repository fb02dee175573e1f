"""The way of a bulk message to Telegram: PTB's request without the layers of httpx, which cost more than the call itself.

No cookies, redirects or authentication are needed there. Files, and machines behind a proxy, go PTB's usual way.
"""

from typing import Any
from urllib.parse import urlencode
from urllib.request import getproxies

import httpcore
import httpx
from telegram.error import NetworkError, TimedOut
from telegram.request import HTTPXRequest, RequestData

_SECONDS = {"connect": 5.0, "read": 5.0, "write": 5.0, "pool": 1.0}
"""PTB's own."""


class LeanRequest(HTTPXRequest):
    """Good until `shutdown()`, and again after `initialize()`."""

    def __init__(self, connections: int) -> None:
        super().__init__(connection_pool_size=connections)
        self._is_direct = not getproxies()
        self._headers: dict[bytes | str, bytes | str] = {
            "Accept": "*/*",
            "Content-Type": "application/x-www-form-urlencoded",
            "User-Agent": self.USER_AGENT,
        }
        self._connections = httpcore.AsyncConnectionPool(
            httpx.create_ssl_context(), max_connections=connections, keepalive_expiry=5.0
        )

    async def shutdown(self) -> None:
        await self._connections.aclose()
        await super().shutdown()

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **options: Any
    ) -> tuple[int, bytes]:
        """Raises TimedOut, NetworkError."""
        has_timeouts = args or any(isinstance(value, int | float | None) for value in options.values())
        has_files = request_data is not None and request_data.contains_files
        if has_files or has_timeouts or not self._is_direct:
            return await super().do_request(url, method, request_data, *args, **options)
        body = urlencode(request_data.json_parameters).encode() if request_data else b""
        try:
            response = await self._connections.request(
                method, url, headers=self._headers, content=body, extensions={"timeout": _SECONDS}
            )
        except httpcore.TimeoutException as error:
            raise TimedOut from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise NetworkError(f"httpcore.{type(error).__name__}: {error}") from error
        return response.status, response.content
