"""The one ledger: written once, claimed by one, settled once, and in order."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.domain.campaigns import Campaign, CampaignStatus
from core.domain.enrollment import Status
from core.domain.messages import LEASE, DeliveryStatus, Kind, Message, NewMessage, Settlement
from core.domain.people import Person
from core.ports import UnitOfWorkFactory
from tests.factories import NOW, Cast, add_people, add_sessions, session, telegram_id

STRANGER = 777
SECOND = timedelta(seconds=1)


@pytest.fixture
async def cast(unit_of_work: UnitOfWorkFactory) -> Cast:
    return await add_people(unit_of_work)


def to(someone: Person, key: str = "one", **other: object) -> NewMessage:
    message = NewMessage(key, Kind.SESSION_REMINDER, {"title": "Analisis"}, NOW, person_id=someone.person_id)
    return replace(message, **other)  # type: ignore[arg-type]


async def add(unit_of_work: UnitOfWorkFactory, *messages: NewMessage) -> int:
    async with unit_of_work() as uow:
        new = await uow.outbox.add(messages)
        await uow.commit()
    return new


async def claim(
    unit_of_work: UnitOfWorkFactory, now: datetime = NOW, *, limit: int = 100, bulk: bool | None = False, by: str = "me"
) -> list[Message]:
    async with unit_of_work() as uow:
        claimed = await uow.outbox.claim(now, limit=limit, bulk=bulk, claimed_by=by)
        await uow.commit()
    return claimed


async def settle(unit_of_work: UnitOfWorkFactory, message: Message, status: DeliveryStatus, **facts: object) -> bool:
    async with unit_of_work() as uow:
        settled = await uow.outbox.settle(message.message_id, status, NOW, **facts)  # type: ignore[arg-type]
        await uow.commit()
    return settled


async def next_due(unit_of_work: UnitOfWorkFactory) -> datetime | None:
    async with unit_of_work() as uow:
        return await uow.outbox.next_due_at()


async def enrollment_of(unit_of_work: UnitOfWorkFactory, someone: Person) -> int:
    await add_sessions(unit_of_work, session())
    async with unit_of_work() as uow:
        started = await uow.enrollments.start(someone.person_id, "TIK-02-A", Status.CONFIRMED, NOW)
        await uow.commit()
    return started.enrollment_id


def keys(messages: Sequence[Message]) -> list[str]:
    return [message.key for message in messages]


async def test_a_claimed_row_says_all_that_was_written(unit_of_work: UnitOfWorkFactory, cast: Cast) -> None:
    await add(unit_of_work, to(cast.sari, expires_at=NOW + LEASE))
    (message,) = await claim(unit_of_work)
    assert message == Message(
        message_id=message.message_id,
        key="one",
        kind=Kind.SESSION_REMINDER,
        facts={"title": "Analisis"},
        due_at=NOW,
        status=DeliveryStatus.SENDING,
        attempts=1,
        person_id=cast.sari.person_id,
        telegram_id=telegram_id(cast.sari),
        expires_at=NOW + LEASE,
        is_bulk=False,
    )


async def test_the_same_key_again_changes_nothing(unit_of_work: UnitOfWorkFactory, cast: Cast) -> None:
    assert await add(unit_of_work, to(cast.sari), to(cast.sari, "two"), to(cast.joko)) == 2
    assert await add(unit_of_work, to(cast.joko, facts={"title": "lain"})) == 0
    assert await add(unit_of_work) == 0
    assert [(m.key, m.person_id, m.facts["title"]) for m in await claim(unit_of_work)] == [
        ("one", cast.sari.person_id, "Analisis"),
        ("two", cast.sari.person_id, "Analisis"),
    ]


async def test_ten_who_write_the_same_key_at_once_are_one(unit_of_work: UnitOfWorkFactory, cast: Cast) -> None:
    assert sum(await asyncio.gather(*(add(unit_of_work, to(cast.sari)) for _ in range(10)))) == 1


async def test_a_row_for_nobody_or_for_two_is_refused(unit_of_work: UnitOfWorkFactory, cast: Cast) -> None:
    for wrong in (to(cast.sari, person_id=None), to(cast.sari, telegram_id=1)):
        with pytest.raises(Exception, match="ck_outbox_recipient"):
            await add(unit_of_work, wrong)


async def test_rows_come_in_the_order_they_fall_due_and_never_early(
    unit_of_work: UnitOfWorkFactory, cast: Cast
) -> None:
    await add(
        unit_of_work,
        to(cast.sari, "b", due_at=NOW - SECOND),
        to(cast.sari, "late", due_at=NOW + SECOND),
        to(cast.sari, "c", due_at=NOW - SECOND),
        to(cast.sari, "a", due_at=NOW - 2 * SECOND),
    )
    assert keys(await claim(unit_of_work, limit=2)) == ["a", "b"]
    assert keys(await claim(unit_of_work)) == ["c"]
    assert keys(await claim(unit_of_work, NOW + SECOND)) == ["late"]


async def test_personal_and_bulk_rows_are_claimed_apart(unit_of_work: UnitOfWorkFactory, cast: Cast) -> None:
    await add(unit_of_work, to(cast.sari, "mine"), to(cast.sari, "all", is_bulk=True))
    assert keys(await claim(unit_of_work, bulk=True)) == ["all"]
    assert keys(await claim(unit_of_work)) == ["mine"]


async def test_claimed_together_personal_rows_come_first_and_leave_what_room_there_is_to_bulk(
    unit_of_work: UnitOfWorkFactory, cast: Cast
) -> None:
    bulk = [to(cast.sari, f"all {n}", is_bulk=True, due_at=NOW - SECOND) for n in range(3)]
    await add(unit_of_work, *bulk, to(cast.sari, "mine"), to(cast.joko, "yours"))
    assert keys(await claim(unit_of_work, bulk=None, limit=1)) == ["mine"]
    assert keys(await claim(unit_of_work, bulk=None, limit=3)) == ["yours", "all 0", "all 1"]
    assert keys(await claim(unit_of_work, bulk=None)) == ["all 2"]


async def test_many_outcomes_are_written_at_once_and_only_by_who_claimed_them(
    unit_of_work: UnitOfWorkFactory, cast: Cast
) -> None:
    await add(unit_of_work, *(to(cast.sari, name) for name in "abc"))
    sent, failed, back = await claim(unit_of_work, by="me")
    outcomes = [
        Settlement(sent.message_id, DeliveryStatus.SENT, telegram_message_id=7),
        Settlement(failed.message_id, DeliveryStatus.FAILED, due_at=NOW + SECOND, error="Bad Gateway"),
        Settlement(back.message_id, DeliveryStatus.QUEUED, due_at=NOW),
        Settlement(12345, DeliveryStatus.SENT),
    ]
    async with unit_of_work() as uow:
        assert await uow.outbox.settle_all(outcomes, NOW, claimed_by="somebody else") == 0
        assert await uow.outbox.settle_all([], NOW, claimed_by="me") == 0
        assert await uow.outbox.settle_all(outcomes, NOW, claimed_by="me") == 3
        await uow.commit()
    assert [(m.key, m.attempts) for m in await claim(unit_of_work, NOW)] == [("c", 1)]
    assert [(m.key, m.attempts) for m in await claim(unit_of_work, NOW + SECOND)] == [("b", 2)]


async def test_twenty_senders_at_once_never_share_a_row(unit_of_work: UnitOfWorkFactory, cast: Cast) -> None:
    await add(unit_of_work, *(to(cast.sari, f"key {number}") for number in range(100)))
    claims = await asyncio.gather(*(claim(unit_of_work, limit=10, by=f"sender {i}") for i in range(20)))
    taken = [message.message_id for messages in claims for message in messages]
    assert len(taken) == len(set(taken)) == 100


async def test_a_claim_that_is_not_committed_is_free_for_others(unit_of_work: UnitOfWorkFactory, cast: Cast) -> None:
    await add(unit_of_work, to(cast.sari))
    async with unit_of_work() as uow:
        assert await uow.outbox.claim(NOW, limit=1, bulk=False, claimed_by="dies")
        assert await claim(unit_of_work) == []
    assert len(await claim(unit_of_work)) == 1


async def test_what_was_in_flight_when_its_sender_died_is_sent_again_after_the_lease(
    unit_of_work: UnitOfWorkFactory, cast: Cast
) -> None:
    await add(unit_of_work, to(cast.sari))
    (first,) = await claim(unit_of_work, by="dies")
    assert await claim(unit_of_work, NOW + LEASE - SECOND) == []
    assert await next_due(unit_of_work) == NOW + LEASE
    (again,) = await claim(unit_of_work, NOW + LEASE, by="lives")
    assert (again.message_id, again.attempts) == (first.message_id, 2)
    assert not await settle(unit_of_work, first, DeliveryStatus.FAILED, claimed_by="dies")
    assert await settle(unit_of_work, again, DeliveryStatus.SENT, claimed_by="lives")


async def test_a_row_too_old_to_be_useful_expires(unit_of_work: UnitOfWorkFactory, cast: Cast) -> None:
    one = await enrollment_of(unit_of_work, cast.sari)
    await add(unit_of_work, to(cast.sari, expires_at=NOW, enrollment_id=one), to(cast.joko, "two"))
    assert keys(await claim(unit_of_work)) == ["two"]
    async with unit_of_work() as uow:
        (expired,) = await uow.outbox.of_enrollment(one)
    assert (expired.status, expired.attempts) == (DeliveryStatus.EXPIRED, 0)


async def test_who_cannot_be_reached_does_not_hold_up_the_rest(unit_of_work: UnitOfWorkFactory, cast: Cast) -> None:
    """Nine nobody can get stand before one somebody can: a sender who asks for one gets that one."""
    async with unit_of_work() as uow:
        await uow.accounts.unlink(telegram_id(cast.sari))
        await uow.accounts.set_unreachable(telegram_id(cast.budi), NOW)
        await uow.commit()
    lost = [to(cast.sari, f"unlinked {i}") for i in range(5)] + [to(cast.budi, f"blocked {i}") for i in range(4)]
    await add(unit_of_work, *lost, to(cast.joko, "fine"))
    assert keys(await claim(unit_of_work, limit=1)) == ["fine"]
    assert await next_due(unit_of_work) == NOW + LEASE


async def test_linking_queues_again_what_could_not_be_sent_unless_it_is_too_late(
    unit_of_work: UnitOfWorkFactory, cast: Cast
) -> None:
    async with unit_of_work() as uow:
        await uow.accounts.unlink(telegram_id(cast.sari))
        await uow.commit()
    await add(
        unit_of_work,
        to(cast.sari, "still", expires_at=NOW + LEASE),
        to(cast.sari, "always"),
        to(cast.sari, "late", expires_at=NOW + SECOND),
        to(cast.joko, "other"),
    )
    assert keys(await claim(unit_of_work)) == ["other"]
    async with unit_of_work() as uow:
        await uow.accounts.link(STRANGER, cast.sari.person_id, NOW)
        assert await uow.outbox.revive(cast.sari.person_id, NOW + SECOND) == 2
        assert await uow.outbox.revive(cast.joko.person_id, NOW) == 0
        await uow.commit()
    revived = await claim(unit_of_work, NOW + SECOND)
    assert [(m.key, m.telegram_id) for m in revived] == [("still", STRANGER), ("always", STRANGER)]


async def test_a_row_for_an_account_goes_there_linked_or_not(unit_of_work: UnitOfWorkFactory, cast: Cast) -> None:
    await add(unit_of_work, to(cast.sari, person_id=None, telegram_id=STRANGER))
    (message,) = await claim(unit_of_work)
    assert (message.person_id, message.telegram_id) == (None, STRANGER)


async def test_a_sent_row_is_settled_once(unit_of_work: UnitOfWorkFactory, cast: Cast) -> None:
    one = await enrollment_of(unit_of_work, cast.sari)
    await add(unit_of_work, to(cast.sari, enrollment_id=one))
    (message,) = await claim(unit_of_work)
    assert await settle(unit_of_work, message, DeliveryStatus.SENT, telegram_message_id=42)
    assert not await settle(unit_of_work, message, DeliveryStatus.FAILED)
    async with unit_of_work() as uow:
        (row,) = await uow.outbox.of_enrollment(one)
    assert (row.status, row.telegram_message_id) == (DeliveryStatus.SENT, 42)
    assert await next_due(unit_of_work) is None


async def test_a_failed_row_rests_and_is_tried_again(unit_of_work: UnitOfWorkFactory, cast: Cast) -> None:
    await add(unit_of_work, to(cast.sari))
    (message,) = await claim(unit_of_work)
    await settle(unit_of_work, message, DeliveryStatus.FAILED, due_at=NOW + LEASE, error="502")
    assert await next_due(unit_of_work) == NOW + LEASE
    assert await claim(unit_of_work) == []
    (again,) = await claim(unit_of_work, NOW + LEASE)
    assert again.attempts == 2


async def test_a_row_put_back_has_not_been_tried(unit_of_work: UnitOfWorkFactory, cast: Cast) -> None:
    await add(unit_of_work, to(cast.sari))
    (message,) = await claim(unit_of_work)
    await settle(unit_of_work, message, DeliveryStatus.QUEUED, due_at=NOW + SECOND)
    (again,) = await claim(unit_of_work, NOW + SECOND)
    assert again.attempts == 1


async def test_what_lost_its_cause_is_withdrawn_even_in_flight(unit_of_work: UnitOfWorkFactory, cast: Cast) -> None:
    one = await enrollment_of(unit_of_work, cast.sari)
    rows = [
        to(cast.sari, "in flight", enrollment_id=one),
        to(cast.sari, "sent", enrollment_id=one, due_at=NOW - SECOND),
        to(cast.sari, "waiting", enrollment_id=one, due_at=NOW + SECOND),
        to(cast.sari, "other kind", enrollment_id=one, due_at=NOW + SECOND, kind=Kind.REQUEST_APPROVED),
        to(cast.sari, "other cause", due_at=NOW + SECOND),
    ]
    await add(unit_of_work, *rows)
    sent, in_flight = await claim(unit_of_work)
    await settle(unit_of_work, sent, DeliveryStatus.SENT)
    async with unit_of_work() as uow:
        assert await uow.outbox.withdraw(one, [Kind.SESSION_REMINDER], NOW) == 2
        await uow.commit()
    assert not await settle(unit_of_work, in_flight, DeliveryStatus.SENT)
    assert keys(await claim(unit_of_work, NOW + SECOND)) == ["other kind", "other cause"]
    async with unit_of_work() as uow:
        found = {row.key: row.status for row in await uow.outbox.of_enrollment(one)}
    assert list(found) == ["sent", "in flight", "waiting", "other kind"]
    assert found["sent"] is DeliveryStatus.SENT
    assert found["in flight"] is found["waiting"] is DeliveryStatus.WITHDRAWN


async def test_an_empty_ledger_has_nothing_due(unit_of_work: UnitOfWorkFactory, cast: Cast) -> None:
    assert await next_due(unit_of_work) is None
    await add(unit_of_work, to(cast.sari, due_at=NOW + LEASE), to(cast.joko, "two", due_at=NOW + SECOND, is_bulk=True))
    assert await next_due(unit_of_work) == NOW + SECOND


async def test_who_opted_out_after_the_queueing_is_spared_the_campaign_and_nothing_else(
    unit_of_work: UnitOfWorkFactory, cast: Cast
) -> None:
    async with unit_of_work() as uow:
        campaign = await uow.campaigns.create(Campaign(0, "Halo", "all", CampaignStatus.RUNNING, NOW))
        await uow.campaigns.open_deliveries(campaign, NOW, NOW + LEASE)
        await uow.outbox.add([to(cast.sari, "mine")])
        await uow.accounts.set_opted_out(telegram_id(cast.sari), NOW)
        await uow.commit()
    reached = {message.person_id for message in await claim(unit_of_work, bulk=True)}
    assert reached == {p.person_id for p in cast.everybody} - {cast.sari.person_id}
    assert keys(await claim(unit_of_work)) == ["mine"]
