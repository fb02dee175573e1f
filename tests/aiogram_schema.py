"""A second opinion on every call the bot makes: aiogram's models of the Bot API, and Telegram's limits.

aiogram's models take unknown fields silently (they end up in `model_extra`), so those are looked for everywhere.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from aiogram import methods
from aiogram.methods.base import TelegramMethod
from aiogram.types import BufferedInputFile
from pydantic import BaseModel, ValidationError

Call = Mapping[str, Any]
"""An entry of the sandbox's `/sandbox/calls`: `call_id`, `method`, `body`."""

MAX_CALLBACK_BYTES = 64
LONGEST = {"text": 4096, "caption": 1024}
ANSWER_METHOD = "answerCallbackQuery"
LONGEST_ANSWER = 200


@cache
def models() -> dict[str, type[TelegramMethod[Any]]]:
    """aiogram's method models by the method's name in the Bot API."""
    classes = (getattr(methods, name) for name in methods.__all__)
    return {
        one.__api_method__: one
        for one in classes
        if isinstance(one, type) and issubclass(one, TelegramMethod) and one is not TelegramMethod
    }


def problems_of_calls(calls: Iterable[Call]) -> list[str]:
    """What is wrong with the calls, one sentence each; empty if nothing is."""
    return [f"call {call['call_id']}: {problem}" for call in calls for problem in problems_of_call(call)]


def problems_of_call(call: Call) -> list[str]:
    name = call["method"]
    model = models().get(name)
    if model is None:
        return [f"there is no method {name}"]
    body = {field: _as_file(value) for field, value in call["body"].items()}
    try:
        parsed = model.model_validate(body)
    except ValidationError as error:
        return [
            f"{name}.{'.'.join(str(part) for part in one['loc'])}: {one['msg']}"
            for one in error.errors(include_url=False)
        ]
    return [*_unknown_fields(parsed, name), *_over_limits(name, call["body"])]


def _as_file(value: object) -> object:
    """The log names uploads by their name and size; aiogram wants a file object in their place."""
    if isinstance(value, Mapping) and value.keys() == {"file_name", "mime_type", "size"}:
        return BufferedInputFile(b"", filename=value["file_name"])
    return value


def _unknown_fields(value: object, path: str) -> Iterator[str]:
    if isinstance(value, BaseModel):
        for field in value.model_extra or ():
            yield f"{path}.{field}: no such field"
        for field in type(value).model_fields:
            yield from _unknown_fields(getattr(value, field), f"{path}.{field}")
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _unknown_fields(item, f"{path}[{index}]")


def _over_limits(name: str, body: Mapping[str, Any]) -> Iterator[str]:
    for field, longest in LONGEST.items():
        allowed = LONGEST_ANSWER if name == ANSWER_METHOD else longest
        if len(body.get(field) or "") > allowed:
            yield f"{name}.{field}: longer than {allowed} characters"
    markup = body.get("reply_markup")
    rows = markup.get("inline_keyboard", []) if isinstance(markup, Mapping) else []
    for button in (button for row in rows for button in row):
        data = button.get("callback_data")
        if data is not None and not 1 <= len(data.encode()) <= MAX_CALLBACK_BYTES:
            yield f"{name}.reply_markup: callback data of {len(data.encode())} bytes"
