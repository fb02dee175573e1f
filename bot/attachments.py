"""Sending the file of a campaign: by Telegram's id of it where that is known, else uploaded, once for all who get it."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import structlog
from telegram import Bot, InputFile, Message
from telegram.error import BadRequest

from bot import markup
from bot.render import Outgoing
from bot.replies import send_all
from core.domain.attachments import Attachment, AttachmentKind
from core.services.attachments import Attachments

_NOT_KNOWN = ("wrong file identifier", "wrong remote file", "file reference", "can't use file of type")

log = structlog.get_logger(__name__)


class AttachmentGone(Exception):
    """Neither Telegram nor the database knows the file any more."""


def attachment_of(fact: Mapping[str, Any]) -> Attachment:
    """As a row of the ledger names it. Raises KeyError, ValueError."""
    return Attachment(int(fact["attachment_id"]), AttachmentKind(fact["kind"]), str(fact["name"]), int(fact["size"]))


class AttachmentSender:
    """Remembers Telegram's ids for as long as it lives; the database does for longer."""

    def __init__(self, attachments: Attachments) -> None:
        self._attachments = attachments
        self._known: dict[int, str] = {}
        self._uploading: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def send(self, bot: Bot, chat_id: int, attachment: Attachment, messages: list[Outgoing]) -> Message:
        """The file with the words below it, or before them if they do not fit there; returns the last message.

        Raises TelegramError, AttachmentGone.
        """
        is_caption = len(messages) == 1 and markup.utf16_length(messages[0].text) <= markup.CAPTION_LIMIT
        sent = await self._send(bot, chat_id, attachment, messages[0] if is_caption else Outgoing(""))
        return sent if is_caption else await send_all(bot, chat_id, messages)

    async def _send(self, bot: Bot, chat_id: int, attachment: Attachment, caption: Outgoing) -> Message:
        number = attachment.attachment_id
        stale = None
        if (known := await self._file_id(number)) is not None:
            try:
                return await _send_as(bot, chat_id, attachment, known, caption)
            except BadRequest as error:
                if not any(words in error.message.lower() for words in _NOT_KNOWN):
                    raise
                # another bot's, or forgotten by Telegram
                log.info("file must be uploaded again", attachment_id=number)
                stale = known
        async with self._uploading[number]:
            # whoever waited finds it uploaded by then
            known = self._known.get(number)
            if known is not None and known != stale:
                return await _send_as(bot, chat_id, attachment, known, caption)
            content = await self._attachments.content(number)
            if content is None:
                raise AttachmentGone(number)
            sent = await _send_as(bot, chat_id, attachment, InputFile(content, filename=attachment.name), caption)
            file_id = _file_id_of(sent)
            if file_id is not None:
                self._known[number] = file_id
                await self._attachments.remember(number, file_id)
            return sent

    async def _file_id(self, number: int) -> str | None:
        if number not in self._known and (kept := await self._attachments.telegram_file_id(number)) is not None:
            self._known[number] = kept
        return self._known.get(number)


async def _send_as(bot: Bot, chat_id: int, attachment: Attachment, file: str | InputFile, caption: Outgoing) -> Message:
    if attachment.kind is AttachmentKind.PHOTO:
        return await bot.send_photo(
            chat_id,
            file,
            caption=caption.text or None,
            caption_entities=caption.entities,
            reply_markup=caption.keyboard,
        )
    return await bot.send_document(
        chat_id, file, caption=caption.text or None, caption_entities=caption.entities, reply_markup=caption.keyboard
    )


def _file_id_of(sent: Message) -> str | None:
    if sent.photo:
        return sent.photo[-1].file_id
    return sent.document.file_id if sent.document else None
