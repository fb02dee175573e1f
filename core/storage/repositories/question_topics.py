"""How often each topic was asked about, by the hour; who asked is nowhere. Mixed into SqlKnowledge."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from core.storage.tables import question_topics

_topic = question_topics.c


class Topics:
    _connection: AsyncConnection

    async def count_topic(self, topic: str, hour: datetime) -> None:
        await self._connection.execute(
            insert(question_topics)
            .values(hour=hour, topic=topic, count=1)
            .on_conflict_do_update(index_elements=[_topic.hour, _topic.topic], set_={"count": _topic.count + 1})
        )

    async def topics_between(self, begin: datetime, end: datetime) -> dict[str, int]:
        query = select(_topic.topic, func.sum(_topic.count)).where(_topic.hour >= begin, _topic.hour < end)
        return {row[0]: int(row[1]) for row in await self._connection.execute(query.group_by(_topic.topic))}

    async def first_topic_hour(self) -> datetime | None:
        first: datetime | None = await self._connection.scalar(select(func.min(_topic.hour)))
        return first
