"""What goes along with campaigns, in the fake database."""

from datetime import datetime

from core.domain.attachments import Attachment, AttachmentKind
from tests.fake_records import Records, next_id


class FakeAttachments:
    def __init__(self, records: Records) -> None:
        self._records = records

    async def add(
        self, kind: AttachmentKind, name: str, content: bytes, now: datetime, telegram_file_id: str | None = None
    ) -> Attachment:
        stored = self._records.attachments
        number = next((n for n, (a, c) in stored.items() if (a.kind, a.name, c) == (kind, name, content)), None)
        attachment = Attachment(number or next_id(stored), kind, name, len(content))
        stored[attachment.attachment_id] = (attachment, content)
        if telegram_file_id is not None:
            self._records.telegram_files[attachment.attachment_id] = telegram_file_id
        return attachment

    async def content(self, attachment_id: int) -> bytes | None:
        return self._records.attachments[attachment_id][1] if attachment_id in self._records.attachments else None

    async def telegram_file_id(self, attachment_id: int) -> str | None:
        return self._records.telegram_files.get(attachment_id)

    async def remember(self, attachment_id: int, telegram_file_id: str) -> None:
        if attachment_id in self._records.attachments:
            self._records.telegram_files[attachment_id] = telegram_file_id
