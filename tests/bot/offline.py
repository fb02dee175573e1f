"""Telegram without a network: a request that answers from memory and keeps every call, and updates as Telegram sends them."""

import itertools
import json
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from telegram import Bot, Update
from telegram.request import BaseRequest, RequestData

BOT_USER = {"id": 123456, "is_bot": True, "first_name": "Rekan ASN", "username": "RekanASNBot"}
DATE = 1795489200


@dataclass(frozen=True)
class Call:
    method: str
    data: dict[str, Any]
    files: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return str(self.data.get("text", ""))

    @property
    def buttons(self) -> list[tuple[str, str]]:
        """(title, callback data) of the inline keyboard, row by row."""
        rows = (self.data.get("reply_markup") or {}).get("inline_keyboard", [])
        return [(key["text"], key["callback_data"]) for row in rows for key in row]

    def as_logged(self, call_id: int) -> dict[str, Any]:
        """In the form of the sandbox's log, so that the same second opinion can be asked."""
        uploads = {
            name: {"file_name": file_name, "mime_type": kind, "size": len(content)}
            for name, (file_name, content, kind) in self.files.items()
        }
        body = {**self.data, **uploads}
        return {"call_id": call_id, "method": self.method, "body": body}


class OfflineRequest(BaseRequest):
    """Never touches a network."""

    read_timeout = 1.0  # type: ignore[assignment]

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.faults: dict[str, deque[tuple[int, dict[str, Any]] | Exception]] = {}
        self.contents: dict[str, bytes] = {}
        """What can be downloaded, by file id."""
        self.updates: deque[list[dict[str, Any]]] = deque()
        self._ids = itertools.count(1000)

    def fail(self, method: str, code: int, description: str, *, retry_after: int | None = None, times: int = 1) -> None:
        """The next calls of this method fail so."""
        body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
        if retry_after is not None:
            body["parameters"] = {"retry_after": retry_after}
        self.faults.setdefault(method, deque()).extend([(code, body)] * times)

    def raise_(self, method: str, error: Exception) -> None:
        self.faults.setdefault(method, deque()).append(error)

    def sent(self, method: str = "sendMessage") -> list[Call]:
        return [call for call in self.calls if call.method == method]

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, **_: Any
    ) -> tuple[int, bytes]:
        name = url.rsplit("/", 1)[-1]
        if "/file/" in url:
            return 200, self.contents[name]
        data = dict(request_data.parameters) if request_data else {}
        files = dict(request_data.multipart_data) if request_data and request_data.multipart_data else {}
        self.calls.append(Call(name, data, files))
        if self.faults.get(name):
            fault = self.faults[name].popleft()
            if isinstance(fault, Exception):
                raise fault
            return fault[0], json.dumps(fault[1]).encode()
        return 200, json.dumps({"ok": True, "result": self._result(name, data)}).encode()

    def _result(self, name: str, data: dict[str, Any]) -> Any:
        if name == "getMe":
            return BOT_USER
        if name == "getUpdates":
            return self.updates.popleft() if self.updates else []
        if name == "getFile":
            return {"file_id": data["file_id"], "file_unique_id": "u", "file_path": data["file_id"]}
        if name in ("sendMessage", "sendDocument", "sendPhoto", "editMessageText", "editMessageCaption"):
            message_id = data.get("message_id") or next(self._ids)
            chat = {"id": data["chat_id"], "type": "private", "first_name": "X"}
            return {
                "message_id": message_id,
                "date": DATE,
                "chat": chat,
                "from": BOT_USER,
                "text": data.get("text", ""),
                **_file(name, data),
            }
        return True


def _file(method: str, data: dict[str, Any]) -> dict[str, Any]:
    """What Telegram says of a file that was sent: the id it has, or its new one."""
    given = data.get("photo" if method == "sendPhoto" else "document")
    kept = {"file_id": given if isinstance(given, str) and "attach:" not in given else "NEW", "file_unique_id": "u"}
    if method == "sendPhoto":
        return {"photo": [{**kept, "width": 90, "height": 60}, {**kept, "width": 800, "height": 600}]}
    return {"document": kept} if method == "sendDocument" else {}


_update_ids = itertools.count(1)


def update(bot: Bot, **parts: Any) -> Update:
    """An update with a fresh id, or the one given as `update_id`."""
    made = Update.de_json({"update_id": parts.pop("update_id", None) or next(_update_ids), **parts}, bot)
    assert made is not None
    return made


def user(telegram_id: int) -> dict[str, Any]:
    return {"id": telegram_id, "is_bot": False, "first_name": "X"}


def message(telegram_id: int, *, chat: dict[str, Any] | None = None, **parts: Any) -> dict[str, Any]:
    """A message from this person in their private chat (or in `chat`); a leading `/word` becomes a command entity."""
    text = parts.get("text", "")
    if text.startswith("/"):
        length = len(text.split(maxsplit=1)[0].split("{", 1)[0])
        parts["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
    private = {"id": telegram_id, "type": "private", "first_name": "X"}
    return {"message_id": next(_update_ids), "date": DATE, "chat": chat or private, "from": user(telegram_id), **parts}


def press(telegram_id: int, shown: dict[str, Any], data: str) -> dict[str, Any]:
    """A press of a button under a message of the bot."""
    return {"id": "1", "from": user(telegram_id), "chat_instance": "1", "data": data, "message": shown}


def shown(telegram_id: int, text: str, buttons: list[tuple[str, str]], message_id: int = 77) -> dict[str, Any]:
    """A message of the bot as it stands in the person's chat."""
    rows = [[{"text": title, "callback_data": data}] for title, data in buttons]
    chat = {"id": telegram_id, "type": "private", "first_name": "X"}
    return {
        "message_id": message_id,
        "date": DATE,
        "chat": chat,
        "from": BOT_USER,
        "text": text,
        "reply_markup": {"inline_keyboard": rows},
    }


def shown_photo(telegram_id: int, caption: str, buttons: list[tuple[str, str]]) -> dict[str, Any]:
    """A photo of the bot as it stands in the person's chat."""
    message = shown(telegram_id, "", buttons)
    del message["text"]
    photo = [{"file_id": "F", "file_unique_id": "u", "width": 800, "height": 600}]
    return {**message, "photo": photo, "caption": caption}


def membership(telegram_id: int, old: str, new: str, *, chat: dict[str, Any] | None = None) -> dict[str, Any]:
    """How the bot's standing changed in the person's private chat (or in `chat`), by the person's hand."""
    member = {"user": BOT_USER, "until_date": 0}
    return {
        "chat": chat or {"id": telegram_id, "type": "private", "first_name": "X"},
        "from": user(telegram_id),
        "date": DATE,
        "old_chat_member": member | {"status": old},
        "new_chat_member": member | {"status": new},
    }
