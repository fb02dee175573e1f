"""All that the sandbox remembers: people, chats and messages, in memory and bounded.

The rules of the Bot API are in `methods/`, those of the person's side in `people.py`.
"""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sandbox.calls import CallLog
from sandbox.events import EventHub
from sandbox.faults import Faults, RateLimit
from sandbox.files import FileStore
from sandbox.profile import BotProfile
from sandbox.roster import Roster
from sandbox.update_queue import UpdateQueue

MAX_MESSAGES_PER_CHAT = 1_000
# Two campaigns to 62,000 people and the talk beside them.
MAX_MESSAGES = 150_000
MAX_QUERIES = 10_000
FIRST_UPDATE_ID = 700_000_001

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


@dataclass(slots=True)
class Chat:
    id: int
    shape: dict[str, Any]
    messages: OrderedDict[int, Kept] = field(default_factory=OrderedDict)
    last_message_id: int = 0

    @property
    def is_private(self) -> bool:
        return self.id > 0

    def keep(self, kept: Kept) -> None:
        self.messages[kept.message["message_id"]] = kept
        if len(self.messages) > MAX_MESSAGES_PER_CHAT:
            self.messages.popitem(last=False)

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


@dataclass(slots=True)
class World:
    """One bot and everybody who can talk to it."""

    token: str
    profile: BotProfile
    roster: Roster
    now: Callable[[], float] = time.time
    people: dict[int, Person] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    queries: OrderedDict[str, tuple[int, int]] = field(default_factory=OrderedDict)
    files: FileStore = field(default_factory=FileStore)
    calls: CallLog = field(default_factory=CallLog)
    events: EventHub = field(default_factory=EventHub)
    faults: Faults = field(default_factory=Faults)
    limit: RateLimit = field(default_factory=RateLimit)
    updates: UpdateQueue = field(default_factory=lambda: UpdateQueue(FIRST_UPDATE_ID))
    closing: bool = False
    _order: deque[tuple[int, int]] = field(default_factory=deque)

    def person(self, user_id: int) -> Person | None:
        """Somebody with a Telegram account, also if they never talked to the bot."""
        person = self.people.get(user_id)
        if person is None and (sample := self.roster.find(user_id)) is not None:
            first_name, _, last_name = sample.name.partition(" ")
            person = Person(user_id, first_name, last_name or None, None, sample.phone_number)
            self.people[user_id] = person
        return person

    def chat_with(self, person: Person) -> Chat:
        chat = self.chats.get(person.id)
        if chat is None:
            shape = {key: value for key, value in person.as_user().items() if key in _CHAT_FIELDS}
            chat = self.chats[person.id] = Chat(person.id, {**shape, "type": "private"})
        return chat

    def group(self, chat_id: int) -> Chat:
        """The group of that (negative) id with the bot in it, made up if need be."""
        chat = self.chats.get(chat_id)
        if chat is None:
            shape = {"id": chat_id, "type": "supergroup", "title": f"Grup {-chat_id}"}
            chat = self.chats[chat_id] = Chat(chat_id, shape)
        return chat

    def keep_message(
        self,
        chat: Chat,
        sender: dict[str, Any],
        content: dict[str, Any],
        reply_markup: dict[str, Any] | None = None,
    ) -> Kept:
        """Gives the message its id and date and remembers it."""
        chat.last_message_id += 1
        message: Message = {
            "message_id": chat.last_message_id,
            "from": sender,
            "chat": chat.shape,
            "date": int(self.now()),
            **content,
        }
        if reply_markup is not None and "inline_keyboard" in reply_markup:
            message["reply_markup"] = reply_markup
        kept = Kept(message, sender["is_bot"], reply_markup)
        chat.keep(kept)
        self._order.append((chat.id, chat.last_message_id))
        if len(self._order) > MAX_MESSAGES:
            old_chat, old_message = self._order.popleft()
            self.chats[old_chat].messages.pop(old_message, None)
        return kept

    def open_query(self, query_id: str, user_id: int, message_id: int) -> None:
        self.queries[query_id] = (user_id, message_id)
        if len(self.queries) > MAX_QUERIES:
            self.queries.popitem(last=False)

    def close(self) -> None:
        """Lets open connections end: long polls return, pages are told goodbye."""
        self.closing = True
        self.updates.hang_up()
        self.events.publish(lambda: {"type": "closing"})


_CHAT_FIELDS = frozenset({"id", "first_name", "last_name", "username"})
