"""The numbers of certificates, one for each completed enrollment."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from core.domain.certificates import Certificate
from core.storage.tables import certificates, enrollments


class SqlCertificates:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def issue(self, enrollment_id: int, number: str, now: datetime) -> Certificate:
        return (await self.issue_all({enrollment_id: number}, now))[enrollment_id]

    async def issue_all(self, numbers: Mapping[int, str], now: datetime) -> dict[int, Certificate]:
        if not numbers:
            return {}
        rows = [
            {"number": number, "enrollment_id": enrollment_id, "issued_at": now}
            for enrollment_id, number in numbers.items()
        ]
        upsert = insert(certificates).on_conflict_do_update(
            index_elements=[certificates.c.enrollment_id], set_={"revoked_at": None}
        )
        await self._connection.execute(upsert, rows)
        query = _select().where(certificates.c.enrollment_id.in_(numbers))
        issued = [Certificate(*row) for row in await self._connection.execute(query)]
        return {certificate.enrollment_id: certificate for certificate in issued}

    async def revoke(self, enrollment_id: int, now: datetime) -> None:
        own = certificates.c.enrollment_id == enrollment_id
        await self._connection.execute(
            update(certificates).where(own, certificates.c.revoked_at.is_(None)).values(revoked_at=now)
        )

    async def get(self, number: str) -> Certificate | None:
        return await self._one(_select().where(certificates.c.number == number))

    async def of_enrollment(self, enrollment_id: int) -> Certificate | None:
        return await self._one(_select().where(certificates.c.enrollment_id == enrollment_id))

    async def of_person(self, person_id: int) -> list[Certificate]:
        query = _select().join(enrollments).where(enrollments.c.person_id == person_id)
        rows = await self._connection.execute(query.order_by(certificates.c.issued_at, certificates.c.number))
        return [Certificate(*row) for row in rows]

    async def _one(self, query: Select[*tuple[Any, ...]]) -> Certificate | None:
        row = (await self._connection.execute(query)).one_or_none()
        return Certificate(*row) if row else None


def _select() -> Select[*tuple[Any, ...]]:
    columns = certificates.c
    return select(columns.number, columns.enrollment_id, columns.issued_at, columns.revoked_at)
