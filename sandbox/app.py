"""Puts the sandbox together: one Starlette application that is Telegram to the bot and a phone to people."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.answers import SandboxRefusal
from sandbox.bot_api import BotApi, file_endpoint
from sandbox.control import ControlApi
from sandbox.pages import page_routes
from sandbox.people import PeopleApi
from sandbox.profile import BotProfile
from sandbox.records import NothingKept, Records, remembered
from sandbox.roster import Roster
from sandbox.state import World
from sandbox.webhook import FIRST_PAUSE_SECONDS, deliver_updates

DEFAULT_USERNAME = "RekanASNBot"
DEFAULT_NAME = "Rekan ASN"
# Names under which a browser on this machine may ask; any other is a foreign page's trick.
HOSTS = ["127.0.0.1", "localhost"]


def create_world(
    token: str,
    *,
    people_file: Path | None = None,
    username: str = DEFAULT_USERNAME,
    name: str = DEFAULT_NAME,
    now: Callable[[], float] = time.time,
    state_file: Path | None = None,
) -> World:
    """A sandbox for the bot with this token: an empty one, or as it was left in `state_file`.

    Raises ValueError for a token without a bot id, StateUnusable for a file out of reach.
    """
    bot_id, colon, secret = token.partition(":")
    if not (bot_id.isascii() and bot_id.isdigit() and colon and secret):
        raise ValueError("a bot token looks like 123456789:letters-and-digits")
    roster = Roster(people_file)

    def world_of(records: Records) -> World:
        return World(token, BotProfile(int(bot_id), username, name, records), roster, now, records)

    return world_of(NothingKept()) if state_file is None else remembered(state_file, world_of)


def create_app(world: World, *, webhook_pause_seconds: float = FIRST_PAUSE_SECONDS) -> ASGIApp:
    """The application over `world`; the webhook is served while it runs."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with asyncio.TaskGroup() as tasks:
            delivery = tasks.create_task(deliver_updates(world, webhook_pause_seconds))
            yield
            delivery.cancel()
        world.records.close()

    app = Starlette(
        routes=[
            Route("/bot{token}/{method}", BotApi(world)),
            Route("/file/bot{token}/{path:path}", file_endpoint(world)),
            *PeopleApi(world).routes(),
            *ControlApi(world).routes(),
            *page_routes(),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS)],
        exception_handlers={SandboxRefusal: _refused},
        lifespan=lifespan,
    )
    return _saved_before_answered(app, world.records)


def _saved_before_answered(app: ASGIApp, records: Records) -> ASGIApp:
    """Nothing leaves the sandbox, be it an answer, an update or news, before it is safe from a SIGKILL."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        async def save_and_send(message: Message) -> None:
            records.commit()
            await send(message)

        await app(scope, receive, save_and_send if scope["type"] == "http" else send)

    return serve


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, SandboxRefusal)
    return JSONResponse({"ok": False, "error": str(error)}, error.status)
