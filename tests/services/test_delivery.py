"""The one sender: order, pace, refusals of Telegram, and dying at any moment."""

import asyncio
from datetime import timedelta

import pytest

from core.domain.messages import DeliveryStatus, Message
from core.ports import UnitOfWorkFactory
from core.services.delivery import Delivered, Delivery
from core.services.pacing import Pace
from tests.factories import NOW, Cast, add_people, telegram_id
from tests.fakes import FakeDatabase, FakeTime, FixedClock
from tests.services.sending import Sender


@pytest.fixture
def sender(unit_of_work: UnitOfWorkFactory, clock: FixedClock, time: FakeTime) -> Sender:
    return Sender(unit_of_work, clock, time)


async def test_what_is_due_is_sent_once_to_the_persons_account(sender: Sender, cast: Cast) -> None:
    await sender.queue("a", cast.sari)
    await sender.queue("later", cast.sari, due_at=NOW + timedelta(hours=1))

    assert await sender.delivery.send_due() == Delivered(sent=1)
    assert await sender.delivery.send_due() == Delivered()

    assert [(m.key, m.telegram_id, m.attempts) for m in sender.messenger.sent] == [("a", telegram_id(cast.sari), 1)]
    assert await sender.delivery.next_due_at() == NOW + timedelta(hours=1)
    sender.clock.pass_by(hours=1)
    assert (await sender.delivery.send_due()).any
    assert await sender.delivery.next_due_at() is None


async def test_personal_rows_go_before_bulk_rows(sender: Sender, cast: Cast) -> None:
    await sender.queue("bulk", cast.sari, bulk=True, due_at=NOW - timedelta(hours=1))
    await sender.queue("personal", cast.joko)
    await sender.delivery.send_due()
    assert sender.keys == ["personal", "bulk"]


async def test_a_personal_row_written_during_a_campaign_goes_before_all_that_is_not_yet_claimed(
    sender: Sender, cast: Cast
) -> None:
    await sender.queue_bulk(cast.sari, 60)
    async with asyncio.TaskGroup() as others:

        def write(message: Message) -> None:
            if message.key == "bulk:10":
                others.create_task(sender.queue("personal", cast.joko))

        sender.messenger.answer = write
        await sender.delivery.send_due()
    place = sender.keys.index("personal")
    assert 10 < place <= 10 + 3 * 8  # what was claimed and what was being claimed goes first


async def test_bulk_goes_out_evenly_at_25_a_second(sender: Sender, cast: Cast) -> None:
    sent_at: list[float] = []
    sender.messenger.answer = lambda message: sent_at.append(sender.time.seconds)
    await sender.queue_bulk(cast.sari, 100)

    await sender.run_dry()

    assert len(sent_at) == 100
    assert sent_at[-1] - sent_at[0] == pytest.approx(99 / 25, abs=0.05)  # a slot more or less
    busiest = max(sum(start <= at < start + 1 for at in sent_at) for start in sent_at)
    assert busiest <= 26  # 25 and a rounding


async def test_a_stall_is_caught_up_by_two_slots_and_no_more(time: FakeTime) -> None:
    pace = Pace(25, monotonic=time, sleep=time.sleep)
    for _ in range(5):
        await pace.turn()
    time.seconds += 10
    time.slept.clear()
    for _ in range(4):
        await pace.turn()
    assert time.slept == [pytest.approx(0.04)]


async def test_no_more_are_in_flight_than_allowed(sender: Sender, cast: Cast) -> None:
    flying = 0
    most = 0

    async def send(message: Message) -> int:
        nonlocal flying, most
        flying += 1
        most = max(most, flying)
        for _ in range(5):
            await asyncio.sleep(0)
        flying -= 1
        return 1

    sender.messenger.send = send  # type: ignore[method-assign]
    await sender.queue_bulk(cast.sari, 40)
    delivery = sender.another(concurrency=3)
    while (await delivery.send_due()).any:
        pass
    assert most == 3


async def test_claimed_and_not_yet_written_down_are_never_more_than_the_stated_concurrency(clock: FixedClock) -> None:
    """That many messages can come twice if the sender is killed: at any moment, so it is looked at while each is sent."""
    database, time = FakeDatabase(), FakeTime()
    cast, sender = await add_people(database), Sender(database, clock, time)
    at_risk: list[int] = []

    async def send(message: Message) -> int:
        for _ in range(message.message_id % 7):
            await asyncio.sleep(0)
        rows = database.records.messages.values()
        at_risk.append(sum(row.status is DeliveryStatus.SENDING for row in rows))
        return 1

    sender.messenger.send = send  # type: ignore[method-assign]
    for rate in (25, 100_000):
        for number in range(60):
            await sender.queue(f"{rate}:{number}", cast.sari, bulk=True)
        delivery = Delivery(
            database, clock, sender.messenger, worker=str(rate), concurrency=5,
            pace=Pace(rate, monotonic=time, sleep=time.sleep),
        )  # fmt: skip
        await sender.queue(f"{rate}:personal", cast.joko)
        while (await delivery.send_due()).any:
            pass
    assert max(at_risk) == 5
