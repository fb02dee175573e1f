"""Bot and sender over the sandbox's phones, with whatever dialogue a test brings: for whole ways through the chat."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from telegram.ext import ExtBot

from bot.app import App, build
from bot.context import Tools
from bot.intake import Intake
from bot.messenger import TelegramMessenger
from bot.rasa_client import RasaClient
from core.bootstrap import Services
from core.domain.people import Person
from core.ports import Clock, UnitOfWorkFactory
from core.services.delivery import Delivery
from core.services.pacing import Pace
from tests.factories import Cast, add_people, telegram_id
from tests.fakes import FakeTime
from tests.running_sandbox import TOKEN, RunningSandbox


class Stage:
    """The bot and the sender over the sandbox."""

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


@asynccontextmanager
async def staged(
    unit_of_work: UnitOfWorkFactory,
    services: Services,
    sandbox: RunningSandbox,
    clock: Clock,
    dialogue: httpx.MockTransport,
) -> AsyncIterator[Stage]:
    """The bot talks to `dialogue` in Rasa's place; the sender waits for nothing."""
    time = FakeTime()
    bot = ExtBot(TOKEN, base_url=f"{sandbox.url}/bot")
    http = httpx.AsyncClient(transport=dialogue, base_url="http://rasa.invalid", timeout=None)
    client = RasaClient(http, "channel-token", timeout_seconds=60)
    app = build(bot, Tools(services, client), Intake(), worker="this-run")
    await app.initialize()
    delivery = Delivery(
        unit_of_work,
        clock,
        TelegramMessenger(bot),
        worker="sender",
        pace=Pace(1000, monotonic=time, sleep=time.sleep),
    )
    yield Stage(services, sandbox, app, delivery)
    await app.shutdown()
    await client.close()


async def linked_cast(stage: Stage) -> Cast:
    """Everybody of the cast, with a chat that was begun."""
    people = await add_people(stage.services.unit_of_work)
    for person in people.everybody:
        stage.sandbox.post(f"users/{telegram_id(person)}/messages", {"start": True})
    await stage.settle()
    return people
