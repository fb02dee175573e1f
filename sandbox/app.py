"""Puts the sandbox together: one Starlette application that is Telegram to the bot and a phone to people."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.answers import SandboxRefusal
from sandbox.bot_api import BotApi, file_endpoint
from sandbox.control import ControlApi
from sandbox.pages import page_routes
from sandbox.people import PeopleApi
from sandbox.profile import BotProfile
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
    now: Callable[[], float] | None = None,
) -> World:
    """An empty sandbox for the bot with this token. Raises ValueError for a token without a bot id."""
    bot_id, colon, secret = token.partition(":")
    if not (bot_id.isascii() and bot_id.isdigit() and colon and secret):
        raise ValueError("a bot token looks like 123456789:letters-and-digits")
    world = World(token, BotProfile(int(bot_id), username, name), Roster(people_file))
    if now is not None:
        world.now = now
    return world


def create_app(world: World, *, webhook_pause_seconds: float = FIRST_PAUSE_SECONDS) -> Starlette:
    """The application over `world`; the webhook is served while it runs."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with asyncio.TaskGroup() as tasks:
            delivery = tasks.create_task(deliver_updates(world, webhook_pause_seconds))
            yield
            delivery.cancel()

    return Starlette(
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


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, SandboxRefusal)
    return JSONResponse({"ok": False, "error": str(error)}, error.status)
