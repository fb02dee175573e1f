"""What people said of their trainings, one row for each completed enrollment."""

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from core.domain.enrollment import Status
from core.domain.evaluations import Evaluation, SessionEvaluations
from core.storage.tables import courses, enrollments, evaluations, sessions


class SqlEvaluations:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, evaluation: Evaluation) -> bool:
        statement = (
            insert(evaluations)
            .values(enrollment_id=evaluation.enrollment_id, rating=evaluation.rating, rated_at=evaluation.rated_at)
            .on_conflict_do_nothing(index_elements=[evaluations.c.enrollment_id])
            .returning(evaluations.c.enrollment_id)
        )
        return await self._connection.scalar(statement) is not None

    async def get(self, enrollment_id: int) -> Evaluation | None:
        columns = evaluations.c
        query = select(columns.enrollment_id, columns.rating, columns.rated_at, columns.comment)
        row = (await self._connection.execute(query.where(columns.enrollment_id == enrollment_id))).one_or_none()
        return Evaluation(*row) if row else None

    async def set_comment(self, enrollment_id: int, comment: str) -> bool:
        own = evaluations.c.enrollment_id == enrollment_id
        statement = update(evaluations).where(own, evaluations.c.comment.is_(None)).values(comment=comment)
        return (await self._connection.execute(statement)).rowcount == 1

    async def by_session(self) -> list[SessionEvaluations]:
        answered = evaluations.c
        comments = func.array_agg(answered.comment).filter(answered.comment.is_not(None), answered.comment != "")
        query = (
            select(
                sessions.c.code,
                courses.c.title,
                func.count().label("completed"),
                func.count(answered.rating).label("answers"),
                func.avg(answered.rating).label("average"),
                comments.label("comments"),
            )
            .select_from(enrollments.join(sessions).join(courses).outerjoin(evaluations))
            .where(enrollments.c.status == Status.COMPLETED)
            .group_by(sessions.c.code, courses.c.title)
            .order_by(sessions.c.ends_at.desc(), sessions.c.code)
        )
        return [
            SessionEvaluations(
                row.code,
                row.title,
                row.completed,
                row.answers,
                None if row.average is None else round(float(row.average), 2),
                tuple(sorted(row.comments or ())),
            )
            for row in await self._connection.execute(query)
        ]
