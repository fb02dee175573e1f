"""What people answered to campaigns."""

from datetime import datetime

from sqlalchemy import exists, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from core.domain.campaign_results import PersonQuiz, UnitQuiz
from core.domain.messages import NEWS, DeliveryStatus, Kind
from core.domain.people import Unit
from core.domain.pulses import PulseAnswer
from core.storage.audience import units_above
from core.storage.rows import person_columns, person_of
from core.storage.tables import campaign_replies, outbox, people, pulse_answers, quiz_answers, units

_quiz, _pulse = quiz_answers.c, pulse_answers.c
_right = func.count().filter(_quiz.is_right)


class SqlAnswers:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def has_got(self, campaign_id: int, person_id: int) -> bool:
        got = exists().where(
            outbox.c.campaign_id == campaign_id,
            outbox.c.person_id == person_id,
            outbox.c.kind.in_(NEWS),
            outbox.c.status.in_((DeliveryStatus.SENT, DeliveryStatus.SENDING)),
        )
        return bool(await self._connection.scalar(select(got)))

    async def messages_got(self, campaign_id: int, person_id: int) -> int:
        query = select(func.count()).where(
            outbox.c.campaign_id == campaign_id,
            outbox.c.person_id == person_id,
            outbox.c.kind.in_((Kind.CAMPAIGN, Kind.CAMPAIGN_STEP)),
            outbox.c.status.in_((DeliveryStatus.SENT, DeliveryStatus.SENDING)),
        )
        return await self._connection.scalar(query) or 0

    async def add_reply(self, campaign_id: int, person_id: int, now: datetime) -> None:
        values = {"campaign_id": campaign_id, "person_id": person_id, "at": now}
        await self._connection.execute(insert(campaign_replies).values(values).on_conflict_do_nothing())

    async def add_choice(
        self, campaign_id: int, person_id: int, number: int, choice: int, now: datetime, *, is_right: bool
    ) -> None:
        values = {
            "campaign_id": campaign_id,
            "person_id": person_id,
            "number": number,
            "choice": choice,
            "is_right": is_right,
            "at": now,
        }
        await self._connection.execute(insert(quiz_answers).values(values).on_conflict_do_nothing())

    async def choices(self, campaign_id: int, person_id: int) -> dict[int, int]:
        query = select(_quiz.number, _quiz.choice).where(_quiz.campaign_id == campaign_id, _quiz.person_id == person_id)
        return {number: choice for number, choice in await self._connection.execute(query)}

    async def choice_counts(self, campaign_id: int) -> dict[tuple[int, int], int]:
        query = (
            select(_quiz.number, _quiz.choice, func.count())
            .where(_quiz.campaign_id == campaign_id)
            .group_by(_quiz.number, _quiz.choice)
        )
        return {(number, choice): count for number, choice, count in await self._connection.execute(query)}

    async def scores(self, campaign_id: int) -> list[tuple[int, int, int]]:
        each = _each(campaign_id)
        query = select(each.c.answers, each.c.answers_right, func.count()).group_by(
            each.c.answers, each.c.answers_right
        )
        return [(row[0], row[1], row[2]) for row in await self._connection.execute(query)]

    async def quiz_by_unit(self, campaign_id: int, questions: int) -> list[UnitQuiz]:
        each, above = _each(campaign_id), units_above()
        counts = (
            select(
                above.c.ancestor,
                func.count().label("began"),
                func.count().filter(each.c.answers >= questions).label("finished"),
                func.sum(each.c.answers).label("answers"),
                func.sum(each.c.answers_right).label("answers_right"),
            )
            .select_from(each)
            .join(people, people.c.id == each.c.person_id)
            .join(above, above.c.code == people.c.unit_code)
            .group_by(above.c.ancestor)
            .subquery()
        )
        query = select(units, counts).join(counts, counts.c.ancestor == units.c.code).order_by(units.c.code)
        return [
            UnitQuiz(
                Unit(r.code, r.name, r.short_name, r.parent), r.began, r.finished, int(r.answers), int(r.answers_right)
            )
            for r in await self._connection.execute(query)
        ]

    async def quiz_people(self, campaign_id: int) -> list[PersonQuiz]:
        each = _each(campaign_id)
        query = (
            select(*person_columns, each.c.answers, each.c.answers_right)
            .select_from(each)
            .join(people, people.c.id == each.c.person_id)
            .join(units, units.c.code == people.c.unit_code)
            .order_by(people.c.unit_code, people.c.name, people.c.id)
        )
        return [PersonQuiz(person_of(r), r.answers, r.answers_right) for r in await self._connection.execute(query)]

    async def add_pulse(self, campaign_id: int, person_id: int, value: int, now: datetime) -> None:
        values = {"campaign_id": campaign_id, "person_id": person_id, "value": value, "at": now}
        await self._connection.execute(insert(pulse_answers).values(values).on_conflict_do_nothing())

    async def pulse(self, campaign_id: int, person_id: int) -> PulseAnswer | None:
        query = select(_pulse.value, _pulse.comment).where(
            _pulse.campaign_id == campaign_id, _pulse.person_id == person_id
        )
        row = (await self._connection.execute(query)).one_or_none()
        return PulseAnswer(row.value, row.comment) if row else None

    async def set_pulse_comment(self, campaign_id: int, person_id: int, comment: str) -> bool:
        statement = update(pulse_answers).where(
            _pulse.campaign_id == campaign_id, _pulse.person_id == person_id, _pulse.comment.is_(None)
        )
        return (await self._connection.execute(statement.values(comment=comment))).rowcount > 0

    async def pulse_counts(self, campaign_id: int) -> dict[int, int]:
        query = select(_pulse.value, func.count()).where(_pulse.campaign_id == campaign_id).group_by(_pulse.value)
        return {value: count for value, count in await self._connection.execute(query)}

    async def pulse_by_unit(self, campaign_id: int) -> list[tuple[Unit, int, int]]:
        above = units_above()
        counts = (
            select(above.c.ancestor, func.count().label("answers"), func.sum(_pulse.value).label("total"))
            .select_from(pulse_answers)
            .join(people, people.c.id == _pulse.person_id)
            .join(above, above.c.code == people.c.unit_code)
            .where(_pulse.campaign_id == campaign_id)
            .group_by(above.c.ancestor)
            .subquery()
        )
        query = select(units, counts).join(counts, counts.c.ancestor == units.c.code).order_by(units.c.code)
        return [
            (Unit(r.code, r.name, r.short_name, r.parent), r.answers, int(r.total))
            for r in await self._connection.execute(query)
        ]

    async def pulse_comments(self, campaign_id: int) -> list[str]:
        query = select(_pulse.comment).where(_pulse.campaign_id == campaign_id, _pulse.comment.is_not(None))
        return list(await self._connection.scalars(query))


def _each(campaign_id: int):  # type: ignore[no-untyped-def]
    """One row for each person who answered anything."""
    return (
        select(_quiz.person_id, func.count().label("answers"), _right.label("answers_right"))
        .where(_quiz.campaign_id == campaign_id)
        .group_by(_quiz.person_id)
        .subquery()
    )
