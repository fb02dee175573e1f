"""Serves the sandbox on this machine only, and ends open polls and pages before it stops."""

import socket

import uvicorn

from sandbox.app import create_app
from sandbox.state import World
from sandbox.webhook import FIRST_PAUSE_SECONDS

LOOPBACK = "127.0.0.1"


class SandboxServer(uvicorn.Server):
    """Stops promptly: long polls and event streams would otherwise hold it up."""

    def __init__(self, config: uvicorn.Config, world: World) -> None:
        super().__init__(config)
        self._world = world

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._world.close()
        await super().shutdown(sockets)


def create_server(
    world: World, port: int, *, host: str = LOOPBACK, webhook_pause_seconds: float = FIRST_PAUSE_SECONDS
) -> SandboxServer:
    """A server ready to run. Raises ValueError for any host but loopback: the sandbox trusts its callers."""
    if host != LOOPBACK:
        raise ValueError(f"the sandbox listens on {LOOPBACK} only, not on {host}")
    config = uvicorn.Config(
        create_app(world, webhook_pause_seconds=webhook_pause_seconds),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        lifespan="on",
        timeout_keep_alive=75,
        timeout_graceful_shutdown=3,
    )
    return SandboxServer(config, world)
