"""Sends what stands in the ledger: words from `bot.texts.notices`, out through the Bot API, refusals told apart.

The scheduler drives it and owns pacing; nothing is retried here. It must not know the database.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from telegram import Bot
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bot import commands
from bot.access import TokenMissing, access_of
from bot.attachments import AttachmentGone, AttachmentSender
from bot.certificate_files import CertificateFiles, Read
from bot.lean_request import LeanRequest
from bot.patience import seconds_to_wait
from bot.render import AnyButton, Button, LinkButton, Outgoing, render
from bot.replies import NO_PREVIEW, fits_below_a_file, send_all, send_file
from bot.texts.notice import File
from bot.texts.notices import compose
from core.domain.messages import Kind, Message
from core.ports import DatabaseBusy, SendFailed
from core.services.attachments import Attachments
from core.settings import Settings

__all__ = ["TelegramMessenger", "TokenMissing", "open_messenger"]

_GONE = ("chat not found", "user not found", "peer_id_invalid", "user_deactivated", "bot can't initiate conversation")
_SPARE_CONNECTIONS = 2
_NOTHING_TO_EDIT = ("not modified", "message to edit not found")

log = structlog.get_logger(__name__)


class TelegramMessenger:
    """Implements core.ports.Messenger."""

    def __init__(
        self, bot: Bot, attachments: Attachments | None = None, certificates: CertificateFiles | None = None
    ) -> None:
        """Without `attachments`, rows that bring a file of the database fail; without `certificates`, good news goes out with
        its button alone.
        """
        self._bot = bot
        self._files = AttachmentSender(attachments) if attachments is not None else None
        self._certificates = certificates

    async def send(self, message: Message) -> int:
        """Sends one row; returns the id of its last Telegram message. Raises SendFailed."""
        if message.telegram_id is None:
            raise SendFailed("no account", permanent=True)
        if message.kind is Kind.CAMPAIGN_RECALL:
            return await self._delete(message.telegram_id, message)
        try:
            notice = compose(message.kind, message.facts)
        except (KeyError, ValueError, TypeError) as error:
            # one row written wrongly must not stop the others
            log.error("row cannot be worded", message_id=message.message_id, kind=message.kind, exc_info=error)
            raise SendFailed(f"facts: {type(error).__name__}") from error
        buttons: list[AnyButton] = [LinkButton(title, url) for title, url in notice.links]
        buttons += [Button(title, press) for title, press in notice.buttons]
        outgoing = render(notice.text, buttons, is_marked_up=notice.is_marked_up)
        if message.kind is Kind.CAMPAIGN_CORRECTION:
            return await self._edit(message.telegram_id, message, outgoing[0], is_caption=notice.attachment is not None)
        try:
            file = notice.file or await self._certificate(message)
            if notice.attachment is not None:
                if self._files is None:
                    raise AttachmentGone
                sent = await self._files.send(self._bot, message.telegram_id, notice.attachment, outgoing)
            elif file is not None and fits_below_a_file(outgoing):
                # in one message, so that a row sent again after a crash is not two
                sent = await send_file(self._bot, message.telegram_id, file.name, file.content, outgoing[0])
            else:
                sent = await send_all(self._bot, message.telegram_id, outgoing)
        except AttachmentGone as error:
            log.error("file is gone", message_id=message.message_id)
            raise SendFailed("file is gone") from error
        except TelegramError as error:
            raise _failure(error) from error
        if message.kind is Kind.ACCOUNT_REPLACED:
            await commands.reset(self._bot, message.telegram_id)
        return sent.message_id

    async def _certificate(self, message: Message) -> File | None:
        """The row names the certificate; it is drawn as it stands now, and left out if it was revoked meanwhile."""
        if self._certificates is None or "certificate" not in message.facts or message.enrollment_id is None:
            return None
        try:
            return await self._certificates.of(self._bot, message.enrollment_id)
        except (TelegramError, DatabaseBusy):
            raise  # tried again
        except Exception:
            # a certificate drawn wrongly must not keep the news back: its button is there
            log.exception("certificate not drawn", message_id=message.message_id)
            return None

    async def _edit(self, chat_id: int, message: Message, outgoing: Outgoing, *, is_caption: bool) -> int:
        """A message deleted meanwhile, or one that says so already, needs no editing."""
        message_id = _about(message)
        try:
            if is_caption:
                await self._bot.edit_message_caption(
                    chat_id,
                    message_id,
                    caption=outgoing.text,
                    caption_entities=outgoing.entities,
                    reply_markup=outgoing.keyboard,
                )
            else:
                await self._bot.edit_message_text(
                    outgoing.text,
                    chat_id,
                    message_id,
                    entities=outgoing.entities,
                    reply_markup=outgoing.keyboard,
                    link_preview_options=NO_PREVIEW,
                )
        except BadRequest as error:
            if not any(words in error.message.lower() for words in _NOTHING_TO_EDIT):
                raise _failure(error) from error
        except TelegramError as error:
            raise _failure(error) from error
        return message_id

    async def _delete(self, chat_id: int, message: Message) -> int:
        """What is gone already, or was never there, needs no deleting."""
        message_id = _about(message)
        try:
            await self._bot.delete_message(chat_id, message_id)
        except BadRequest as error:
            if "message to delete not found" not in error.message.lower():
                raise _failure(error) from error
        except TelegramError as error:
            raise _failure(error) from error
        return message_id


def _about(message: Message) -> int:
    """The Telegram message a row is about. Raises SendFailed."""
    if "message_id" not in message.facts:  # its person asked for their data to be erased
        raise SendFailed("facts: KeyError")
    return int(message.facts["message_id"])


@asynccontextmanager
async def open_messenger(
    settings: Settings, attachments: Attachments, read_certificate: Read
) -> AsyncIterator[TelegramMessenger]:
    """A messenger with connections of its own. Raises TokenMissing.

    Nothing is asked of Telegram at opening: the scheduler may start before the sandbox answers.
    """
    access = access_of(settings)
    requests = (
        HTTPXRequest(connection_pool_size=1),
        LeanRequest(settings.send_concurrency + _SPARE_CONNECTIONS),
    )
    bot = Bot(access.token, base_url=access.base_url, get_updates_request=requests[0], request=requests[1])
    try:
        yield TelegramMessenger(bot, attachments, CertificateFiles(read_certificate))
    finally:
        for request in requests:
            await request.shutdown()


def _failure(error: TelegramError) -> SendFailed:
    reason = f"{type(error).__name__}: {error.message}"
    if isinstance(error, RetryAfter):
        return SendFailed(reason, retry_after=seconds_to_wait(error))
    gone = isinstance(error, BadRequest) and any(words in error.message.lower() for words in _GONE)
    return SendFailed(reason, permanent=gone or isinstance(error, Forbidden))
