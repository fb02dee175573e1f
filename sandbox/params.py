"""A call's parameters, whichever way they came: query, urlencoded, JSON or multipart. Knows no method."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.requests import Request

from sandbox.answers import TelegramError, bad_request

MAX_UPLOAD_BYTES = 50 * 1024 * 1024
# Parameters that are objects or lists; forms carry them as JSON.
STRUCTURED = frozenset(
    {
        "allowed_updates",
        "caption_entities",
        "commands",
        "entities",
        "link_preview_options",
        "menu_button",
        "reply_markup",
        "reply_parameters",
        "scope",
    }
)


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    mime_type: str
    content: bytes


async def read_params(request: Request) -> "Params":
    """Reads query and body. Raises `TelegramError` 400 or 413 for a body that cannot be read."""
    values: dict[str, Any] = dict(request.query_params)
    uploads: dict[str, Upload] = {}
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        if int(request.headers.get("content-length") or 0) > MAX_UPLOAD_BYTES:
            raise TelegramError(413, "Request Entity Too Large")
        if kind == "multipart/form-data":
            async with request.form() as form:
                for name, value in form.multi_items():
                    if isinstance(value, UploadFile):
                        mime_type = value.content_type or "application/octet-stream"
                        uploads[name] = Upload(value.filename or name, mime_type, await value.read())
                    else:
                        values[name] = value
        elif kind == "application/json":
            body = await request.json()
            if not isinstance(body, dict):
                raise bad_request("can't parse request body: object expected")
            values.update(body)
        else:
            values.update(parse_qsl((await request.body()).decode(), keep_blank_values=True))
    except (ValueError, KeyError) as error:
        raise bad_request("can't parse request body") from error
    for name in STRUCTURED & values.keys():
        if isinstance(values[name], str) and values[name]:
            try:
                values[name] = json.loads(values[name])
            except ValueError as error:
                raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from error
    return Params(values, uploads)


@dataclass(frozen=True, slots=True)
class Params:
    values: dict[str, Any]
    uploads: dict[str, Upload]

    def as_log(self) -> dict[str, Any]:
        """The call's body for the log: files by name and size."""
        if not self.uploads:
            return self.values
        files = {
            name: {"file_name": upload.name, "mime_type": upload.mime_type, "size": len(upload.content)}
            for name, upload in self.uploads.items()
        }
        return {**self.values, **files}

    def get(self, name: str) -> Any:
        return self.values.get(name)

    def text(self, name: str) -> str:
        value = self.values.get(name, "")
        return value if isinstance(value, str) else str(value)

    def number(self, name: str, default: int = 0) -> int:
        value = self.values.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad_request(f'field "{name}" must be of type Number') from None

    def flag(self, name: str) -> bool:
        return str(self.values.get(name, "")).lower() in {"true", "1"}

    def entities(self, name: str) -> list[dict[str, Any]] | None:
        value = self.values.get(name) or None
        if value is not None and not (isinstance(value, list) and all(isinstance(one, dict) for one in value)):
            raise bad_request("can't parse entities: must be an Array of MessageEntity")
        return value
