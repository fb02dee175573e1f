"""All that the sandbox remembers: people, chats and messages, bounded, in memory and in its records.

The rules of the Bot API are in `methods/`, those of the person's side in `people.py`.
"""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from sandbox.calls import CallLog
from sandbox.chats import Chat, Kept, Message, Person
from sandbox.events import EventHub
from sandbox.faults import Faults, RateLimit
from sandbox.files import FileStore
from sandbox.profile import BotProfile
from sandbox.records import NothingKept, Records
from sandbox.roster import Roster
from sandbox.update_queue import UpdateQueue

# Two campaigns to 62,000 people and the talk beside them.
MAX_MESSAGES = 150_000
MAX_QUERIES = 10_000


@dataclass(slots=True)
class World:
    """One bot and everybody who can talk to it. What changes is put into `records`, which whoever answers commits first."""

    token: str
    profile: BotProfile
    roster: Roster
    now: Callable[[], float] = time.time
    records: Records = field(default_factory=NothingKept)
    people: dict[int, Person] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    queries: OrderedDict[str, tuple[int, int]] = field(default_factory=OrderedDict)
    files: FileStore = field(init=False)
    calls: CallLog = field(default_factory=CallLog)
    events: EventHub = field(default_factory=EventHub)
    faults: Faults = field(default_factory=Faults)
    limit: RateLimit = field(default_factory=RateLimit)
    updates: UpdateQueue = field(init=False)
    closing: bool = False
    _order: deque[tuple[int, int]] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self.files = FileStore(self.records)
        # Milliseconds of the clock: no number comes twice, even if the records were lost. Bots remember what they have seen.
        self.updates = UpdateQueue(int(self.now() * 1000), self.records)
        self._recall()

    def person(self, user_id: int) -> Person | None:
        """Somebody with a Telegram account, also if they never talked to the bot."""
        person = self.people.get(user_id)
        if person is None and (sample := self.roster.find(user_id)) is not None:
            first_name, last_name = sample.names
            person = Person(user_id, first_name, last_name, None, sample.phone_number)
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
        if (crowded_out := chat.keep(kept)) is not None:
            self.records.drop("message", _name(chat.id, crowded_out))
        self._order.append((chat.id, chat.last_message_id))
        if len(self._order) > MAX_MESSAGES:
            old_chat, old_message = self._order.popleft()
            self.chats[old_chat].messages.pop(old_message, None)
            self.records.drop("message", _name(old_chat, old_message))
        self.records.put("chat", chat.id, {"shape": chat.shape, "last_message_id": chat.last_message_id})
        self.save_message(chat, kept)
        return kept

    def save_message(self, chat: Chat, kept: Kept) -> None:
        """To be called whenever something about a kept message has changed."""
        self.records.put("message", _name(chat.id, kept.message["message_id"]), kept.as_record())

    def save_person(self, person: Person) -> None:
        """To be called whenever something about a person has changed."""
        self.records.put("person", person.id, asdict(person))

    def open_query(self, query_id: str, user_id: int, message_id: int) -> None:
        self.queries[query_id] = (user_id, message_id)
        self.records.put("query", query_id, [user_id, message_id])
        if len(self.queries) > MAX_QUERIES:
            oldest, _ = self.queries.popitem(last=False)
            self.records.drop("query", oldest)

    def _recall(self) -> None:
        for name, value, _ in self.records.all("person"):
            person = self.people[int(name)] = Person(**value)
            if (sample := self.roster.find(person.id)) is not None:
                # the samples may have been written anew since
                person.first_name, person.last_name = sample.names
                person.phone_number = sample.phone_number
        for name, value, _ in self.records.all("chat"):
            self.chats[int(name)] = Chat(int(name), **value)
        for name, value, _ in self.records.all("message"):
            chat_id, message_id = map(int, name.split(":"))
            self.chats[chat_id].recall(value)
            self._order.append((chat_id, message_id))
        for name, (user_id, message_id), _ in self.records.all("query"):
            self.queries[name] = (user_id, message_id)

    def close(self) -> None:
        """Lets open connections end: long polls return, pages are told goodbye."""
        self.closing = True
        self.updates.hang_up()
        self.events.publish(lambda: {"type": "closing"})


def _name(chat_id: int, message_id: int) -> str:
    return f"{chat_id}:{message_id}"


_CHAT_FIELDS = frozenset({"id", "first_name", "last_name", "username"})
