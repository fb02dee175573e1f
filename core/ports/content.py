"""Repositories of what goes along with a campaign."""

from datetime import datetime
from typing import Protocol

from core.domain.attachments import Attachment, AttachmentKind


class AttachmentRepository(Protocol):
    """Files, each kept once: the same bytes of the same kind and name are the same attachment."""

    async def add(
        self, kind: AttachmentKind, name: str, content: bytes, now: datetime, telegram_file_id: str | None = None
    ) -> Attachment:
        """`telegram_file_id`: as Telegram knows it already; it replaces an older one."""

    async def content(self, attachment_id: int) -> bytes | None: ...
    async def telegram_file_id(self, attachment_id: int) -> str | None:
        """How Telegram knows the file after it was sent once; None: it must be uploaded."""

    async def remember(self, attachment_id: int, telegram_file_id: str) -> None: ...
