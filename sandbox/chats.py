"""People and their chats with the bot. Knows neither the rules of the Bot API nor where things are kept."""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

MAX_MESSAGES_PER_CHAT = 1_000

Message = dict[str, Any]
"""A message in Telegram's own shape."""


@dataclass(slots=True)
class Person:
    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    phone_number: str | None = None
    started: bool = False
    blocked: bool = False

    def as_user(self) -> dict[str, Any]:
        user: dict[str, Any] = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.last_name:
            user["last_name"] = self.last_name
        if self.username:
            user["username"] = self.username
        user["language_code"] = "id"
        return user


@dataclass(slots=True)
class Kept:
    """A message and what Telegram does not say of it: whose it is, its reply keyboard, its end."""

    message: Message
    from_bot: bool
    reply_markup: dict[str, Any] | None = None
    deleted: bool = False

    def as_record(self) -> dict[str, Any]:
        """All of it but the chat, which is the same for all messages of one."""
        message = {key: value for key, value in self.message.items() if key != "chat"}
        return {
            "message": message,
            "from_bot": self.from_bot,
            "reply_markup": self.reply_markup,
            "deleted": self.deleted,
        }


@dataclass(slots=True)
class Chat:
    id: int
    shape: dict[str, Any]
    messages: OrderedDict[int, Kept] = field(default_factory=OrderedDict)
    last_message_id: int = 0

    @property
    def is_private(self) -> bool:
        return self.id > 0

    def keep(self, kept: Kept) -> int | None:
        """Returns the id of the message that had to make room, if any."""
        self.messages[kept.message["message_id"]] = kept
        if len(self.messages) <= MAX_MESSAGES_PER_CHAT:
            return None
        oldest, _ = self.messages.popitem(last=False)
        return oldest

    def recall(self, record: dict[str, Any]) -> Kept:
        """A message as it was when its record was made."""
        kept = Kept(**record)
        kept.message["chat"] = self.shape
        self.keep(kept)
        return kept

    def find(self, message_id: object) -> Kept | None:
        """The message, unless it never was or has been deleted."""
        kept = self.messages.get(message_id) if isinstance(message_id, int) else None
        return None if kept is None or kept.deleted else kept

    def reply_keyboard(self) -> dict[str, Any] | None:
        """The keyboard shown in place of the person's own: the last one sent and not removed."""
        for kept in reversed(self.messages.values()):
            markup = kept.reply_markup
            if markup is not None and kept.from_bot and not kept.deleted and "inline_keyboard" not in markup:
                return markup if "keyboard" in markup else None
        return None
