"""The user's side over HTTP: the calls under `/sandbox/users` and `/sandbox/people`.

Only reads requests and writes answers; what a person can do is in `persons.py`.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox import persons
from sandbox.answers import SandboxRefusal
from sandbox.state import World
from sandbox.views import bot_view, chat_views, phone_view

MAX_WAIT_SECONDS = 60.0
# Shown in the page; everything else only ever leaves as a download.
IMAGES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})

Endpoint = Callable[[Request], Awaitable[Response]]


async def json_body(request: Request) -> dict[str, Any]:
    """The JSON object sent. Other content types are refused, so that no foreign web page can post here."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise SandboxRefusal("send application/json", 415)
    try:
        body = await request.json()
    except ValueError:
        raise SandboxRefusal("the body is not JSON") from None
    if not isinstance(body, dict):
        raise SandboxRefusal("the body must be a JSON object")
    return body


def query_number(request: Request, name: str, default: int = 0) -> int:
    try:
        return int(request.query_params.get(name, default))
    except ValueError:
        raise SandboxRefusal(f"{name} must be a whole number") from None


class PeopleApi:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        user = "/sandbox/users/{user_id:int}"
        return [
            Route("/sandbox/people", self.people),
            Route("/sandbox/bot", self.bot),
            Route("/sandbox/users", self.create, methods=["POST"]),
            Route(user, self.phone),
            Route(f"{user}/messages", self.messages),
            Route(f"{user}/messages", self.write, methods=["POST"]),
            Route(f"{user}/clicks", self.press, methods=["POST"]),
            Route(f"{user}/block", self.block, methods=["POST"]),
            Route(f"{user}/unblock", self.unblock, methods=["POST"]),
            Route("/sandbox/files/{unique_id}", self.file),
        ]

    async def people(self, request: Request) -> Response:
        return JSONResponse([person.as_dict() for person in self._world.roster.all()])

    async def bot(self, request: Request) -> Response:
        return JSONResponse(bot_view(self._world))

    async def create(self, request: Request) -> Response:
        person = persons.create_person(self._world, await json_body(request))
        return JSONResponse({"ok": True, **phone_view(self._world, person.id)})

    async def phone(self, request: Request) -> Response:
        return JSONResponse(phone_view(self._world, request.path_params["user_id"]))

    async def write(self, request: Request) -> Response:
        result = persons.write(self._world, request.path_params["user_id"], await json_body(request))
        return JSONResponse({"ok": True, **result})

    async def press(self, request: Request) -> Response:
        result = persons.press(self._world, request.path_params["user_id"], await json_body(request))
        return JSONResponse({"ok": True, **result})

    async def block(self, request: Request) -> Response:
        return JSONResponse({"ok": True, **persons.set_blocked(self._world, request.path_params["user_id"], True)})

    async def unblock(self, request: Request) -> Response:
        return JSONResponse({"ok": True, **persons.set_blocked(self._world, request.path_params["user_id"], False)})

    async def messages(self, request: Request) -> Response:
        """What the person sees after message `after`; with `wait`, once the bot has said something new."""
        after, wait = query_number(request, "after"), query_number(request, "wait")
        chat_id = query_number(request, "chat_id", request.path_params["user_id"])
        if wait > 0:
            await self._bot_message(chat_id, after, min(wait, MAX_WAIT_SECONDS))
        chat = self._world.chats.get(chat_id)
        return JSONResponse(chat_views(chat, self._world.files, after) if chat else [])

    async def file(self, request: Request) -> Response:
        file = self._world.files.by_unique_id(request.path_params["unique_id"])
        if file is None:
            raise SandboxRefusal("there is no such file, or it is too old", 404)
        disposition = "inline" if file.mime_type in IMAGES else "attachment"
        return Response(
            file.content,
            media_type=file.mime_type,
            headers={
                "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(file.name)}",
                "X-Content-Type-Options": "nosniff",
            },
        )

    async def _bot_message(self, chat_id: int, after: int, seconds: float) -> None:
        """Returns when the chat holds a message of the bot newer than `after`, or when time is up."""

        def arrived() -> bool:
            chat = self._world.chats.get(chat_id)
            return chat is not None and any(kept.from_bot for number, kept in chat.messages.items() if number > after)

        listener = self._world.events.listen(frozenset({chat_id}), calls=False)
        try:
            async with asyncio.timeout(seconds):
                while not arrived() and not self._world.closing:
                    await listener.queue.get()
        except TimeoutError:
            pass
        finally:
            self._world.events.leave(listener)
