"""Runs the action server: `python -m actions`. Services wired once, the search warmed up, rasa_sdk's executor inside.

Loopback only: the caller is Rasa, and whoever can reach this port can speak for anybody.
"""

import asyncio
import contextlib
import logging
import signal
import socket
import sys
from collections.abc import Iterator

import structlog
import uvicorn
from rasa_sdk.executor import ActionExecutor

from actions.endpoint import create_app
from actions.services import install
from core import bootstrap
from core import logging as core_logging
from core.ports import DatabaseOutdated, DatabaseUnreachable
from core.settings import Settings, load_settings

log = structlog.get_logger("actions")

HOST = "127.0.0.1"
BAD_SETTING = 2
"""Exit code: starting again cannot help before somebody changes a setting."""


class Server(uvicorn.Server):
    """uvicorn raises the signal anew once it has shut down, and the process would end as killed; ours ends with 0."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop)
        yield

    def _stop(self) -> None:
        self.should_exit = True


def main() -> int:
    settings = load_settings()
    core_logging.configure("actions", settings.log_level)
    for chatty in ("rasa_sdk", "uvicorn", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    try:
        listener = listen(settings.actions_port)
    except OSError as error:
        print(f"ACTIONS_PORT: port {settings.actions_port} cannot be used: {error.strerror}.", file=sys.stderr)
        return BAD_SETTING
    try:
        asyncio.run(run(settings, listener))
    except DatabaseUnreachable as error:
        print(f"DATABASE_URL: no connection to {error.address}: {error.reason}.", file=sys.stderr)
        return 1
    except DatabaseOutdated:
        print("The database needs its migrations; `make run` applies them.", file=sys.stderr)
        return 1
    return 0


def listen(port: int) -> socket.socket:
    """A listening socket on loopback. Raises OSError.

    The protocol is named because asyncio sends small answers at once only on sockets that say TCP; without it every
    answer would wait 40 ms for Rasa's delayed acknowledgement.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener


async def run(settings: Settings, listener: socket.socket) -> None:
    """Serves until a signal. Raises DatabaseUnreachable, DatabaseOutdated."""
    async with bootstrap.build(settings) as services:
        install(services)
        executor = ActionExecutor()
        executor.register_package("actions")
        await warm_up(services)
        config = uvicorn.Config(create_app(executor), log_config=None, access_log=False, lifespan="off")
        log.info("actions ready", port=settings.actions_port, actions=len(executor.actions))
        await Server(config).serve(sockets=[listener])


async def warm_up(services: bootstrap.Services) -> None:
    """Loads the model and the search index, so that the first person does not wait for them."""
    try:
        await services.questions.suggestions("cuti tahunan")
        await services.catalogue.find("pelatihan analisis data")
    except Exception:
        # a search that cannot start must not take the other actions with it; each question is answered calmly
        log.exception("warm-up failed")


if __name__ == "__main__":
    sys.exit(main())
