"""A campaign through the Bot API as the sandbox keeps it: what staff see, press, and what is gone after a recall."""

from collections.abc import Iterator

import pytest

from bot.messenger import TelegramMessenger
from core.domain.campaign_content import Link
from core.services.delivery import Delivery
from core.services.pacing import Pace
from tests.factories import Cast, telegram_id
from tests.fakes import FakeDatabase
from tests.running_sandbox import RunningSandbox, running_sandbox
from tests.services.campaign_office import Office


@pytest.fixture
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox() as running:
        yield running


@pytest.fixture
def unit_of_work() -> FakeDatabase:
    return FakeDatabase()


async def test_staff_see_the_words_and_buttons_and_nothing_any_more_after_a_recall(
    office: Office, cast: Cast, sandbox: RunningSandbox
) -> None:
    for person in cast.everybody:
        sandbox.write(telegram_id(person), "/start")
    sandbox.post(f"users/{telegram_id(cast.tono)}/block")
    async with sandbox.bot() as bot:
        delivery = Delivery(
            office.unit_of_work,
            office.clock,
            TelegramMessenger(bot),
            worker="test",
            pace=Pace(1000, monotonic=office.sender.time, sleep=office.sender.time.sleep),
        )
        campaign = await office.released(
            "Yth. *{nama}*", needs_acknowledgement=True, links=[Link("Surat", "https://contoh.example/1")]
        )
        while (await delivery.send_due()).any:
            pass
        (message,) = [m for m in sandbox.phone(telegram_id(cast.sari)) if "Sari Puspita" in str(m.get("text"))]
        assert message["text"] == "Pengumuman dari tim SDM\n\nYth. Sari Puspita"
        keys = [key for row in message["buttons"] for key in row]
        assert [key["text"] for key in keys] == ["Surat", "Sudah baca dan paham"]
        progress = await office.progress(campaign)
        assert (progress.sent, progress.unreachable) == (9, 1)

        await office.desk.recall(office.author, campaign.campaign_id)
        while (await delivery.send_due()).any:
            pass
    assert [m for m in sandbox.phone(telegram_id(cast.sari)) if "Sari Puspita" in str(m.get("text"))] == []
    assert (await office.progress(campaign)).recalled == 9
