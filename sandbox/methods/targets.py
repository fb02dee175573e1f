"""Whom a call is meant for: the chat, if the bot may write there. Shared by the sending methods."""

from typing import Any

from sandbox.answers import bad_request, forbidden
from sandbox.chats import Chat
from sandbox.keyboards import Markup, checked_markup
from sandbox.params import Params
from sandbox.state import World


def open_chat(world: World, params: Params) -> Chat:
    """The chat of `chat_id`. Raises `TelegramError` if it is unknown, never started, or blocked the bot."""
    given = params.get("chat_id")
    if given is None or given == "":
        raise bad_request("chat_id is empty")
    try:
        chat_id = int(given)
    except (TypeError, ValueError):
        raise bad_request("chat not found") from None
    if chat_id < 0:
        group = world.chats.get(chat_id)
        if group is None:
            raise bad_request("chat not found")
        return group
    person = world.person(chat_id)
    if person is None:
        raise bad_request("chat not found")
    if person.blocked:
        raise forbidden("bot was blocked by the user")
    if not person.started:
        raise forbidden("bot can't initiate conversation with a user")
    return world.chat_with(person)


def markup_for(params: Params, chat: Chat) -> Markup | None:
    return checked_markup(params.get("reply_markup"), private=chat.is_private)


def reply_fields(params: Params, chat: Chat) -> dict[str, Any]:
    """`reply_to_message`, if the call asks for it."""
    wanted = params.get("reply_parameters")
    if not isinstance(wanted, dict) or "message_id" not in wanted:
        return {}
    kept = chat.find(wanted["message_id"])
    if kept is None:
        if wanted.get("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    quoted = {key: value for key, value in kept.message.items() if key != "reply_to_message"}
    return {"reply_to_message": quoted}
