"""Files that go along with campaigns: their bytes, and how Telegram knows them."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, func, select, union_all, update
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from core.domain.attachments import Attachment, AttachmentKind
from core.storage.tables import attachments, campaigns


class SqlAttachments:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(
        self, kind: AttachmentKind, name: str, content: bytes, now: datetime, telegram_file_id: str | None = None
    ) -> Attachment:
        values = {
            "digest": sha256(content).digest(),
            "kind": kind,
            "name": name,
            "size": len(content),
            "content": content,
            "telegram_file_id": telegram_file_id,
            "created_at": now,
        }
        statement = insert(attachments).values(values)
        known = func.coalesce(statement.excluded.telegram_file_id, attachments.c.telegram_file_id)
        kept = statement.on_conflict_do_update(
            index_elements=["digest", "kind", "name"], set_={"telegram_file_id": known, "created_at": now}
        )
        number = (await self._connection.execute(kept.returning(attachments.c.id))).scalar_one()
        return Attachment(number, kind, name, len(content))

    async def content(self, attachment_id: int) -> bytes | None:
        query = select(attachments.c.content).where(attachments.c.id == attachment_id)
        return (await self._connection.execute(query)).scalar_one_or_none()

    async def telegram_file_id(self, attachment_id: int) -> str | None:
        query = select(attachments.c.telegram_file_id).where(attachments.c.id == attachment_id)
        return (await self._connection.execute(query)).scalar_one_or_none()

    async def remember(self, attachment_id: int, telegram_file_id: str) -> None:
        await self._connection.execute(
            update(attachments).where(attachments.c.id == attachment_id).values(telegram_file_id=telegram_file_id)
        )

    async def forget_unused(self, before: datetime) -> int:
        step = func.jsonb_array_elements(campaigns.c.steps, type_=JSONB)
        used = union_all(
            select(campaigns.c.attachment["attachment_id"].as_integer().label("id")),
            select(step["attachment"]["attachment_id"].as_integer().label("id")),
        ).subquery("used")
        statement = delete(attachments).where(
            attachments.c.created_at < before,
            attachments.c.id.not_in(select(used.c.id).where(used.c.id.is_not(None))),
        )
        return (await self._connection.execute(statement)).rowcount
