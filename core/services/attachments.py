"""Files for campaigns: taken from HR officers, handed to whoever sends them."""

from datetime import timedelta

from core.domain import attachments as rules
from core.domain.attachments import Attachment
from core.domain.people import Caller, HrRole
from core.ports import Clock, UnitOfWorkFactory
from core.services.campaign_steps import officer
from core.services.rights import actor

UNUSED_KEPT = timedelta(days=14)


class Attachments:
    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def save(
        self, caller: Caller, name: str, content: bytes, *, as_photo: bool = True, telegram_file_id: str | None = None
    ) -> Attachment:
        """`telegram_file_id`: of a file that came through Telegram, which then need not be uploaded again.

        Raises NotHR, RoleMissing, BadFile.
        """
        kind, name = rules.checked(name, content, as_photo=as_photo)
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            author = await officer(uow, caller, HrRole.AUTHOR)
            attachment = await uow.attachments.add(kind, name, content, now, telegram_file_id)
            subject, facts = f"attachment:{attachment.attachment_id}", {"kind": str(kind), "size": len(content)}
            await uow.audit.record("attachment_saved", now, actor=actor(author), subject=subject, facts=facts)
            await uow.commit()
        return attachment

    async def forget_unused(self) -> int:
        """What was replaced or never used. A trial that brings it has gone out, or expired, by then."""
        async with self._unit_of_work() as uow:
            forgotten = await uow.attachments.forget_unused(self._clock.now() - UNUSED_KEPT)
            await uow.commit()
        return forgotten

    async def content(self, attachment_id: int) -> bytes | None:
        async with self._unit_of_work() as uow:
            return await uow.attachments.content(attachment_id)

    async def telegram_file_id(self, attachment_id: int) -> str | None:
        async with self._unit_of_work() as uow:
            return await uow.attachments.telegram_file_id(attachment_id)

    async def remember(self, attachment_id: int, telegram_file_id: str) -> None:
        """After it was sent once, so that nobody uploads it again."""
        async with self._unit_of_work() as uow:
            await uow.attachments.remember(attachment_id, telegram_file_id)
            await uow.commit()
