"""A campaign in simulated time, from the officer's draft to the last message: its clock jumps over the nights, nothing sleeps.

It is released in the evening before a holiday, so that a part of it goes out at once and the rest two nights later.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import psycopg

from core.domain.calendar import at_jakarta, jakarta
from core.domain.campaigns import Impact
from core.domain.messages import Kind, Message
from core.domain.working_days import DAY_ENDS, Holidays
from core.services.campaign_desk import CampaignDesk, Changes
from core.services.campaigns import Campaigns
from core.services.delivery import Delivery
from core.services.pacing import Pace
from core.storage.addresses import libpq
from core.storage.database import Database
from tests.factories import NOW, add_people, caller
from tests.fakes import FakeTime

RATE = 25.0
CONCURRENCY = 25
FIRST_SHARE = 0.3
"""Of the messages, before the first night."""
_PHONE = 830_000_000
_CROWD = """
INSERT INTO people (nip, name, unit_code, position, level, employment)
SELECT 'n' || i, 'Pegawai ' || i, 'BKD', 'Staf', 'pelaksana', 'PNS' FROM generate_series(1, %s) AS i
"""
_ACCOUNTS = """
INSERT INTO telegram_accounts (telegram_id, person_id, linked_at)
SELECT %s + id, id, %s FROM people WHERE nip LIKE 'n%%'
"""


class SimulatedClock:
    """Wall clock and monotonic time are one."""

    def __init__(self, time: FakeTime, starts_at: datetime) -> None:
        self._time = time
        self._starts_at = starts_at

    def now(self) -> datetime:
        return self._starts_at + timedelta(seconds=self._time.seconds)

    def jump_to(self, moment: datetime) -> None:
        self._time.seconds = max(self._time.seconds + 1, (moment - self._starts_at).total_seconds())


@dataclass
class Watch:
    """Telegram's side: counts, and remembers the days and the last moment."""

    clock: SimulatedClock
    chats: set[int | None]
    days: set[int]
    messages: int = 0
    last_at: datetime = NOW

    async def send(self, message: Message) -> int:
        if message.kind is Kind.CAMPAIGN:
            self.chats.add(message.telegram_id)
            self.last_at = self.clock.now()
            self.days.add(jakarta(self.last_at).toordinal())
            self.messages += 1
        return 1


@dataclass(frozen=True)
class Campaign:
    impact: Impact
    ended_at: datetime
    days: tuple[int, ...]
    """Ordinals of the days on which something went out."""
    chats: int
    messages: int

    def require(self, people: int) -> None:
        """Over within 2% of the time it takes, nights not counted, of the moment the impact line gave; everybody got it once."""
        assert self.impact.reached == self.chats == self.messages > people
        assert self.days[-1] - self.days[0] == 2, self.days
        assert abs(self.ended_at - self.impact.ends_at) <= 0.02 * self.impact.duration, self


async def over_two_nights(database: Database, url: str, people: int, say: Callable[[str], None]) -> Campaign:
    evening = at_jakarta(jakarta(NOW).date(), DAY_ENDS) - timedelta(seconds=int(FIRST_SHARE * people / RATE))
    holidays: Holidays = frozenset({jakarta(NOW).date() + timedelta(days=1)})
    ticking = FakeTime()
    clock = SimulatedClock(ticking, evening)
    watch = Watch(clock, set(), set())
    cast = await add_people(database.unit_of_work)
    with psycopg.connect(libpq(url)) as connection:
        connection.execute(_CROWD, [people])
        connection.execute(_ACCOUNTS, [_PHONE, NOW])
    desk = CampaignDesk(database.unit_of_work, clock, holidays, RATE)
    latest_at = at_jakarta(jakarta(NOW).date() + timedelta(days=9), time(12))
    campaign = await desk.draft(caller(cast.dewi), Changes(text="Apel, {nama}", latest_at=latest_at))
    number = campaign.campaign_id
    await desk.submit(caller(cast.dewi), number)
    await desk.approve(caller(cast.agus), number, campaign.version)
    _, impact = await desk.show(caller(cast.agus), number)
    await desk.send_now(caller(cast.dewi), number)

    pace = Pace(RATE, monotonic=ticking, sleep=ticking.sleep)
    delivery = Delivery(
        database.unit_of_work, clock, watch, worker="test", rate_per_second=RATE, concurrency=CONCURRENCY, pace=pace,
        holidays=holidays,
    )  # fmt: skip
    campaigns, said = Campaigns(database.unit_of_work, clock), 0
    while (progress := await campaigns.progress(number)) is not None and progress.waiting:
        if not (await delivery.send_due()).any:
            due_at = await delivery.next_due_at()
            assert due_at is not None
            clock.jump_to(due_at)
        if progress.sent >= said + people // 10:
            said = progress.sent
            say(f"{said:,} of {people:,} sent, it is {jakarta(clock.now()):%A %H:%M}")
    return Campaign(impact, watch.last_at, tuple(sorted(watch.days)), len(watch.chats), watch.messages)
