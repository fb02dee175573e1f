"""The one sender: order, pace, refusals of Telegram, and dying at any moment."""

import asyncio
from datetime import timedelta

import pytest

from core.domain.messages import LEASE, DeliveryStatus, Kind, Message, NewMessage
from core.domain.people import Person
from core.ports import SendFailed, UnitOfWorkFactory
from core.services.delivery import Delivered, Delivery
from core.services.pacing import Pace
from tests.factories import NOW, Cast, telegram_id
from tests.fakes import FakeTime, FixedClock, RecordingMessenger


class Sender:
    """A delivery with its messenger, and the ledger read back."""

    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: FixedClock, time: FakeTime) -> None:
        self.unit_of_work = unit_of_work
        self.clock = clock
        self.time = time
        self.messenger = RecordingMessenger()
        self.delivery = self.another()

    def another(self, **options: int) -> Delivery:
        """A sender started after the first one died, or beside it."""
        return Delivery(
            self.unit_of_work,
            self.clock,
            self.messenger,
            worker="test",
            pace=Pace(25, monotonic=self.time, sleep=self.time.sleep),
            **options,
        )

    async def queue(self, key: str, someone: Person, *, bulk: bool = False, **other: object) -> None:
        row = NewMessage(
            key=key,
            kind=Kind.CAMPAIGN if bulk else Kind.TICKET_ANSWERED,
            facts={"text": key},
            due_at=other.pop("due_at", NOW),  # type: ignore[arg-type]
            person_id=someone.person_id,
            is_bulk=bulk,
            **other,  # type: ignore[arg-type]
        )
        async with self.unit_of_work() as uow:
            assert await uow.outbox.add([row]) == 1
            await uow.commit()

    async def queue_bulk(self, someone: Person, size: int) -> None:
        async with self.unit_of_work() as uow:
            await uow.outbox.add(
                NewMessage(f"bulk:{n}", Kind.CAMPAIGN, {}, NOW, person_id=someone.person_id, is_bulk=True)
                for n in range(size)
            )
            await uow.commit()

    def refuse(self, *failures: BaseException | None) -> None:
        """Answers the next sends with these; None lets one through. After them everything goes through."""
        left = list(failures)

        def answer(message: Message) -> None:
            failure = left.pop(0) if left else None
            if failure is not None:
                raise failure

        self.messenger.answer = answer

    @property
    def keys(self) -> list[str]:
        return [message.key for message in self.messenger.sent]

    async def run_dry(self) -> None:
        while (await self.delivery.send_due()).any:
            pass


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


async def test_a_personal_row_written_during_a_campaign_goes_out_within_a_round(sender: Sender, cast: Cast) -> None:
    await sender.queue_bulk(cast.sari, 60)
    await sender.delivery.send_due()
    already = len(sender.keys)
    await sender.queue("personal", cast.joko)
    await sender.delivery.send_due()
    assert sender.keys.index("personal") == already


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


async def test_429_stops_bulk_for_the_time_telegram_asked_but_not_personal_rows(sender: Sender, cast: Cast) -> None:
    await sender.queue_bulk(cast.sari, 10)
    sender.refuse(None, SendFailed("Too Many Requests", retry_after=30))
    await sender.delivery.send_due()
    sent_before = len(sender.keys)
    assert sent_before < 10

    await sender.queue("personal", cast.joko)
    sender.clock.pass_by(seconds=29)
    sender.time.seconds += 29
    await sender.delivery.send_due()
    assert sender.keys[sent_before:] == ["personal"]

    sender.clock.pass_by(seconds=2)
    sender.time.seconds += 2
    await sender.run_dry()
    assert sorted(sender.keys) == sorted([f"bulk:{n}" for n in range(10)] + ["personal"])
    assert {m.attempts for m in sender.messenger.sent} == {1}  # a flood is not the row's failure


async def test_while_bulk_rests_the_tick_sleeps_and_does_not_spin(sender: Sender, cast: Cast) -> None:
    await sender.queue_bulk(cast.sari, 10)
    sender.refuse(SendFailed("Too Many Requests", retry_after=30))
    assert await sender.delivery.send_due() == Delivered()
    assert await sender.delivery.next_due_at() == NOW + timedelta(seconds=1)


async def test_a_personal_row_told_to_wait_waits_alone(sender: Sender, cast: Cast) -> None:
    await sender.queue("first", cast.sari)
    await sender.queue("second", cast.joko)
    sender.refuse(SendFailed("Too Many Requests", retry_after=30))
    await sender.delivery.send_due()
    assert sender.keys == ["second"]
    sender.clock.pass_by(seconds=30)
    await sender.delivery.send_due()
    assert sender.keys == ["second", "first"]


