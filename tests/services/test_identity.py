"""Linking a Telegram account to a member of staff, and the ways it is refused."""

import pytest

from core.domain.errors import (
    ContactNotOwn,
    NotLinked,
    PhoneAmbiguous,
    PhoneNotReadable,
    PhoneNotRegistered,
)
from core.domain.messages import DeliveryStatus, Kind
from core.domain.people import Caller
from core.ports import UnitOfWorkFactory
from core.services.enrollment import Enrollments
from core.services.identity import Identity
from tests.factories import (
    DISDIK,
    NOW,
    Cast,
    add_people,
    add_sessions,
    caller,
    person,
    phone,
    session,
    telegram_id,
)
from tests.services.ledger import audited, rows

ME = 123456789


@pytest.fixture
async def cast(unit_of_work: UnitOfWorkFactory) -> Cast:
    """Nobody is linked yet."""
    return await add_people(unit_of_work, linked=False)


async def _share(identity: Identity, number: str, sender: int = ME) -> str:
    found = await identity.link_by_contact(sender, number, contact_user_id=sender, forwarded=False)
    return found.name


@pytest.mark.parametrize(
    "written", ["+6281200090003", "6281200090003", "081200090003", "+62 812-0009-0003", " 0812 0009 0003 "]
)
async def test_a_number_is_read_however_it_is_written(identity: Identity, cast: Cast, written: str) -> None:
    assert cast.sari.phone == "+6281200090003"
    assert await _share(identity, written) == "Sari Puspita"
    known = await identity.caller(f"tg-{ME}")
    assert known.person == cast.sari
    assert known.telegram_id == ME


async def test_only_ones_own_contact_links(identity: Identity, cast: Cast) -> None:
    for contact_user_id, forwarded in ((ME + 1, False), (None, False), (ME, True)):
        with pytest.raises(ContactNotOwn):
            await identity.link_by_contact(
                ME, cast.sari.phone or "", contact_user_id=contact_user_id, forwarded=forwarded
            )
    assert not (await identity.caller(f"tg-{ME}")).is_linked


@pytest.mark.parametrize("written", ["", "bukan nomor", "12", "+62", "0812", "9" * 40])
async def test_what_is_no_number_is_said_to_be_none(identity: Identity, cast: Cast, written: str) -> None:
    with pytest.raises(PhoneNotReadable):
        await _share(identity, written)


async def test_an_unknown_number_and_a_shared_number_do_not_link(
    unit_of_work: UnitOfWorkFactory, identity: Identity, cast: Cast
) -> None:
    with pytest.raises(PhoneNotRegistered):
        await _share(identity, "+6281200099999")
    async with unit_of_work() as uow:
        await uow.people.upsert(person(50, "Kembar", DISDIK, phone=cast.sari.phone))
        await uow.commit()
    with pytest.raises(PhoneAmbiguous):
        await _share(identity, cast.sari.phone or "")


async def test_relinking_ends_the_old_account_and_tells_it(
    unit_of_work: UnitOfWorkFactory, identity: Identity, cast: Cast
) -> None:
    await _share(identity, phone(3), sender=1)
    await identity.set_opted_out(await identity.caller("tg-1"), True)
    await _share(identity, phone(3), sender=2)
    await _share(identity, phone(3), sender=2)  # once more changes nothing

    assert not (await identity.caller("tg-1")).is_linked
    now_linked = await identity.caller("tg-2")
    assert now_linked.person == cast.sari
    assert now_linked.opted_out  # the wish belongs to the person, not to the telephone
    async with unit_of_work() as uow:
        told = await uow.outbox.claim(NOW, limit=10, bulk=False, claimed_by="test")
    assert [(row.kind, row.telegram_id, row.facts) for row in told] == [(Kind.ACCOUNT_REPLACED, 1, {})]
    assert [action for action, _ in await audited(unit_of_work, f"person:{cast.sari.person_id}")] == [
        "account_linked",
        "opted_out",
        "account_linked",
    ]


async def test_an_account_that_links_as_somebody_else_loses_the_first(identity: Identity, cast: Cast) -> None:
    await _share(identity, phone(3))
    await _share(identity, phone(4))
    assert (await identity.caller(f"tg-{ME}")).person == cast.joko


