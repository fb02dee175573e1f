"""On PostgreSQL: an account that could not be reached is reachable as soon as its person is heard from."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from bot.callback_data import Verb, VerbPress, encode
from core.bootstrap import Services, wire
from core.domain.messages import DeliveryStatus, Kind, NewMessage
from core.storage.database import Database
from tests.bot import offline
from tests.bot.conftest import Running
from tests.factories import NOW, Cast, add_people, telegram_id
from tests.fakes import FakeEmbedder, FixedClock


@pytest.fixture
async def services(database_url: str) -> AsyncIterator[Services]:
    opened = Database(database_url)
    yield wire(opened.unit_of_work, FixedClock(NOW), FakeEmbedder())
    await opened.close()


@pytest.fixture
async def cast(services: Services) -> Cast:
    return await add_people(services.unit_of_work)


@pytest.fixture
async def account(services: Services, cast: Cast) -> int:
    """Sari's, which the sender found closed; one message for it waits since."""
    mine = telegram_id(cast.sari)
    async with services.unit_of_work() as work:
        row = NewMessage("waiting", Kind.TICKET_ANSWERED, {"number": 1}, NOW, person_id=cast.sari.person_id)
        await work.outbox.add([row])
        (claimed,) = await work.outbox.claim(NOW, limit=1, bulk=False, claimed_by="sender")
        await work.outbox.settle(claimed.message_id, DeliveryStatus.UNREACHABLE, NOW)
        await work.accounts.set_unreachable(mine, NOW)
        await work.commit()
    return mine


async def is_reachable(services: Services, account: int) -> bool:
    """The account is open, and the message that waited goes out again."""
    async with services.unit_of_work() as work:
        row = await work.accounts.get(account)
        claimed = await work.outbox.claim(NOW, limit=1, bulk=False, claimed_by="test")
    assert row is not None
    assert (row.unreachable_since is None) == bool(claimed)
    return row.unreachable_since is None


async def write(running: Running, account: int) -> None:
    await running.say(account, "halo")


async def start(running: Running, account: int) -> None:
    await running.say(account, "/start")


async def speak(running: Running, account: int) -> None:
    voice = {"file_id": "1", "file_unique_id": "1", "duration": 3}
    await running.deliver(message=offline.message(account, voice=voice))


async def press(running: Running, account: int) -> None:
    await running.press(account, encode(VerbPress(Verb.KEEP_LINK)))


async def unblock(running: Running, account: int) -> None:
    await running.deliver(my_chat_member=offline.membership(account, "kicked", "member"))


@pytest.mark.parametrize("act", [write, start, speak, press, unblock])
async def test_somebody_heard_from_is_reachable_again_and_gets_what_waited(
    running: Running, services: Services, account: int, act: Callable[[Running, int], Awaitable[None]]
) -> None:
    assert not await is_reachable(services, account)
    await act(running, account)
    assert await is_reachable(services, account)


async def test_blocking_the_bot_and_talking_in_a_group_make_nobody_reachable(
    running: Running, services: Services, account: int
) -> None:
    group = {"id": -100, "type": "supergroup", "title": "Grup kantor"}
    await running.deliver(my_chat_member=offline.membership(account, "member", "kicked"))
    await running.deliver(message=offline.message(account, chat=group, text="/start"))
    assert not await is_reachable(services, account)


async def test_an_answer_refused_as_blocked_leaves_the_account_unreachable(
    running: Running, services: Services, account: int
) -> None:
    running.request.fail("sendMessage", 403, "Forbidden: bot was blocked by the user")
    await running.say(account, "halo")
    assert not await is_reachable(services, account)
