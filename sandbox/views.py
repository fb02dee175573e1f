"""What a person sees on the phone: messages in the shape of the sandbox's own calls. Changes nothing."""

from typing import Any

from sandbox.chats import Chat, Kept, Message
from sandbox.files import FileStore
from sandbox.state import World


def message_view(kept: Kept, files: FileStore) -> dict[str, Any]:
    """One message. A deleted one keeps its place, without content."""
    message = kept.message
    view: dict[str, Any] = {
        "message_id": message["message_id"],
        "from": "bot" if kept.from_bot else "user",
        "date": message["date"],
        "text": "",
        "entities": [],
        "buttons": [],
        "keyboard": None,
        "document": None,
        "photo": None,
        "contact": None,
        "kind": "text",
        "edited": "edit_date" in message,
        "deleted": kept.deleted,
    }
    if kept.deleted:
        return view
    view["text"] = message.get("text") or message.get("caption") or ""
    view["entities"] = message.get("entities") or message.get("caption_entities") or []
    view["contact"] = message.get("contact")
    view["forwarded"] = "forward_origin" in message
    quoted = message.get("reply_to_message")
    view["quoted"] = (quoted.get("text") or quoted.get("caption") or "…") if quoted else None
    for kind in ("document", "photo", "contact", "sticker", "voice"):
        if kind in message:
            view["kind"] = kind
    if "document" in message:
        document = message["document"]
        view["document"] = {
            "file_name": document["file_name"],
            "mime_type": document["mime_type"],
            "size": document["file_size"],
            "url": f"/sandbox/files/{document['file_unique_id']}",
        }
    if "photo" in message:
        photo = message["photo"][-1]
        view["photo"] = {
            "width": photo["width"],
            "height": photo["height"],
            "size": photo["file_size"],
            "url": f"/sandbox/files/{photo['file_unique_id']}",
        }
    if kept.reply_markup is not None:
        view["keyboard"], view["buttons"] = _buttons(kept.reply_markup)
    return view


def chat_views(chat: Chat, files: FileStore, after: int) -> list[dict[str, Any]]:
    """The chat's messages numbered above `after`, oldest first."""
    return [message_view(kept, files) for number, kept in chat.messages.items() if number > after]


def phone_view(world: World, user_id: int) -> dict[str, Any]:
    """All of a phone but its messages: the person, the bot, commands, keyboard."""
    person = world.person(user_id)
    chat = world.chats.get(user_id)
    keyboard = chat.reply_keyboard() if chat else None
    return {
        "id": user_id,
        "first_name": person.first_name if person else "",
        "last_name": person.last_name if person else None,
        "phone_number": person.phone_number if person else None,
        "started": person.started if person else False,
        "blocked": person.blocked if person else False,
        "commands": world.profile.commands_shown_in(user_id),
        "reply_keyboard": None if keyboard is None else _buttons(keyboard)[1],
        "one_time_keyboard": bool(keyboard and keyboard.get("one_time_keyboard")),
        "bot": bot_view(world),
    }


def bot_view(world: World) -> dict[str, Any]:
    return {
        "name": world.profile.name,
        "username": world.profile.username,
        "description": world.profile.text("description"),
        "connected": world.updates.has_poller or world.updates.webhook is not None,
    }


def button_data(message: Message) -> set[str]:
    """The callback data of the message's inline buttons."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return {button["callback_data"] for row in rows for button in row if "callback_data" in button}


def _buttons(markup: dict[str, Any]) -> tuple[str, list[list[dict[str, Any]]]]:
    """The keyboard's kind and its rows, each button with its text and what pressing it does."""
    if "inline_keyboard" in markup:
        rows = [[_inline_button(button) for button in row] for row in markup["inline_keyboard"]]
        return "inline", rows
    if "keyboard" in markup:
        return "reply", [[_reply_button(button) for button in row] for row in markup["keyboard"]]
    return ("remove" if "remove_keyboard" in markup else "force_reply"), []


def _inline_button(button: dict[str, Any]) -> dict[str, Any]:
    shown: dict[str, Any] = {"text": button["text"]}
    if "callback_data" in button:
        shown["data"] = button["callback_data"]
    if "url" in button:
        shown["url"] = button["url"]
    return shown


def _reply_button(button: str | dict[str, Any]) -> dict[str, Any]:
    if isinstance(button, str):
        return {"text": button}
    shown: dict[str, Any] = {"text": button["text"]}
    if button.get("request_contact"):
        shown["request_contact"] = True
    return shown