async def test_what_could_not_reach_the_person_comes_once_they_are_linked(
    unit_of_work: UnitOfWorkFactory, identity: Identity, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session(needs_approval=True))
    asked = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    async with unit_of_work() as uow:
        assert await uow.outbox.claim(NOW, limit=10, bulk=False, claimed_by="test") == []
        await uow.commit()
    [row] = await rows(unit_of_work, asked.enrollment_id)
    assert row.status is DeliveryStatus.UNREACHABLE

    await _share(identity, cast.bambang.phone or "")

    async with unit_of_work() as uow:
        [request] = await uow.outbox.claim(NOW, limit=10, bulk=False, claimed_by="test")
    assert (request.kind, request.telegram_id) == (Kind.APPROVAL_REQUEST, ME)


@pytest.mark.parametrize(
    "conversation",
    ["", "tg-", "tg-abc", "tg-12 ", "tg-٣", "tg--5", "cli-", "cli-0-abcd", "cli-x-y", "x" * 5000, "tg-" + "9" * 40],
)
async def test_a_conversation_of_nobody_is_a_visitors(identity: Identity, cast: Cast, conversation: str) -> None:
    assert await identity.caller(conversation) == Caller()


async def test_the_terminal_speaks_for_the_person_it_names(identity: Identity, cast: Cast) -> None:
    assert await identity.caller(f"cli-{cast.sari.person_id}-ab12") == Caller(None, cast.sari)
    await _share(identity, phone(3))
    assert await identity.caller(f"cli-{cast.sari.person_id}-ab12") == Caller(ME, cast.sari)
    assert await identity.caller("tg-77") == Caller(77)


async def test_unlinking_leaves_the_enrollments(
    unit_of_work: UnitOfWorkFactory, identity: Identity, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session())
    await _share(identity, phone(3))
    me = await identity.caller(f"tg-{ME}")
    await enrollments.enroll(me, "TIK-02-A")
    await identity.unlink(ME)
    with pytest.raises(NotLinked):
        await identity.unlink(ME)
    assert await identity.caller(f"tg-{ME}") == Caller(ME)
    await _share(identity, phone(3))
    assert len(await enrollments.mine(await identity.caller(f"tg-{ME}"))) == 1


async def test_opting_out_and_in_again_is_audited_once_each(
    unit_of_work: UnitOfWorkFactory, identity: Identity, cast: Cast
) -> None:
    await _share(identity, phone(3))
    for wish in (True, True, False, False):
        await identity.set_opted_out(await identity.caller(f"tg-{ME}"), wish)
    assert (await identity.caller(f"tg-{ME}")).opted_out is False
    assert [a for a, _ in await audited(unit_of_work, f"person:{cast.sari.person_id}")] == [
        "account_linked",
        "opted_out",
        "opted_in",
    ]
    with pytest.raises(NotLinked):
        await identity.set_opted_out(Caller(5), True)


async def test_deleting_my_data_unlinks_and_erases_my_messages(
    unit_of_work: UnitOfWorkFactory, identity: Identity, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session())
    await _share(identity, phone(3))
    me = await identity.caller(f"tg-{ME}")
    mine = (await enrollments.enroll(me, "TIK-02-A")).enrollment

    await identity.delete_my_data(me)

    assert await identity.caller(f"tg-{ME}") == Caller(ME)
    assert [row for row in await rows(unit_of_work, mine.enrollment_id) if row.person_id == cast.sari.person_id] == []
    assert (await audited(unit_of_work, f"person:{cast.sari.person_id}"))[-1][0] == "data_erased"
    with pytest.raises(NotLinked):
        await identity.delete_my_data(await identity.caller(f"tg-{ME}"))


async def test_blocking_the_bot_is_remembered_and_unblocking_sends_what_waited(
    unit_of_work: UnitOfWorkFactory, identity: Identity, enrollments: Enrollments, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session(needs_approval=True))
    await _share(identity, cast.bambang.phone or "")
    asked = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    async with unit_of_work() as uow:
        [row] = await uow.outbox.claim(NOW, limit=10, bulk=False, claimed_by="test")
        await uow.outbox.settle(row.message_id, DeliveryStatus.UNREACHABLE, NOW)
        await uow.commit()

    await identity.reachable(ME, False)
    async with unit_of_work() as uow:
        account = await uow.accounts.get(ME)
    assert account is not None
    assert account.unreachable_since == NOW
    await identity.reachable(ME, True)
    await identity.reachable(telegram_id(cast.tono), True)  # an account nobody linked

    [row] = await rows(unit_of_work, asked.enrollment_id)
    assert row.status is DeliveryStatus.QUEUED
