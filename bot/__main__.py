"""Runs the bot: `python -m bot`. SIGTERM and Ctrl-C finish what is being answered, then stop."""

import asyncio
import secrets
import signal
import sys
import uuid

import structlog
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError
from telegram.request import HTTPXRequest

from bot import commands
from bot.access import TokenMissing, access_of
from bot.app import ALLOWED_UPDATES, App, build
from bot.context import Tools
from bot.intake import Intake, PollingBot
from bot.patience import PatientRetries
from bot.rasa_client import RasaClient
from core import bootstrap
from core import logging as core_logging
from core.ports import DatabaseOutdated, DatabaseUnreachable
from core.settings import Settings, load_settings

log = structlog.get_logger("bot")

BAD_SETTING = 2
"""Exit code: starting again cannot help before somebody changes a setting."""
_CONNECTIONS = 40
_LONG_POLL_SECONDS = 20
_RETRY_SECONDS = 1.0


def main() -> int:
    settings = load_settings()
    core_logging.configure("bot", settings.log_level)
    try:
        asyncio.run(run(settings))
    except (TokenMissing, InvalidToken):
        print("TELEGRAM_BOT_TOKEN: Telegram does not accept this token; take it anew from @BotFather.", file=sys.stderr)
        return BAD_SETTING
    except (DatabaseUnreachable, DatabaseOutdated) as error:
        print(f"DATABASE_URL: the database cannot be used: {error}", file=sys.stderr)
        return 1
    return 0


async def run(settings: Settings) -> None:
    """Serves until a signal. Raises TokenMissing, InvalidToken."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)

    intake = Intake(confirms_by_answering=settings.webhook_url is not None)
    bot = make_bot(settings, intake)
    async with bootstrap.build(settings) as services:
        rasa = RasaClient.open(settings.rasa_url, _channel_token(settings), settings.rasa_timeout_seconds)
        try:
            app = build(bot, Tools(services, rasa), intake, worker=uuid.uuid4().hex)
            await _serve(app, settings, stop)
        finally:
            await rasa.close()


def make_bot(settings: Settings, intake: Intake) -> PollingBot:
    access = access_of(settings)
    return PollingBot(
        access.token,
        base_url=access.base_url,
        base_file_url=access.base_file_url,
        request=HTTPXRequest(connection_pool_size=_CONNECTIONS),
        get_updates_request=HTTPXRequest(connection_pool_size=1),
        rate_limiter=PatientRetries(),
        intake=intake,
    )


async def _serve(app: App, settings: Settings, stop: asyncio.Event) -> None:
    await _initialize(app, stop)
    try:
        if stop.is_set() or app.updater is None:
            return
        await commands.show_default(app.bot)
        await app.start()
        if settings.webhook_url:
            await _start_webhook(app, settings)
        else:
            await app.updater.start_polling(
                timeout=_LONG_POLL_SECONDS,
                allowed_updates=ALLOWED_UPDATES,
                bootstrap_retries=-1,
                error_callback=_polling_failed,
            )
        log.info("bot ready", bot_id=app.bot.id, webhook=settings.webhook_url is not None)
        await stop.wait()
        log.info("stopping")
        await app.updater.stop()
        await app.stop()
    finally:
        await app.shutdown()


async def _initialize(app: App, stop: asyncio.Event) -> None:
    """Waits for the Bot API to answer: the sandbox may start later than the bot."""
    while not stop.is_set():
        try:
            await app.initialize()
            return
        except InvalidToken:
            raise
        except NetworkError as error:
            log.warning("waiting for the Bot API", error=type(error).__name__)
            await asyncio.sleep(_RETRY_SECONDS)


async def _start_webhook(app: App, settings: Settings) -> None:
    if app.updater is None:
        return
    given = settings.webhook_secret
    # Telegram is told anew at each start, so a secret nobody chose can be a fresh one
    secret = given.get_secret_value() if given else secrets.token_urlsafe(32)
    await app.updater.start_webhook(
        listen="127.0.0.1",
        port=settings.webhook_port,
        webhook_url=settings.webhook_url,
        secret_token=secret,
        allowed_updates=ALLOWED_UPDATES,
        max_connections=_CONNECTIONS,
        bootstrap_retries=-1,
    )


def _polling_failed(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        log.error("another process asks for this bot's updates: stop it, or give it its own token")
    else:
        log.warning("updates not fetched, trying again", error=type(error).__name__)


def _channel_token(settings: Settings) -> str:
    return settings.rasa_channel_token.get_secret_value() if settings.rasa_channel_token else ""


if __name__ == "__main__":
    sys.exit(main())
