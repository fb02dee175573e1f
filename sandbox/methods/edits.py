"""Changing and deleting what has been sent."""

from typing import Any

from sandbox.answers import bad_request
from sandbox.chats import Chat, Kept, Message
from sandbox.keyboards import inline_only
from sandbox.methods.media import checked_caption
from sandbox.methods.messages import checked_text
from sandbox.methods.targets import markup_for, open_chat
from sandbox.news import announce
from sandbox.params import Params
from sandbox.state import World

DELETABLE_SECONDS = 48 * 3600
CAPTIONED = frozenset({"photo", "document", "voice"})
WORDS = ("text", "entities", "caption", "caption_entities")
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def edit_message_text(world: World, params: Params) -> Message:
    chat, kept = _editable(world, params)
    content = checked_text(params)
    if "text" not in kept.message:
        raise bad_request("there is no text in the message to edit")
    return _apply(world, params, chat, kept, content)


def edit_message_caption(world: World, params: Params) -> Message:
    """An empty caption takes the old one away."""
    chat, kept = _editable(world, params)
    content = checked_caption(params)
    if not CAPTIONED & kept.message.keys():
        raise bad_request("there is no caption in the message to edit")
    return _apply(world, params, chat, kept, content)


def edit_message_reply_markup(world: World, params: Params) -> Message:
    chat, kept = _editable(world, params)
    return _apply(world, params, chat, kept, None)


def delete_message(world: World, params: Params) -> bool:
    chat = open_chat(world, params)
    kept = chat.find(params.number("message_id"))
    if kept is None:
        raise bad_request("message to delete not found")
    if world.now() - kept.message["date"] > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    kept.deleted = True
    world.save_message(chat, kept)
    announce(world, chat, kept, "edit")
    return True


def _editable(world: World, params: Params) -> tuple[Chat, Kept]:
    chat = open_chat(world, params)
    kept = chat.find(params.number("message_id"))
    if kept is None:
        raise bad_request("message to edit not found")
    # Messages that brought a reply keyboard cannot be edited either.
    if not kept.from_bot or (kept.reply_markup is not None and "inline_keyboard" not in kept.reply_markup):
        raise bad_request("message can't be edited")
    return chat, kept


def _apply(world: World, params: Params, chat: Chat, kept: Kept, content: dict[str, Any] | None) -> Message:
    markup = inline_only(markup_for(params, chat))
    if markup is not None and not any(markup["inline_keyboard"]):
        markup = None
    old = kept.message
    new = {key: value for key, value in old.items() if key not in {"reply_markup", "edit_date"}}
    if content is not None:
        for part in WORDS:
            new.pop(part, None)
        new.update(content)
    if markup is not None:
        new["reply_markup"] = markup
    if all(new.get(part) == old.get(part) for part in (*WORDS, "reply_markup")):
        raise bad_request(NOT_MODIFIED)
    if content is not None:
        new["edit_date"] = int(world.now())
    elif "edit_date" in old:
        new["edit_date"] = old["edit_date"]
    kept.message, kept.reply_markup = new, markup
    world.save_message(chat, kept)
    announce(world, chat, kept, "edit")
    return new
