"""Starts the action server: services wired once, the search warmed up, rasa_sdk's executor behind our endpoint.

Loopback only: the caller is Rasa, and whoever can reach this port can speak for anybody.
"""

import asyncio
import contextlib
import signal
from collections.abc import Iterator

import structlog
import uvicorn
from rasa_sdk.executor import ActionExecutor

from actions.endpoint import create_app
from actions.services import install
from core import bootstrap
from core.logging import configure
from core.settings import load_settings

log = structlog.get_logger(__name__)

HOST = "127.0.0.1"


class Server(uvicorn.Server):
    """uvicorn raises the signal anew after it has shut down, and the process would end as killed; ours ends with 0."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop)
        yield

    def _stop(self) -> None:
        self.should_exit = True


async def warm_up(services: bootstrap.Services) -> None:
    """Loads the model and the search index, so that the first person does not wait for them."""
    try:
        await services.questions.suggestions("cuti tahunan")
        await services.catalogue.find("pelatihan analisis data")
    except Exception:
        # an empty or unreachable database must not keep the server from answering with a calm text
        log.exception("warm-up failed")


async def serve(port: int, services: bootstrap.Services) -> None:
    install(services)
    executor = ActionExecutor()
    executor.register_package("actions")
    await warm_up(services)
    config = uvicorn.Config(
        create_app(executor), host=HOST, port=port, log_config=None, access_log=False, lifespan="off"
    )
    log.info("ready", port=port, actions=len(executor.actions))
    await Server(config).serve()


def main() -> None:
    settings = load_settings()
    configure("actions", settings.log_level)
    asyncio.run(serve(settings.actions_port, bootstrap.build(settings)))


if __name__ == "__main__":
    main()
