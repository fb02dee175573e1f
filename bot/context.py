"""What a handler is given: the services, the dialogue, and what the bot remembers between two presses."""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any, cast

from telegram.ext import CallbackContext, ExtBot

from bot import commands
from bot.rasa_client import RasaClient
from core.bootstrap import Services
from core.domain.people import Caller

_REMEMBERED = 20_000


def conversation_of(telegram_id: int) -> str:
    """The conversation id, which is all the actions know of the person's account."""
    return f"tg-{telegram_id}"


class Memory:
    """The newest question that was put to each chat, and the messages whose choice was made. Bounded; lost on restart.

    Losing it costs a calmer answer to a stale button, nothing else: the services refuse what must not happen twice.
    """

    def __init__(self) -> None:
        self._followed: OrderedDict[int, int] = OrderedDict()
        self._open_question: OrderedDict[int, int] = OrderedDict()
        self._settled: OrderedDict[tuple[int, int], None] = OrderedDict()

    def ask(self, chat_id: int, message_id: int) -> None:
        _remember(self._open_question, chat_id, message_id)

    def is_stale(self, chat_id: int, message_id: int) -> bool:
        """True if a later question was put to the chat: a "yes" to this one would be taken as a "yes" to that."""
        return self._open_question.get(chat_id, message_id) != message_id

    def settle(self, chat_id: int, message_id: int) -> bool:
        """Marks the choice of a message as made; False if it was before."""
        if (chat_id, message_id) in self._settled:
            return False
        _remember(self._settled, (chat_id, message_id), None)
        return True

    def follow(self, chat_id: int, message_id: int) -> None:
        """The one message of this chat that keeps itself up to date."""
        _remember(self._followed, chat_id, message_id)

    def followed(self, chat_id: int) -> int | None:
        return self._followed.get(chat_id)

    def unfollow(self, chat_id: int, message_id: int) -> None:
        if self._followed.get(chat_id) == message_id:
            del self._followed[chat_id]

    def reopen(self, chat_id: int, message_id: int) -> None:
        """The choice did not get through; it may be made again."""
        self._settled.pop((chat_id, message_id), None)


@dataclass(frozen=True)
class Tools:
    """Made once at start and shared by all handlers."""

    services: Services
    rasa: RasaClient
    memory: Memory = field(default_factory=Memory)

    async def caller(self, telegram_id: int) -> Caller:
        return await self.services.identity.caller(conversation_of(telegram_id))

    async def menu_for(self, caller: Caller) -> commands.Menu:
        """The command menu of the caller's role as the registry has it now."""
        staff = []
        if caller.person is not None:
            async with self.services.unit_of_work() as work:
                staff = await work.people.staff_of(caller.person.person_id)
        return commands.menu_for(caller, is_supervisor=bool(staff))


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """PTB's context with our tools on it."""

    @property
    def tools(self) -> Tools:
        return cast(Tools, self.application.bot_data["tools"])


def _remember(store: OrderedDict[Any, Any], key: Any, value: Any) -> None:
    store[key] = value
    store.move_to_end(key)
    while len(store) > _REMEMBERED:
        store.popitem(last=False)