async def test_a_blocked_chat_is_remembered_and_not_tried_again(
    sender: Sender, unit_of_work: UnitOfWorkFactory, cast: Cast
) -> None:
    await sender.queue("a", cast.sari)
    sender.refuse(SendFailed("Forbidden: bot was blocked by the user", permanent=True))
    assert await sender.delivery.send_due() == Delivered(unreachable=1)
    sender.clock.pass_by(days=1)
    assert await sender.delivery.send_due() == Delivered()
    async with unit_of_work() as uow:
        account = await uow.accounts.get(telegram_id(cast.sari))
        audit = await uow.audit.of_subject(f"person:{cast.sari.person_id}")
    assert account is not None
    assert account.unreachable_since == NOW
    assert audit[-1] == ("account_unreachable", "telegram")


async def test_other_failures_rest_longer_each_time_and_are_given_up_after_8(sender: Sender, cast: Cast) -> None:
    await sender.queue("a", cast.sari)
    sender.refuse(*[SendFailed("Bad Gateway")] * 20)
    rests = []
    for _ in range(8):
        assert await sender.delivery.send_due() == Delivered(failed=1)
        due_at = await sender.delivery.next_due_at()
        if due_at is not None:
            rests.append((due_at - sender.clock.now()).total_seconds())
            sender.clock.moment = due_at
    assert rests == [2, 10, 60, 300, 1800, 1800, 1800]
    assert await sender.delivery.next_due_at() is None
    sender.clock.pass_by(days=1)
    assert await sender.delivery.send_due() == Delivered()


async def test_a_row_too_old_to_be_useful_expires_instead_of_arriving_late(sender: Sender, cast: Cast) -> None:
    await sender.queue("a", cast.sari, expires_at=NOW + timedelta(hours=1))
    sender.clock.pass_by(hours=1)
    assert await sender.delivery.send_due() == Delivered()
    assert sender.keys == []
    assert await sender.delivery.next_due_at() is None


async def test_a_row_that_cannot_be_put_into_words_does_not_stop_the_others(sender: Sender, cast: Cast) -> None:
    await sender.queue("broken", cast.sari)
    await sender.queue("good", cast.joko)
    sender.refuse(KeyError("title"))
    assert await sender.delivery.send_due() == Delivered(sent=1, failed=1)
    assert sender.keys == ["good"]


async def test_a_sender_that_dies_while_sending_loses_nothing(sender: Sender, cast: Cast) -> None:
    """The messenger is cancelled in the middle, as at shutdown: nobody knows whether it arrived."""
    await sender.queue("a", cast.sari)
    sender.refuse(asyncio.CancelledError())
    await sender.delivery.send_due()

    survivor = sender.another()
    assert await survivor.send_due() == Delivered()  # the lease holds
    assert await survivor.next_due_at() == NOW + LEASE
    sender.clock.moment = NOW + LEASE
    assert await survivor.send_due() == Delivered(sent=1)
    assert [m.attempts for m in sender.messenger.sent] == [2]


async def test_a_sender_that_dies_between_sending_and_marking_sends_again_after_the_lease(
    sender: Sender, unit_of_work: UnitOfWorkFactory, cast: Cast
) -> None:
    await sender.queue("a", cast.sari)

    class Killed(BaseException):
        """SIGKILL: nothing of ours runs after it."""

    def dying_unit_of_work():  # type: ignore[no-untyped-def]
        if sender.keys:  # sent, and now to be marked
            raise Killed
        return unit_of_work()

    dying = Delivery(
        dying_unit_of_work,
        sender.clock,
        sender.messenger,
        worker="dying",
        pace=Pace(25, monotonic=sender.time, sleep=sender.time.sleep),
    )
    with pytest.raises(BaseExceptionGroup) as death:
        await dying.send_due()
    assert death.group_contains(Killed)
    assert sender.keys == ["a"]

    assert await sender.delivery.send_due() == Delivered()
    sender.clock.moment = NOW + LEASE
    assert await sender.delivery.send_due() == Delivered(sent=1)
    assert sender.keys == ["a", "a"]
    sender.clock.pass_by(days=1)
    assert await sender.delivery.send_due() == Delivered()


async def test_a_row_withdrawn_while_in_flight_stays_withdrawn(
    sender: Sender, unit_of_work: UnitOfWorkFactory, cast: Cast
) -> None:
    await sender.queue("a", cast.sari)
    async with unit_of_work() as uow:
        [row] = await uow.outbox.claim(NOW, limit=1, bulk=False, claimed_by="test")
        await uow.outbox.settle(row.message_id, DeliveryStatus.WITHDRAWN, NOW)
        await uow.commit()
    async with unit_of_work() as uow:
        assert await uow.outbox.settle(row.message_id, DeliveryStatus.SENT, NOW) is False


async def test_a_send_that_hangs_is_tried_again(sender: Sender, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.services.delivery._SEND_SECONDS", 0.01)
    await sender.queue("a", cast.sari)

    async def hang(message: Message) -> int:
        await asyncio.Event().wait()
        return 1

    sender.messenger.send = hang  # type: ignore[method-assign]
    assert await sender.delivery.send_due() == Delivered(failed=1)
    assert await sender.delivery.next_due_at() == NOW + timedelta(seconds=2)
