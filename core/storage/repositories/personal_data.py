"""Erasing a person (UU 27/2022): what the assistant holds beside the registry goes, the employer's records stay.

Stay: the registry row, enrollments, attendance, learning hours, what was read and what was right in quizzes, the audit trail.
Go: the account (from the trail too), codes, tries, the texts of tickets, why they withdrew or were declined, how they felt
about campaigns, and what messages said, those to others about this person included.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Text, cast, delete, or_, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from core.domain.messages import ABOUT_TICKETS, DeliveryStatus, Kind
from core.domain.ticket_knowledge import EntryStatus
from core.storage.tables import (
    audit,
    enrollments,
    evaluations,
    knowledge_entries,
    linking_codes,
    outbox,
    pulse_answers,
    telegram_accounts,
    tickets,
    wrong_attendance_tries,
    wrong_code_tries,
)

_NAME_SUPERVISORS = (Kind.APPROVAL_ESCALATED, Kind.DELEGATION_STARTED, Kind.DELEGATION_ENDED)
_DONE = (DeliveryStatus.SENT, DeliveryStatus.EXPIRED, DeliveryStatus.WITHDRAWN)


class SqlPersonalData:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def erase(self, person_id: int, telegram_id: int, now: datetime) -> None:
        await self._erase_messages(person_id, telegram_id, now)
        execute = self._connection.execute
        await execute(
            update(tickets)
            .where(tickets.c.person_id == person_id, tickets.c.erased_at.is_(None))
            .values(question="", answer=None, erased_at=now)
        )
        await execute(delete(pulse_answers).where(pulse_answers.c.person_id == person_id))
        # what has not been approved may still hold their words; what has is HR's, asked and answered in general
        asked = select(tickets.c.number).where(tickets.c.person_id == person_id)
        is_unpublished = knowledge_entries.c.status.in_((EntryStatus.DRAFT, EntryStatus.IN_REVIEW))
        await execute(delete(knowledge_entries).where(knowledge_entries.c.ticket_number.in_(asked), is_unpublished))
        own = select(enrollments.c.id).where(enrollments.c.person_id == person_id)
        # what they wrote when they withdrew; why others declined or cancelled is not theirs, but not needed any more either
        await execute(update(enrollments).where(enrollments.c.person_id == person_id).values(reason=None))
        await execute(update(evaluations).where(evaluations.c.enrollment_id.in_(own)).values(comment=""))
        await execute(delete(linking_codes).where(linking_codes.c.person_id == person_id))
        await execute(delete(wrong_attendance_tries).where(wrong_attendance_tries.c.person_id == person_id))
        await execute(delete(wrong_code_tries).where(wrong_code_tries.c.telegram_id == telegram_id))
        await execute(
            delete(telegram_accounts).where(
                or_(telegram_accounts.c.person_id == person_id, telegram_accounts.c.telegram_id == telegram_id)
            )
        )

        await self._forget_account(person_id, telegram_id)

    async def _forget_account(self, person_id: int, telegram_id: int) -> None:
        """The trail keeps who did what, by the registry's number; the Telegram account was ours to know and goes."""
        for column in (audit.c.actor, audit.c.subject):
            await self._connection.execute(
                update(audit).where(column == f"tg:{telegram_id}").values({column: f"person:{person_id}"})
            )

    async def _erase_messages(self, person_id: int, telegram_id: int, now: datetime) -> None:
        execute = self._connection.execute
        own = or_(outbox.c.person_id == person_id, outbox.c.telegram_id == telegram_id)
        await execute(delete(outbox).where(own, outbox.c.campaign_id.is_(None)))
        # of a campaign's rows the words go; the rows stay for its counts
        of_campaigns = update(outbox).where(outbox.c.person_id == person_id)
        await execute(of_campaigns.values(facts={}, error=None, telegram_message_id=None))
        await execute(
            of_campaigns.where(outbox.c.status.not_in(_DONE)).values(status=DeliveryStatus.WITHDRAWN, settled_at=now)
        )
        # those to HR officers about their tickets
        numbers = select(tickets.c.number).where(tickets.c.person_id == person_id)
        number = outbox.c.facts["ticket_number"].astext.cast(BigInteger)
        await execute(
            update(outbox)
            .where(outbox.c.kind.in_(ABOUT_TICKETS), number.in_(numbers))
            .values(facts=_without(outbox.c.facts, "question", "answer", "questions", "text", "title", "reason"))
        )
        await execute(
            update(outbox)
            .where(outbox.c.kind.in_(ABOUT_TICKETS), number.in_(numbers), outbox.c.status.not_in(_DONE))
            .values(status=DeliveryStatus.WITHDRAWN, settled_at=now)
        )
        # those to supervisors that named them and have been sent; what is still to be decided needs the name
        theirs = select(enrollments.c.id).where(enrollments.c.person_id == person_id)
        await execute(
            update(outbox)
            .where(outbox.c.enrollment_id.in_(theirs), outbox.c.person_id != person_id, outbox.c.status.in_(_DONE))
            .values(facts=_without(outbox.c.facts, "person", "done", "booked", "clashes"))
        )
        # those to the people above and to delegates that named them as supervisor
        supervisor_id = outbox.c.facts["supervisor_id"].astext.cast(BigInteger)
        await execute(
            update(outbox)
            .where(outbox.c.kind.in_(_NAME_SUPERVISORS), supervisor_id == person_id, outbox.c.status.in_(_DONE))
            .values(facts=_without(outbox.c.facts, "supervisor"))
        )


def _without(facts: ColumnElement[Any], *keys: str) -> ColumnElement[Any]:
    return facts.op("-", return_type=JSONB())(cast(keys, ARRAY(Text)))
