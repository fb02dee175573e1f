"""Certificates as files to send: drawn when they go out, never kept."""

import asyncio
from collections.abc import Awaitable, Callable

from telegram import Bot

from bot.certificate_pdf import certificate_pdf
from bot.texts.notice import File
from core.services.certificates import OwnCertificate

LINK_PREFIX = "cek_"
"""Of the start parameter in the QR; the number without its dashes follows."""

Read = Callable[[int], Awaitable[OwnCertificate | None]]
"""The certificate of an enrollment as it stands now; None: it has none that is valid."""


async def drawn(own: OwnCertificate, bot_name: str) -> File:
    letters = own.certificate.number.replace("-", "")
    link = f"https://t.me/{bot_name}?start={LINK_PREFIX}{letters}"
    content = await asyncio.to_thread(certificate_pdf, own, link)
    return File(f"sertifikat-{own.enrollment.session.code}.pdf", content)


class CertificateFiles:
    """For the sender, whose bot has not asked Telegram for its own name yet: it is asked once, with the first certificate."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._bot_name: str | None = None

    async def of(self, bot: Bot, enrollment_id: int) -> File | None:
        """Raises TelegramError."""
        own = await self._read(enrollment_id)
        if own is None:
            return None
        if self._bot_name is None:
            self._bot_name = (await bot.get_me()).username
        return await drawn(own, self._bot_name or "")
