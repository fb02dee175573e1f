"""For tests and for the page: faults, limits, the log of calls, counts, replays and live news, over HTTP."""

import json
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from sandbox.answers import SandboxRefusal
from sandbox.calls import KEPT_CALLS
from sandbox.events import Listener
from sandbox.faults import fault_from
from sandbox.people import json_body, query_number
from sandbox.state import World
from sandbox.views import bot_view


class ControlApi:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        return [
            Route("/sandbox/faults", self.faults),
            Route("/sandbox/faults", self.add_fault, methods=["POST"]),
            Route("/sandbox/faults", self.clear_faults, methods=["DELETE"]),
            Route("/sandbox/limits", self.limits),
            Route("/sandbox/limits", self.set_limits, methods=["POST"]),
            Route("/sandbox/calls", self.calls),
            Route("/sandbox/stats", self.stats),
            Route("/sandbox/updates/replay", self.replay, methods=["POST"]),
            Route("/sandbox/events", self.events),
        ]

    async def faults(self, request: Request) -> Response:
        return JSONResponse([fault.as_dict() for fault in self._world.faults.all()])

    async def add_fault(self, request: Request) -> Response:
        fault = fault_from(await json_body(request))
        self._world.faults.add(fault)
        return JSONResponse({"ok": True, "fault": fault.as_dict()})

    async def clear_faults(self, request: Request) -> Response:
        self._world.faults.clear()
        return JSONResponse({"ok": True})

    async def limits(self, request: Request) -> Response:
        limit = self._world.limit
        return JSONResponse({"per_second": limit.per_second, "retry_after": limit.retry_after})

    async def set_limits(self, request: Request) -> Response:
        body = await json_body(request)
        per_second, retry_after = body.get("per_second"), body.get("retry_after", 1)
        if not isinstance(per_second, int) or per_second < 0:
            raise SandboxRefusal("per_second must be a whole number from 0 (off)")
        if not isinstance(retry_after, int) or retry_after < 1:
            raise SandboxRefusal("retry_after must be a whole number from 1")
        self._world.limit.set(per_second, retry_after)
        return JSONResponse({"ok": True, "per_second": per_second, "retry_after": retry_after})

    async def calls(self, request: Request) -> Response:
        """The bot's calls numbered above `after`, of one `method` if named; the newest `limit` of them."""
        after, limit = query_number(request, "after"), query_number(request, "limit", KEPT_CALLS)
        method = request.query_params.get("method")
        return JSONResponse([call.as_dict() for call in self._world.calls.since(after, method, limit)])

    async def stats(self, request: Request) -> Response:
        world = self._world
        return JSONResponse(
            {
                **world.calls.stats(world.now()),
                "people": len(world.people),
                "pending_updates": len(world.updates.pending),
                "bot_connected": bot_view(world)["connected"],
            }
        )

    async def replay(self, request: Request) -> Response:
        update_id = (await json_body(request)).get("update_id")
        if not isinstance(update_id, int):
            raise SandboxRefusal("update_id must be a whole number")
        self._world.updates.replay(update_id)
        return JSONResponse({"ok": True})

    async def events(self, request: Request) -> Response:
        """Server-Sent Events for the people in `users` (all, if left out); `calls=1` adds the bot's calls."""
        named = request.query_params.get("users")
        try:
            users = None if named is None else frozenset(int(one) for one in named.split(",") if one)
        except ValueError:
            raise SandboxRefusal("users must be whole numbers with commas between") from None
        listener = self._world.events.listen(users, request.query_params.get("calls") == "1")
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(self._stream(listener), media_type="text/event-stream", headers=headers)

    async def _stream(self, listener: Listener) -> AsyncIterator[str]:
        try:
            # Sent at once, so that the page knows it is connected and loads what it may have missed.
            yield 'retry: 1000\ndata: {"type": "hello"}\n\n'
            while not self._world.closing:
                event = await listener.queue.get()
                if event["type"] != "closing":
                    yield f"data: {json.dumps(event, ensure_ascii=False)}\n\n"
        finally:
            self._world.events.leave(listener)
