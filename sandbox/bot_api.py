"""The bot's side: the Bot API over HTTP at `/bot<token>/<method>`, and file downloads.

Decides who may call and in which shape answers go out; what a method does is in `methods/`.
"""

import asyncio
import hmac
import inspect
import json
from collections.abc import Awaitable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from sandbox.answers import ConnectionDropped, TelegramError
from sandbox.methods import METHODS
from sandbox.params import Params, read_params
from sandbox.state import World

JSON = "application/json"


class BotApi:
    """An ASGI endpoint with the path parameters `token` and `method`."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        token, method = scope["path_params"]["token"], scope["path_params"]["method"]
        if not _same(token, self._world.token):
            response = _answer(TelegramError(401, "Unauthorized").as_body(), 401)
            await response(scope, receive, send)
            return
        try:
            body, status = await self._call(request, method.lower())
        except ConnectionDropped:
            await _drop_connection(send)
            return
        await _answer(body, status)(scope, receive, send)

    async def _call(self, request: Request, method: str) -> tuple[dict[str, Any], int]:
        """Runs the method, logs the call, and returns the answer's body and status."""
        world = self._world
        known = METHODS.get(method)
        name = known.name if known else method
        params = Params({}, {})
        error: TelegramError | None = None
        dropped: ConnectionDropped | None = None
        result: Any = None
        try:
            params = await read_params(request)
            if known is None:
                raise TelegramError(404, "Not Found: method not found")
            fault = world.faults.take(method, params.get("chat_id"))
            if fault is not None and not fault.applied:
                raise fault.error()
            world.limit.check(method, world.now())
            result = known.run(world, params)
            if inspect.isawaitable(result):
                result = await self._while_connected(result, request)
            if fault is not None:
                raise fault.error()
        except TelegramError as refusal:
            error = refusal
        except ConnectionDropped as drop:
            dropped = drop
        # Polls are too many to be news and would push everything else out of the log.
        if name != "getUpdates" or error is not None or dropped is not None:
            self._log(name, params, error, dropped)
        if dropped is not None:
            raise dropped
        if error is not None:
            return error.as_body(), error.error_code
        return {"ok": True, "result": result}, 200

    async def _while_connected(self, poll: Awaitable[Any], request: Request) -> Any:
        """The poll's result. A bot that hangs up meanwhile is not kept as the one that polls."""

        async def watch() -> None:
            message = await request.receive()
            if message["type"] == "http.disconnect":
                self._world.updates.hang_up()

        error: TelegramError | None = None
        result: Any = None
        async with asyncio.TaskGroup() as tasks:
            watching = tasks.create_task(watch())
            try:
                result = await poll
            except TelegramError as refusal:
                error = refusal
            watching.cancel()
        if error is not None:
            raise error
        return result

    def _log(self, name: str, params: Params, error: TelegramError | None, dropped: ConnectionDropped | None) -> None:
        code, description = (error.error_code, error.description) if error else (None, None)
        if dropped is not None:
            code, description = 0, "connection dropped"
        call = self._world.calls.add(self._world.now(), name, params.as_log(), code, description)
        self._world.events.publish(lambda: {"type": "call", "call": call.as_dict()})


def file_endpoint(world: World) -> Any:
    async def download(request: Request) -> Response:
        """The bytes of a file whose path `getFile` gave."""
        if not _same(request.path_params["token"], world.token):
            return _answer(TelegramError(401, "Unauthorized").as_body(), 401)
        file = world.files.by_path(request.path_params["path"])
        if file is None:
            return _answer(TelegramError(404, "Not Found").as_body(), 404)
        return Response(file.content, media_type="application/octet-stream")

    return download


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(), expected.encode())


def _answer(body: dict[str, Any], status: int) -> Response:
    return Response(json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(), status, media_type=JSON)


async def _drop_connection(send: Send) -> None:
    """Promises an answer and never sends it: uvicorn then closes the connection under the client."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1")]})
