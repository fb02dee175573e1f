"""sendMessage, sendChatAction and answerCallbackQuery."""

from typing import Any

from sandbox.answers import bad_request
from sandbox.chats import Message
from sandbox.entities import formatted
from sandbox.methods.targets import markup_for, open_chat, reply_fields
from sandbox.news import announce
from sandbox.params import Params
from sandbox.state import World

MAX_TEXT = 4096
MAX_QUERY_ANSWER = 200
ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def checked_text(params: Params) -> dict[str, Any]:
    """The fields `text` and `entities`. Raises `TelegramError` for an empty or over-long text."""
    if params.text("parse_mode"):
        # Not Telegram's answer: our bot sends entities, so nothing here reads markup.
        raise bad_request("the sandbox knows no parse_mode; send entities")
    text, entities = formatted(params.text("text"), params.entities("entities"))
    if not text:
        raise bad_request("message text is empty")
    if len(text) > MAX_TEXT:
        raise bad_request("message is too long")
    return {"text": text, "entities": entities} if entities else {"text": text}


def send_message(world: World, params: Params) -> Message:
    chat = open_chat(world, params)
    content = checked_text(params)
    markup = markup_for(params, chat)
    content.update(reply_fields(params, chat))
    kept = world.keep_message(chat, world.profile.user, content, markup)
    announce(world, chat, kept)
    return kept.message


def send_chat_action(world: World, params: Params) -> bool:
    chat = open_chat(world, params)
    action = params.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.events.publish(lambda: {"type": "action", "user_id": chat.id, "action": action})
    return True


def answer_callback_query(world: World, params: Params) -> bool:
    text = params.text("text")
    if len(text) > MAX_QUERY_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    query = world.queries.get(params.text("callback_query_id"))
    if query is None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    user_id, message_id = query
    world.events.publish(
        lambda: {
            "type": "answer",
            "user_id": user_id,
            "message_id": message_id,
            "text": text,
            "show_alert": params.flag("show_alert"),
        }
    )
    return True
