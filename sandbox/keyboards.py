"""Checks the keyboards under the bot's messages as Telegram does. Knows no chats and no people."""

from typing import Any
from urllib.parse import urlsplit

from sandbox.answers import bad_request

MAX_CALLBACK_BYTES = 64
MAX_BUTTONS = 100
# What an inline button may do; a button without any of them is refused.
INLINE_ACTIONS = frozenset(
    {
        "callback_data",
        "url",
        "web_app",
        "login_url",
        "switch_inline_query",
        "copy_text",
        "callback_game",
        "pay",
    }
)

Markup = dict[str, Any]


def checked_markup(markup: object, *, private: bool) -> Markup | None:
    """The markup if Telegram would take it, None for an absent or empty one; else `TelegramError`."""
    if markup is None or markup == "" or markup == {}:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = _rows(markup["inline_keyboard"], "inline_keyboard")
        for row in rows:
            for button in row:
                _check_inline_button(button)
    elif "keyboard" in markup:
        rows = _rows(markup["keyboard"], "keyboard")
        for row in rows:
            for button in row:
                _check_reply_button(button, private=private)
    elif "remove_keyboard" not in markup and "force_reply" not in markup:
        raise bad_request("can't parse reply keyboard markup JSON object")
    return markup


def inline_only(markup: Markup | None) -> Markup | None:
    """Messages can be edited only to carry an inline keyboard."""
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup


def _rows(rows: object, name: str) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{name}" must be of type Array of Arrays')
    if sum(len(row) for row in rows) > MAX_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return rows


def _check_text(button: object, kind: str) -> Markup:
    if not isinstance(button, dict):
        raise bad_request(f"can't parse {kind}: KeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request(f"can't parse {kind}: Can't find field \"text\"")
    if not text.strip():
        raise bad_request(f"can't parse {kind}: Text buttons must not be empty")
    return button


def _check_inline_button(given: object) -> None:
    button = _check_text(given, "inline keyboard button")
    if not INLINE_ACTIONS & button.keys():
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if data is not None and (
        not isinstance(data, str) or not 1 <= len(data.encode("utf-8", "surrogatepass")) <= MAX_CALLBACK_BYTES
    ):
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None:
        parts = urlsplit(str(url))
        if parts.scheme not in {"http", "https", "tg"} or not parts.netloc:
            raise bad_request(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")


def _check_reply_button(given: object, *, private: bool) -> None:
    if isinstance(given, str):
        given = {"text": given}
    button = _check_text(given, "keyboard button")
    if button.get("request_contact") and not private:
        raise bad_request("phone number can be requested in private chats only")
