"""HR's one-time codes: used once, for a while, and not to be guessed."""

import re
from datetime import timedelta

import pytest

from core.domain.errors import (
    CodeExpired,
    CodeLocked,
    CodeWrong,
    UnknownPerson,
)
from core.ports import UnitOfWorkFactory
from core.services.identity import Identity
from tests.factories import (
    Cast,
    add_people,
)
from tests.fakes import FixedClock

ME = 123456789


@pytest.fixture
async def cast(unit_of_work: UnitOfWorkFactory) -> Cast:
    """Nobody is linked yet."""
    return await add_people(unit_of_work, linked=False)


async def test_a_code_links_once_however_it_is_typed(identity: Identity, cast: Cast) -> None:
    issued = await identity.issue_code(cast.sari.nip)
    assert re.fullmatch(r"[A-HJKMNP-Z2-9]{5}-[A-HJKMNP-Z2-9]{5}", issued.code)
    assert issued.person == cast.sari

    typed = f"  {issued.code.lower().replace('-', ' – ')} "
    assert await identity.link_by_code(ME, typed) == cast.sari
    assert (await identity.caller(f"tg-{ME}")).person == cast.sari
    with pytest.raises(CodeWrong):
        await identity.link_by_code(ME + 1, issued.code)


async def test_a_new_code_ends_the_earlier_one(identity: Identity, cast: Cast) -> None:
    first = await identity.issue_code(cast.sari.nip)
    second = await identity.issue_code(cast.sari.nip)
    with pytest.raises(CodeWrong):
        await identity.link_by_code(ME, first.code)
    assert await identity.link_by_code(ME, second.code) == cast.sari


async def test_a_code_lasts_72_hours(identity: Identity, cast: Cast, clock: FixedClock) -> None:
    issued = await identity.issue_code(cast.sari.nip)
    clock.pass_by(hours=72)
    for _ in range(7):  # saying so again is no wrong try
        with pytest.raises(CodeExpired):
            await identity.link_by_code(ME, issued.code)
    fresh = await identity.issue_code(cast.sari.nip)
    clock.moment += timedelta(hours=72) - timedelta(seconds=1)
    assert await identity.link_by_code(ME, fresh.code) == cast.sari


async def test_five_wrong_codes_lock_the_account_for_an_hour(identity: Identity, cast: Cast, clock: FixedClock) -> None:
    issued = await identity.issue_code(cast.sari.nip)
    left = []
    for _ in range(4):
        with pytest.raises(CodeWrong) as wrong:
            await identity.link_by_code(ME, "AAAAA-AAAAA")
        left.append(wrong.value.tries_left)
        clock.pass_by(minutes=14)
    assert left == [4, 3, 2, 1]
    with pytest.raises(CodeLocked) as locked:
        await identity.link_by_code(ME, "AAAAA-AAAAA")
    assert locked.value.opens_at == clock.now() + timedelta(hours=1)

    clock.pass_by(minutes=59)
    with pytest.raises(CodeLocked):  # even the right one, which stays unused
        await identity.link_by_code(ME, issued.code)
    assert await identity.link_by_code(ME + 1, issued.code) == cast.sari  # another account is not locked

    clock.pass_by(minutes=1)
    with pytest.raises(CodeWrong) as wrong:
        await identity.link_by_code(ME, "AAAAA-AAAAA")
    assert wrong.value.tries_left == 4


async def test_wrong_tries_older_than_an_hour_no_longer_count(
    identity: Identity, cast: Cast, clock: FixedClock
) -> None:
    for _ in range(9):
        with pytest.raises(CodeWrong) as wrong:
            await identity.link_by_code(ME, "salah")
        clock.pass_by(minutes=20)
    assert wrong.value.tries_left == 2


async def test_linking_forgets_the_wrong_tries(identity: Identity, cast: Cast) -> None:
    issued = await identity.issue_code(cast.sari.nip)
    for _ in range(4):
        with pytest.raises(CodeWrong):
            await identity.link_by_code(ME, "salah")
    await identity.link_by_code(ME, issued.code)
    with pytest.raises(CodeWrong) as wrong:
        await identity.link_by_code(ME, "salah")
    assert wrong.value.tries_left == 4


async def test_no_code_is_issued_for_somebody_unknown_and_the_nip_is_not_repeated(
    identity: Identity, cast: Cast
) -> None:
    with pytest.raises(UnknownPerson) as unknown:
        await identity.issue_code("199013012019031999")
    assert "19901301" not in unknown.value.reference
