"""The fake database's counts of what was asked about."""

from datetime import datetime

from tests.fake_records import Records


class FakeTopics:
    _records: Records

    async def count_topic(self, topic: str, hour: datetime) -> None:
        key = (hour, topic)
        self._records.topics[key] = self._records.topics.get(key, 0) + 1

    async def topics_between(self, begin: datetime, end: datetime) -> dict[str, int]:
        found: dict[str, int] = {}
        for (hour, topic), count in self._records.topics.items():
            if begin <= hour < end:
                found[topic] = found.get(topic, 0) + count
        return found

    async def first_topic_hour(self) -> datetime | None:
        return min((hour for hour, _ in self._records.topics), default=None)
