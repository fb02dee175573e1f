"""The bot as it runs, over fakes of the ports, an offline Telegram and a Rasa that says what the test wants."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest
from telegram import Update

from bot.app import App, build
from bot.context import Memory, Tools
from bot.intake import Intake, PollingBot
from bot.patience import PatientRetries
from bot.rasa_client import RasaClient
from core.bootstrap import Services, wire
from core.domain.campaigns import Campaign
from core.domain.messages import DeliveryStatus
from core.domain.quizzes import Question
from core.services.campaign_changes import Changes
from tests.aiogram_schema import problems_of_calls
from tests.bot import offline
from tests.bot.desk import Desk
from tests.factories import NOW, Cast, add_people, caller, telegram_id
from tests.fakes import FakeDatabase, FakeEmbedder, FixedClock


@pytest.fixture(autouse=True)
def _no_deprecated_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    """PTB warns at every 429 unless told that timedeltas are understood."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
def request_() -> offline.OfflineRequest:
    return offline.OfflineRequest()


@pytest.fixture
def database() -> FakeDatabase:
    return FakeDatabase()


@pytest.fixture
def services(database: FakeDatabase) -> Services:
    return wire(database, FixedClock(NOW), FakeEmbedder())


@pytest.fixture
async def cast(database: FakeDatabase) -> Cast:
    return await add_people(database)


class FakeRasa:
    """Keeps what it was asked and answers `reply`, or what `answer` makes of the request."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.reply: dict[str, Any] = {"messages": [{"text": "Baik."}], "trace": {"intent": "greet", "actions": []}}
        self.answer: Callable[[httpx.Request], httpx.Response] | None = None

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(json.loads(request.content))
        return self.answer(request) if self.answer else httpx.Response(200, json=self.reply)


@pytest.fixture
def rasa() -> FakeRasa:
    return FakeRasa()


class Running:
    """The started bot, and Telegram's side of it."""

    def __init__(self, app: App, request: offline.OfflineRequest) -> None:
        self.app = app
        self.request = request

    def restart(self) -> None:
        """What the process remembered is gone; what stands in the database is not."""
        self.app.bot_data["tools"] = replace(self.app.bot_data["tools"], memory=Memory())

    @property
    def newest(self) -> int:
        """The id that Telegram gave to the message sent last."""
        return 999 + len([call for call in self.request.calls if call.method in ("sendMessage", "sendDocument")])

    async def receive(self, update: Update) -> None:
        """What Telegram delivers, handled as in production: through the line of its person and the ledger."""
        await self.app.update_processor.process_update(update, self.app.process_update(update))

    async def say(self, telegram_id: int, text: str) -> list[offline.Call]:
        """The person types; returns the messages sent in answer."""
        return await self.deliver(message=offline.message(telegram_id, text=text))

    async def deliver(self, **parts: Any) -> list[offline.Call]:
        before = len(self.request.sent())
        await self.receive(offline.update(self.app.bot, **parts))
        return self.request.sent()[before:]

    async def press(self, telegram_id: int, data: str, *, message_id: int = 77) -> list[offline.Call]:
        shown = offline.shown(telegram_id, "Pertanyaan", [("Pilih ini", data)], message_id)
        return await self.deliver(callback_query=offline.press(telegram_id, shown, data))


@pytest.fixture
async def running(
    services: Services, rasa: FakeRasa, request_: offline.OfflineRequest, cast: Cast
) -> AsyncIterator[Running]:
    intake = Intake()
    bot = PollingBot(
        "123456:offline",
        request=request_,
        get_updates_request=request_,
        rate_limiter=PatientRetries(),
        intake=intake,
    )
    transport = httpx.MockTransport(rasa)
    http = httpx.AsyncClient(transport=transport, base_url="http://rasa.invalid", timeout=None)
    client = RasaClient(http, "channel-token", timeout_seconds=0.2)
    app = build(bot, Tools(services, client), intake, worker="this-run")
    await app.initialize()
    request_.calls.clear()
    yield Running(app, request_)
    assert problems_of_calls(call.as_logged(number) for number, call in enumerate(request_.calls)) == []
    await app.shutdown()
    await client.close()


@pytest.fixture
def desk(running: Running, database: FakeDatabase, cast: Cast) -> Desk:
    """Dewi's, who writes campaigns."""
    return Desk(running, database, cast, telegram_id(cast.dewi))


@pytest.fixture
def sari(running: Running, database: FakeDatabase, cast: Cast) -> Desk:
    """An employee's phone."""
    return Desk(running, database, cast, telegram_id(cast.sari))


QUIZ = (
    Question("Berlaku kapan?", ("1 Desember", "1 *Januari*"), 1, "Pasal 12."),
    Question("Bagi siapa?", ("PNS", "PPPK", "Semua"), 2),
)
Release = Callable[..., Awaitable[Campaign]]


@pytest.fixture
def released(services: Services, cast: Cast) -> Release:
    async def release(**changes: Any) -> Campaign:
        """A campaign with a quiz, sent to everybody."""
        dewi, agus = caller(cast.dewi), caller(cast.agus)
        campaign = await services.campaign_desk.draft(dewi, Changes(text="Baca", quiz=QUIZ, **changes))
        await services.campaign_desk.submit(dewi, campaign.campaign_id)
        await services.campaign_desk.approve(agus, campaign.campaign_id, campaign.version)
        await services.campaign_desk.send_now(dewi, campaign.campaign_id)
        async with services.unit_of_work() as work:
            for row in await work.outbox.claim(NOW, limit=100, bulk=True, claimed_by="me"):
                await work.outbox.settle(row.message_id, DeliveryStatus.SENT, NOW)
            await work.commit()
        return campaign

    return release
