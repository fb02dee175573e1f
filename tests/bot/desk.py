"""The bot as one person sees it: what was said or shown last, and its buttons."""

from typing import TYPE_CHECKING, Any

from bot.texts import campaign_cards as texts
from core.domain.campaigns import Campaign
from tests.factories import Cast
from tests.fakes import FakeDatabase

if TYPE_CHECKING:
    from tests.bot.conftest import Running


class Desk:
    """`who` is a Telegram id. `last`: what was said or shown last."""

    def __init__(self, running: "Running", database: FakeDatabase, cast: Cast, who: int) -> None:
        self.running, self.database, self.cast, self.who = running, database, cast, who

    async def say(self, text: str) -> None:
        await self.running.say(self.who, text)

    async def press(self, title: str) -> None:
        data = next(data for shown, data in self.last.buttons if shown.startswith(title))
        await self.running.press(self.who, data)

    @property
    def last(self) -> Any:
        shown = ("sendMessage", "editMessageText")
        return [call for call in self.running.request.calls if call.method in shown][-1]

    @property
    def titles(self) -> list[str]:
        return [title for title, _ in self.last.buttons]

    @property
    def campaign(self) -> Campaign:
        return self.database.records.campaigns[1]

    async def write(self, text: str = "Apel *Senin*, {nama}") -> None:
        await self.say("/kampanye")
        await self.press(texts.NEW_BUTTON)
        await self.say(text)
