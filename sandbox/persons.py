"""What a person can do on the phone: write, press, block. Turns it into updates for the bot.

Knows no HTTP (`people.py` does) and nothing of how updates are delivered.
"""

import secrets
from collections.abc import Mapping
from typing import Any

from sandbox.answers import SandboxRefusal
from sandbox.chats import Chat, Person
from sandbox.entities import formatted
from sandbox.incoming import content_from
from sandbox.news import announce
from sandbox.state import World
from sandbox.views import button_data

Body = Mapping[str, Any]


def create_person(world: World, body: Body) -> Person:
    """A new person, or the known one with the given fields changed."""
    user_id, first_name = body.get("id"), body.get("first_name")
    if not isinstance(user_id, int) or isinstance(user_id, bool) or user_id <= 0:
        raise SandboxRefusal("id must be a positive whole number")
    if not isinstance(first_name, str) or not first_name.strip():
        raise SandboxRefusal("first_name must not be empty")
    person = world.person(user_id) or world.people.setdefault(user_id, Person(user_id, first_name))
    person.first_name = first_name
    for name in ("last_name", "username", "phone_number"):
        if body.get(name):
            setattr(person, name, str(body[name]))
    world.save_person(person)
    return person


def known_or_new(world: World, user_id: int) -> Person:
    if user_id <= 0:
        raise SandboxRefusal("a person's id is a positive whole number")
    return world.person(user_id) or world.people.setdefault(user_id, Person(user_id, f"Orang {user_id}"))


def write(world: World, user_id: int, body: Body) -> dict[str, Any]:
    """Sends a message, or edits one (`edit`). Returns its id and the update's, if the bot gets one."""
    person = known_or_new(world, user_id)
    if person.blocked:
        if "start" not in body:
            raise SandboxRefusal("this person has blocked the bot; unblock first")
        set_blocked(world, user_id, False)
    chat = world.chat_with(person) if "chat_id" not in body else world.group(_group_id(body["chat_id"]))
    if "edit" in body:
        return _edit(world, chat, person, body)
    now = int(world.now())
    content = content_from(body, person, world.files, now) | _quoted(chat, body)
    if chat.is_private and not person.started:
        person.started = True
        world.save_person(person)
    kept = world.keep_message(chat, person.as_user(), content)
    if chat.is_private:
        announce(world, chat, kept)
    update_id = None
    if chat.is_private or _is_for_bot(world, content):
        update_id = world.updates.put("message", kept.message)
    return {"message_id": kept.message["message_id"], "update_id": update_id}


def press(world: World, user_id: int, body: Body) -> dict[str, Any]:
    """Presses an inline button. With `force`, sends the data even if no such button is there."""
    person = known_or_new(world, user_id)
    if person.blocked:
        raise SandboxRefusal("this person has blocked the bot; unblock first")
    chat = world.chats.get(body.get("chat_id", user_id))
    kept = chat.find(body.get("message_id")) if chat else None
    data = body.get("data")
    if not isinstance(data, str) or not data:
        raise SandboxRefusal("data must be a string with something in it")
    if chat is None or kept is None:
        raise SandboxRefusal("there is no such message", 404)
    if not body.get("force") and data not in button_data(kept.message):
        raise SandboxRefusal("that button is not on that message")
    query_id = str(secrets.randbelow(10**18))
    world.open_query(query_id, user_id, kept.message["message_id"])
    update_id = world.updates.put(
        "callback_query",
        {
            "id": query_id,
            "from": person.as_user(),
            "message": kept.message,
            "chat_instance": str(-(abs(chat.id) * 7919)),
            "data": data,
        },
    )
    return {"callback_query_id": query_id, "update_id": update_id}


def set_blocked(world: World, user_id: int, blocked: bool) -> dict[str, Any]:
    """Blocks or unblocks the bot, which is told with `my_chat_member`; nothing if it was so already."""
    person = known_or_new(world, user_id)
    if person.blocked == blocked:
        return {"blocked": blocked, "update_id": None}
    person.blocked = blocked
    world.save_person(person)
    bot = world.profile.user
    member, kicked = {"user": bot, "status": "member"}, {"user": bot, "status": "kicked", "until_date": 0}
    update_id = world.updates.put(
        "my_chat_member",
        {
            "chat": world.chat_with(person).shape,
            "from": person.as_user(),
            "date": int(world.now()),
            "old_chat_member": member if blocked else kicked,
            "new_chat_member": kicked if blocked else member,
        },
    )
    world.events.publish(lambda: {"type": "state", "user_id": user_id})
    return {"blocked": blocked, "update_id": update_id}


def _quoted(chat: Chat, body: Body) -> dict[str, Any]:
    """`reply_to`: the message the person answers to. One within it is not repeated, as in Telegram."""
    if "reply_to" not in body:
        return {}
    kept = chat.find(body["reply_to"])
    if kept is None:
        raise SandboxRefusal("there is no such message", 404)
    return {"reply_to_message": {key: value for key, value in kept.message.items() if key != "reply_to_message"}}


def _edit(world: World, chat: Chat, person: Person, body: Body) -> dict[str, Any]:
    kept = chat.find(body["edit"])
    if kept is None or kept.from_bot or kept.message["from"]["id"] != person.id or "text" not in kept.message:
        raise SandboxRefusal("only a text of one's own can be edited", 404)
    text, entities = formatted(str(body.get("text") or ""))
    if not text:
        raise SandboxRefusal("text must be a string with something in it")
    message = {key: value for key, value in kept.message.items() if key != "entities"}
    kept.message = {**message, "text": text, "edit_date": int(world.now())}
    if entities:
        kept.message["entities"] = entities
    world.save_message(chat, kept)
    announce(world, chat, kept, "edit")
    return {
        "message_id": kept.message["message_id"],
        "update_id": world.updates.put("edited_message", kept.message),
    }


def _group_id(given: object) -> int:
    if not isinstance(given, int) or given >= 0:
        raise SandboxRefusal("a group's chat_id is a negative whole number")
    return given


def _is_for_bot(world: World, content: Body) -> bool:
    """In groups a bot only sees commands and what mentions it (privacy mode)."""
    commands = any(entity["type"] == "bot_command" for entity in content.get("entities", ()))
    return commands or f"@{world.profile.username}".lower() in str(content.get("text", "")).lower()
