"""A campaign through the Bot API as the sandbox keeps it: what staff see, press, and what is gone after a recall."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager

import pytest

from bot.messenger import TelegramMessenger
from core.domain.campaign_content import Link
from core.services.attachments import Attachments
from core.services.campaign_corrections import CampaignCorrections
from core.services.delivery import Delivery
from core.services.pacing import Pace
from sandbox.sample_picture import sample_picture
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


@asynccontextmanager
async def sender_of(office: Office, sandbox: RunningSandbox) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """The one sender, started anew, as a function that sends all that is due."""
    async with sandbox.bot() as bot:
        delivery = Delivery(
            office.unit_of_work,
            office.clock,
            TelegramMessenger(bot, Attachments(office.unit_of_work, office.clock)),
            worker="test",
            pace=Pace(1000, monotonic=office.sender.time, sleep=office.sender.time.sleep),
        )

        async def send() -> None:
            while (await delivery.send_due()).any:
                pass

        yield send


async def test_staff_see_the_words_and_buttons_and_nothing_any_more_after_a_recall(
    office: Office, cast: Cast, sandbox: RunningSandbox
) -> None:
    for person in cast.everybody:
        sandbox.write(telegram_id(person), "/start")
    sandbox.post(f"users/{telegram_id(cast.tono)}/block")
    async with sender_of(office, sandbox) as send:
        campaign = await office.released(
            "Yth. *{nama}*", needs_acknowledgement=True, links=[Link("Surat", "https://contoh.example/1")]
        )
        await send()
        (message,) = [m for m in sandbox.phone(telegram_id(cast.sari)) if "Sari Puspita" in str(m.get("text"))]
        assert message["text"] == "Pengumuman dari tim SDM\n\nYth. Sari Puspita"
        keys = [key for row in message["buttons"] for key in row]
        assert [key["text"] for key in keys] == ["Surat", "Sudah baca dan paham"]
        progress = await office.progress(campaign)
        assert (progress.sent, progress.unreachable) == (9, 1)

        await office.desk.recall(office.author, campaign.campaign_id)
        await send()
    assert [m for m in sandbox.phone(telegram_id(cast.sari)) if "Sari Puspita" in str(m.get("text"))] == []
    assert (await office.progress(campaign)).recalled == 9


def uploads(sandbox: RunningSandbox, method: str) -> int:
    """How many of the calls brought bytes instead of an id."""
    field = "photo" if method == "sendPhoto" else "document"
    calls = sandbox.get("calls", method=method, limit=100)
    return sum(isinstance(call["body"].get(field), dict) or field not in call["body"] for call in calls)


async def test_a_picture_is_uploaded_once_corrected_below_and_taken_back(
    office: Office, cast: Cast, sandbox: RunningSandbox
) -> None:
    for person in cast.everybody:
        sandbox.write(telegram_id(person), "/start")
    files = Attachments(office.unit_of_work, office.clock)
    picture = await files.save(office.author, "denah.png", sample_picture())
    async with sender_of(office, sandbox) as send:
        campaign = await office.released("Denah *lama*, {nama}", attachment=picture, needs_acknowledgement=True)
        await send()
        assert (await office.progress(campaign)).sent == 10
        assert uploads(sandbox, "sendPhoto") == 1
        shown = sandbox.phone(telegram_id(cast.sari))[-1]
        assert shown["text"] == "Pengumuman dari tim SDM\n\nDenah lama, Sari Puspita"
        assert (shown["photo"]["width"], shown["photo"]["height"]) == (240, 160)

        corrections = CampaignCorrections(office.unit_of_work, office.clock)
        proposed, _ = await corrections.propose(office.author, campaign.campaign_id, "Denah *baru*, {nama}")
        await corrections.judge(office.approver, campaign.campaign_id, proposed.version, is_approved=True)
        await send()
        shown = sandbox.phone(telegram_id(cast.sari))[-1]
        assert (shown["text"], shown["edited"]) == ("Pengumuman dari tim SDM\n\nDenah baru, Sari Puspita", True)
        assert [key["text"] for row in shown["buttons"] for key in row] == ["Sudah baca dan paham"]

        await office.desk.recall(office.author, campaign.campaign_id)
        await send()
        assert sandbox.phone(telegram_id(cast.sari))[-1]["deleted"] is True


async def test_a_sender_started_later_uploads_nothing_and_another_bot_uploads_anew(
    office: Office, cast: Cast, sandbox: RunningSandbox
) -> None:
    for person in cast.everybody:
        sandbox.write(telegram_id(person), "/start")
    files = Attachments(office.unit_of_work, office.clock)
    letter = await files.save(office.author, "se.pdf", b"%PDF-1.7 isi")
    for expected in (1, 1):
        async with sender_of(office, sandbox) as send:
            await office.released("Mohon dibaca", attachment=letter, is_urgent=True)
            await send()
            assert uploads(sandbox, "sendDocument") == expected
    await files.remember(letter.attachment_id, "an id of a bot that was")
    async with sender_of(office, sandbox) as send:
        campaign = await office.released("Mohon dibaca", attachment=letter, is_urgent=True)
        await send()
        assert (await office.progress(campaign)).sent == 10
    assert uploads(sandbox, "sendDocument") == 2
    got = sandbox.phone(telegram_id(cast.sari))[-1]["document"]
    assert sandbox.client.get(got["url"]).content == b"%PDF-1.7 isi"
