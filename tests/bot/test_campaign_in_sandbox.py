"""The bot itself against the sandbox: HR's photo, quiz, pulse and series from two phones, answered on a third."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest

from bot.app import ALLOWED_UPDATES, build
from bot.context import Tools
from bot.intake import Intake, PollingBot
from bot.messenger import TelegramMessenger
from bot.patience import PatientRetries
from bot.rasa_client import RasaClient
from core.bootstrap import Services
from core.services.delivery import Delivery
from tests.bot.conftest import FakeRasa
from tests.factories import NOW, Cast, caller, telegram_id
from tests.fakes import FixedClock
from tests.running_sandbox import TOKEN, RunningSandbox, running_sandbox

PATIENCE_SECONDS = 20


class Phone:
    """One person's hands and eyes. Every act waits for what the bot does then."""

    def __init__(self, sandbox: RunningSandbox, who: int) -> None:
        self.sandbox, self.who = sandbox, who

    def messages(self) -> list[dict[str, Any]]:
        return [m for m in self.sandbox.phone(self.who) if m["from"] == "bot"]

    async def act(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Returns the newest message of the bot that is new or changed."""
        before = {m["message_id"]: m for m in self.messages()}
        self.sandbox.post(f"users/{self.who}/{path}", body)
        return await self.until(lambda: [m for m in self.messages() if before.get(m["message_id"]) != m])

    async def until(self, look: Callable[[], list[dict[str, Any]]]) -> dict[str, Any]:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not (found := look()):  # noqa: ASYNC110 - the bot answers over HTTP, in its own time
                await asyncio.sleep(0.01)
        return found[-1]

    async def say(self, text: str) -> dict[str, Any]:
        return await self.act("messages", {"text": text})

    async def press(self, title: str) -> dict[str, Any]:
        for message in reversed(self.messages()):
            for key in (key for row in message["buttons"] for key in row):
                if key["text"].startswith(title):
                    return await self.act("clicks", {"message_id": message["message_id"], "data": key["data"]})
        raise AssertionError(f"no button {title!r}; last: {self.messages()[-1]}")


@pytest.fixture
async def sandbox(services: Services, rasa: FakeRasa, cast: Cast) -> AsyncIterator[RunningSandbox]:
    """With the bot polling it."""
    with running_sandbox() as running:
        for person in cast.everybody:
            running.write(telegram_id(person), "/start")
        intake = Intake()
        bot = PollingBot(
            TOKEN,
            base_url=f"{running.url}/bot",
            base_file_url=f"{running.url}/file/bot",
            rate_limiter=PatientRetries(),
            intake=intake,
        )
        http = httpx.AsyncClient(transport=httpx.MockTransport(rasa), base_url="http://rasa.invalid", timeout=None)
        client = RasaClient(http, "channel-token", timeout_seconds=5)
        app = build(bot, Tools(services, client), intake, worker="this-run")
        await app.initialize()
        assert app.updater is not None
        await app.start()
        await app.updater.start_polling(timeout=1, allowed_updates=ALLOWED_UPDATES, drop_pending_updates=True)
        yield running
        await app.updater.stop()
        await app.stop()
        await app.shutdown()
        await client.close()


async def send_due(sandbox: RunningSandbox, services: Services) -> None:
    """A tick of the scheduler and rounds of the one sender."""
    await services.campaign_rounds.tend()
    async with sandbox.bot() as bot:
        messenger = TelegramMessenger(bot, services.attachments)
        delivery = Delivery(services.unit_of_work, services.clock, messenger, worker="test", rate_per_second=1000)
        while (await delivery.send_due()).any:
            pass


def uploads(sandbox: RunningSandbox) -> int:
    return sum(not isinstance(c["body"].get("photo"), str) for c in sandbox.get("calls", method="sendPhoto", limit=500))


async def test_from_a_photo_on_one_phone_to_answers_on_another(
    sandbox: RunningSandbox, services: Services, cast: Cast, rasa: FakeRasa
) -> None:
    author, judge, staff = (Phone(sandbox, telegram_id(p)) for p in (cast.dewi, cast.agus, cast.sari))
    await author.say("/kampanye")
    await author.press("Tulis sosialisasi baru")
    card = await author.act("messages", {"photo": True, "caption": "Denah *baru*, {nama}"})
    assert "Lampiran" in card["text"]
    await author.press("Tambahan isi")
    await author.press("Kuis")
    await author.press("Tambah pertanyaan")
    quiz = await author.say("Ruang rapat di lantai berapa?\n- Dua\n+ Tiga\nPenjelasan: Lihat denahnya.")
    assert "✓ Tiga" in quiz["text"]
    await author.press("Kembali ke tambahan isi")
    await author.press("Pertanyaan pendapat")
    await author.press("Pakai yang biasa")
    await author.press("Kembali ke tambahan isi")
    await author.press("Kembali")
    await author.press("Ajukan persetujuan")
    await send_due(sandbox, services)
    review = judge.messages()[-1]
    assert "Mohon persetujuan" in review["text"]
    assert "✓ Tiga" in review["text"]
    assert review["photo"]  # short enough to stand below it
    await judge.press("Setujui")
    await send_due(sandbox, services)
    await author.press("Kirim sekarang")
    await send_due(sandbox, services)

    got = staff.messages()[-1]
    assert got["text"] == "Pengumuman dari tim SDM\n\nDenah baru, Sari Puspita"
    assert got["photo"]["width"] == 240
    assert uploads(sandbox) == 0  # Telegram knows the photo since HR sent it
    assert "pertanyaan 1 dari 1" in (await staff.press("Mulai kuis"))["text"]
    told = await staff.press("A")
    assert "yang tepat B" in told["text"]
    assert "Lihat denahnya." in told["text"]
    assert "0 dari 1 benar" in (await staff.press("Mulai kuis"))["text"]
    await staff.press("Beri pendapat")
    assert "🙂 nyaman" in (await staff.press("🙂"))["text"]
    await staff.press("Tambah komentar")
    assert "tanpa nama" in (await staff.say("Denahnya jelas"))["text"]

    await services.campaign_desk.recall(caller(cast.dewi), 1)
    await send_due(sandbox, services)
    assert next(m for m in sandbox.phone(staff.who) if m["message_id"] == got["message_id"])["deleted"]
    old = {"message_id": staff.messages()[-1]["message_id"], "data": "1wv|1|5", "force": True}
    assert "tidak menunggu jawaban" in (await staff.act("clicks", old))["text"]
    assert rasa.asked == []


async def test_a_series_comes_step_by_step_and_is_read_first(
    sandbox: RunningSandbox, services: Services, cast: Cast
) -> None:
    assert isinstance(services.clock, FixedClock)
    author, judge, staff = (Phone(sandbox, telegram_id(p)) for p in (cast.dewi, cast.agus, cast.sari))
    await author.say("/kampanye")
    await author.press("Tulis sosialisasi baru")
    await author.say("Mulai, {nama}")
    await author.press("Pilihan")
    await author.press("Tanda baca")
    await author.say("/kampanye")
    await author.press("1 ·")
    await author.press("Tambahan isi")
    await author.press("Langkah lanjutan")
    await author.press("Tambah langkah")
    await author.say("Sudah dicoba?")
    await author.press("2 hari")
    await author.press("Kembali ke tambahan isi")
    await author.press("Kembali")
    await author.press("Ajukan persetujuan")
    await send_due(sandbox, services)
    assert "Langkah 2, 2 hari sesudahnya\nSudah dicoba?" in judge.messages()[-1]["text"]
    await judge.press("Setujui")
    await send_due(sandbox, services)
    await author.press("Kirim sekarang")
    await send_due(sandbox, services)
    first = staff.messages()[-1]
    assert "Mulai, Sari Puspita" in first["text"]
    assert "sudah baca dan paham" in (await staff.press("Sudah baca dan paham"))["text"]
    services.clock.moment = NOW
    services.clock.pass_by(days=2)
    await send_due(sandbox, services)
    assert staff.messages()[-1]["text"] == "Pengumuman dari tim SDM\n\nSudah dicoba?"
