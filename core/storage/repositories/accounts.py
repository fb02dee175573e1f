"""Telegram accounts linked to members of staff, one to one, and the one-time codes that link them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from core.domain.people import Awaited, TelegramAccount
from core.storage.tables import linking_codes, people, telegram_accounts, wrong_code_tries

_ACCOUNT_LOCK = 7_100
"""First half of the advisory key under which work on one Telegram account queues up; it may have no row to lock yet."""


class SqlAccounts:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, telegram_id: int) -> TelegramAccount | None:
        query = select(telegram_accounts).where(telegram_accounts.c.telegram_id == telegram_id)
        return _account((await self._connection.execute(query)).one_or_none())

    async def of_person(self, person_id: int) -> TelegramAccount | None:
        query = select(telegram_accounts).where(telegram_accounts.c.person_id == person_id)
        return _account((await self._connection.execute(query)).one_or_none())

    async def link(self, telegram_id: int, person_id: int, now: datetime) -> TelegramAccount | None:
        await self._lock_account(telegram_id)
        await self._connection.execute(
            select(people.c.id).where(people.c.id == person_id).with_for_update(key_share=True)
        )
        former = await self.of_person(person_id)
        if former is not None and former.telegram_id == telegram_id:
            await self.set_unreachable(telegram_id, None)
            return None
        account = telegram_accounts.c
        await self._connection.execute(
            delete(telegram_accounts).where((account.telegram_id == telegram_id) | (account.person_id == person_id))
        )
        await self._connection.execute(
            insert(telegram_accounts).values(
                telegram_id=telegram_id,
                person_id=person_id,
                linked_at=now,
                # it is the person who asked for silence, not the telephone
                opted_out_at=former.opted_out_at if former else None,
            )
        )
        return former

    async def unlink(self, telegram_id: int) -> None:
        await self._connection.execute(delete(telegram_accounts).where(telegram_accounts.c.telegram_id == telegram_id))

    async def set_opted_out(self, telegram_id: int, at: datetime | None) -> None:
        await self._set(telegram_id, opted_out_at=at)

    async def set_unreachable(self, telegram_id: int, since: datetime | None) -> None:
        await self._set(telegram_id, unreachable_since=since)

    async def set_awaited(self, telegram_id: int, awaited: Awaited | None) -> None:
        values = {
            "awaited": awaited.what if awaited else None,
            "awaited_since": awaited.since if awaited else None,
            "awaited_campaign_id": awaited.campaign_id if awaited else None,
            "awaited_session_code": awaited.session_code if awaited else None,
            "awaited_words": awaited.words if awaited else None,
            "awaited_message_id": awaited.message_id if awaited else None,
            "awaited_ticket_number": awaited.ticket_number if awaited else None,
            "awaited_enrollment_id": awaited.enrollment_id if awaited else None,
            "awaited_draft": dict(awaited.draft) if awaited and awaited.draft is not None else None,
        }
        account = telegram_accounts.c
        await self._connection.execute(
            update(telegram_accounts).where(account.telegram_id == telegram_id).values(values)
        )

    async def save_code(self, person_id: int, code_hash: str, expires_at: datetime) -> None:
        values = {"code_hash": code_hash, "expires_at": expires_at}
        await self._connection.execute(
            insert(linking_codes)
            .values(person_id=person_id, **values)
            .on_conflict_do_update(index_elements=[linking_codes.c.person_id], set_=values)
        )

    async def take_code(self, code_hash: str) -> tuple[int, datetime] | None:
        # deleting is using up: of two who type it at once, the second waits here and then finds nothing
        statement = (
            delete(linking_codes)
            .where(linking_codes.c.code_hash == code_hash)
            .returning(linking_codes.c.person_id, linking_codes.c.expires_at)
        )
        row = (await self._connection.execute(statement)).one_or_none()
        return (row.person_id, row.expires_at) if row else None

    async def wrong_tries(self, telegram_id: int, since: datetime) -> list[datetime]:
        await self._lock_account(telegram_id)
        tries = wrong_code_tries.c
        query = select(tries.at).where(tries.telegram_id == telegram_id, tries.at >= since).order_by(tries.at)
        return list(await self._connection.scalars(query))

    async def record_wrong_try(self, telegram_id: int, at: datetime) -> None:
        await self._connection.execute(insert(wrong_code_tries).values(telegram_id=telegram_id, at=at))

    async def clear_wrong_tries(self, telegram_id: int) -> None:
        await self._connection.execute(delete(wrong_code_tries).where(wrong_code_tries.c.telegram_id == telegram_id))

    async def _set(self, telegram_id: int, **values: datetime | None) -> None:
        await self._connection.execute(
            update(telegram_accounts).where(telegram_accounts.c.telegram_id == telegram_id).values(**values)
        )

    async def _lock_account(self, telegram_id: int) -> None:
        second = func.hashint8(telegram_id)
        await self._connection.execute(select(func.pg_advisory_xact_lock(_ACCOUNT_LOCK, second)))


def _account(row: Row[*tuple[Any, ...]] | None) -> TelegramAccount | None:
    if row is None:
        return None
    return TelegramAccount(
        telegram_id=row.telegram_id,
        person_id=row.person_id,
        linked_at=row.linked_at,
        opted_out_at=row.opted_out_at,
        unreachable_since=row.unreachable_since,
        awaits=_awaited(row),
    )


def _awaited(row: Row[*tuple[Any, ...]]) -> Awaited | None:
    if row.awaited is None:
        return None
    return Awaited(
        what=row.awaited,
        since=row.awaited_since,
        campaign_id=row.awaited_campaign_id,
        session_code=row.awaited_session_code,
        words=row.awaited_words,
        message_id=row.awaited_message_id,
        ticket_number=row.awaited_ticket_number,
        enrollment_id=row.awaited_enrollment_id,
        draft=row.awaited_draft,
    )
