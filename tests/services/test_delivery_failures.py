"""What the one sender does when Telegram refuses, and when it dies itself."""

import asyncio
from datetime import timedelta

import pytest

from core.domain.messages import LEASE, DeliveryStatus, Message
from core.ports import DatabaseUnreachable, SendFailed, UnitOfWorkFactory
from core.services.delivery import Delivered, Delivery
from core.services.pacing import Pace
from tests.factories import NOW, Cast, telegram_id
from tests.fakes import FakeTime, FixedClock
from tests.services.sending import Sender


@pytest.fixture
def sender(unit_of_work: UnitOfWorkFactory, clock: FixedClock, time: FakeTime) -> Sender:
    return Sender(unit_of_work, clock, time)


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


async def test_what_was_sent_while_the_database_went_away_is_written_down_when_it_is_back(
    sender: Sender, unit_of_work: UnitOfWorkFactory, cast: Cast
) -> None:
    await sender.queue_bulk(cast.sari, 30)
    away = 0

    def gone_for_a_while():  # type: ignore[no-untyped-def]
        nonlocal away
        if away:
            away -= 1
            raise DatabaseUnreachable("db", "restarting")
        return unit_of_work()

    def go_away(message: Message) -> None:
        nonlocal away
        if message.key in ("bulk:5", "bulk:20"):
            away = 3

    sender.unit_of_work = gone_for_a_while  # type: ignore[assignment]
    sender.messenger.answer = go_away
    delivery = sender.another()
    for _ in range(2):
        with pytest.raises(DatabaseUnreachable):
            await delivery.send_due()
    assert (await delivery.send_due()).any
    assert await delivery.send_due() == Delivered()
    assert sorted(sender.keys) == sorted({f"bulk:{n}" for n in range(30)})


async def test_a_sender_whose_database_stays_away_keeps_what_it_sent_for_the_next_round(
    sender: Sender, unit_of_work: UnitOfWorkFactory, cast: Cast
) -> None:
    await sender.queue("a", cast.sari)
    is_away = False

    def gone():  # type: ignore[no-untyped-def]
        if is_away:
            raise DatabaseUnreachable("db", "down")
        return unit_of_work()

    def go_away(message: Message) -> None:
        nonlocal is_away
        is_away = True

    sender.unit_of_work = gone  # type: ignore[assignment]
    sender.messenger.answer = go_away
    delivery = sender.another()
    with pytest.raises(DatabaseUnreachable):
        await delivery.send_due()
    is_away = False
    assert await delivery.send_due() == Delivered(sent=1)
    sender.clock.pass_by(seconds=LEASE.total_seconds())
    assert await delivery.send_due() == Delivered()
    assert sender.keys == ["a"]


async def test_told_to_stop_it_finishes_what_it_has_in_hand_and_claims_nothing_more(sender: Sender, cast: Cast) -> None:
    await sender.queue_bulk(cast.sari, 40)
    sender.messenger.answer = lambda message: sender.delivery.stop()
    await sender.delivery.send_due()
    assert 1 <= len(sender.keys) <= 8
    assert await sender.another().next_due_at() == NOW  # nothing is left `sending`: all others may be sent at once
    heir = sender.another()
    while (await heir.send_due()).any:
        pass
    assert sorted(sender.keys) == sorted({f"bulk:{n}" for n in range(40)})


async def test_a_send_that_hangs_is_tried_again(sender: Sender, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.services.delivery._SEND_SECONDS", 0.01)
    await sender.queue("a", cast.sari)

    async def hang(message: Message) -> int:
        await asyncio.Event().wait()
        return 1

    sender.messenger.send = hang  # type: ignore[method-assign]
    assert await sender.delivery.send_due() == Delivered(failed=1)
    assert await sender.delivery.next_due_at() == NOW + timedelta(seconds=2)
