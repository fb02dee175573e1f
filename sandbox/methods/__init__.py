"""The Bot API's methods, by lower-case name. Each takes the world and parameters, nothing of HTTP."""

from collections.abc import Callable
from typing import Any, NamedTuple

from sandbox.methods import edits, media, messages, profile, updates
from sandbox.params import Params
from sandbox.state import World


class Method(NamedTuple):
    name: str
    run: Callable[[World, Params], Any]


_TABLE: dict[str, Callable[[World, Params], Any]] = {
    "getMe": profile.get_me,
    "getUpdates": updates.get_updates,
    "setWebhook": updates.set_webhook,
    "deleteWebhook": updates.delete_webhook,
    "getWebhookInfo": updates.get_webhook_info,
    "sendMessage": messages.send_message,
    "sendPhoto": media.send_photo,
    "sendDocument": media.send_document,
    "sendChatAction": messages.send_chat_action,
    "answerCallbackQuery": messages.answer_callback_query,
    "editMessageText": edits.edit_message_text,
    "editMessageCaption": edits.edit_message_caption,
    "editMessageReplyMarkup": edits.edit_message_reply_markup,
    "deleteMessage": edits.delete_message,
    "getFile": media.get_file,
    "getChat": profile.get_chat,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setMyDescription": profile.set_my_description,
    "setMyShortDescription": profile.set_my_short_description,
    "setChatMenuButton": profile.set_chat_menu_button,
}

METHODS = {name.lower(): Method(name, run) for name, run in _TABLE.items()}
