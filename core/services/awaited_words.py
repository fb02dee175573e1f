"""What somebody was asked to type next. Kept in the database, so that a restart of the bot does not lose the thread."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from core.domain.people import Awaited, Awaiting
from core.ports import Clock, UnitOfWorkFactory

PATIENCE = timedelta(minutes=30)
"""Words typed later are an ordinary question again."""


class AwaitedWords:
    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def expect(
        self,
        telegram_id: int,
        what: Awaiting,
        campaign_id: int | None = None,
        *,
        words: str | None = None,
        message_id: int | None = None,
    ) -> None:
        """Instead of whatever was expected before; with `words`: they were typed, and that message asks what to do with them."""
        awaited = Awaited(what, self._clock.now(), campaign_id, words=words, message_id=message_id)
        async with self._unit_of_work() as uow:
            await uow.accounts.set_awaited(telegram_id, awaited)
            await uow.commit()

    async def expect_line(
        self,
        telegram_id: int,
        what: Awaiting,
        session_code: str,
        *,
        words: str | None = None,
        message_id: int | None = None,
    ) -> None:
        """One line about a session; with `words`: it was typed and shown back in that message, and still wants a yes."""
        awaited = Awaited(what, self._clock.now(), session_code=session_code, words=words, message_id=message_id)
        async with self._unit_of_work() as uow:
            await uow.accounts.set_awaited(telegram_id, awaited)
            await uow.commit()

    async def expect_for_ticket(
        self,
        telegram_id: int,
        what: Awaiting,
        number: int,
        *,
        words: str | None = None,
        message_id: int | None = None,
    ) -> None:
        """As `expect_line`, of words about a ticket, which may be many lines."""
        awaited = Awaited(what, self._clock.now(), words=words, message_id=message_id, ticket_number=number)
        async with self._unit_of_work() as uow:
            await uow.accounts.set_awaited(telegram_id, awaited)
            await uow.commit()

    async def expect_about(
        self,
        telegram_id: int,
        what: Awaiting,
        enrollment_id: int,
        *,
        words: str | None = None,
        message_id: int | None = None,
    ) -> None:
        """As `expect_line`, about an enrollment."""
        awaited = Awaited(what, self._clock.now(), words=words, message_id=message_id, enrollment_id=enrollment_id)
        async with self._unit_of_work() as uow:
            await uow.accounts.set_awaited(telegram_id, awaited)
            await uow.commit()

    async def expect_draft(self, telegram_id: int, what: Awaiting, draft: Mapping[str, Any], message_id: int) -> None:
        """The next answer about something described step by step; `draft`: what it is so far, as JSON takes it."""
        async with self._unit_of_work() as uow:
            await uow.accounts.set_awaited(
                telegram_id, Awaited(what, self._clock.now(), message_id=message_id, draft=draft)
            )
            await uow.commit()

    async def expected(self, telegram_id: int) -> Awaited | None:
        async with self._unit_of_work() as uow:
            account = await uow.accounts.get(telegram_id)
        awaited = account.awaits if account else None
        return awaited if awaited is not None and awaited.since + PATIENCE > self._clock.now() else None

    async def forget(self, telegram_id: int) -> None:
        async with self._unit_of_work() as uow:
            account = await uow.accounts.get(telegram_id)
            if account is not None and account.awaits is not None:
                await uow.accounts.set_awaited(telegram_id, None)
                await uow.commit()
