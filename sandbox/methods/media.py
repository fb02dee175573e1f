"""Photos and documents: sent as an upload or by an earlier file id, and fetched with getFile."""

from typing import Any

from sandbox.answers import bad_request
from sandbox.chats import Message
from sandbox.entities import formatted
from sandbox.files import StoredFile, picture_size
from sandbox.methods.targets import markup_for, open_chat, reply_fields
from sandbox.news import announce
from sandbox.params import Params
from sandbox.state import World

MAX_CAPTION = 1024
MAX_PHOTO_BYTES = 10 * 1024 * 1024
MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024
MAX_UPLOAD_BYTES = 50 * 1024 * 1024
MAX_SIDES, MAX_RATIO = 10_000, 20
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF")


def send_photo(world: World, params: Params) -> Message:
    return _send(world, params, "photo")


def send_document(world: World, params: Params) -> Message:
    return _send(world, params, "document")


def get_file(world: World, params: Params) -> dict[str, Any]:
    file = world.files.by_id(params.text("file_id"))
    if file is None:
        raise bad_request("invalid file_id")
    if file.size > MAX_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {**file.reference(), "file_path": file.path}


def file_fields(file: StoredFile) -> dict[str, Any]:
    """How the file appears in a message."""
    if file.kind == "photo":
        width, height = file.dimensions()
        return {"photo": [{**file.reference(), "width": width, "height": height}]}
    return {"document": {**file.reference(), "file_name": file.name, "mime_type": file.mime_type}}


def checked_caption(params: Params) -> dict[str, Any]:
    """The fields `caption` and `caption_entities`, none if it is empty. Raises `TelegramError` for an over-long one."""
    if params.text("parse_mode"):
        # Not Telegram's answer: our bot sends entities, so nothing here reads markup.
        raise bad_request("the sandbox knows no parse_mode; send caption_entities")
    caption, entities = formatted(params.text("caption"), params.entities("caption_entities"))
    if len(caption) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return {name: value for name, value in (("caption", caption), ("caption_entities", entities)) if value}


def _send(world: World, params: Params, kind: str) -> Message:
    chat = open_chat(world, params)
    caption = checked_caption(params)
    markup = markup_for(params, chat)
    reply = reply_fields(params, chat)
    content = file_fields(_file(world, params, kind)) | caption
    kept = world.keep_message(chat, world.profile.user, {**content, **reply}, markup)
    announce(world, chat, kept)
    return kept.message


def _file(world: World, params: Params, kind: str) -> StoredFile:
    given = params.text(kind)
    upload = params.uploads.get(given.removeprefix("attach://") if given else kind)
    if upload is not None:
        if not upload.content:
            raise bad_request("file must be non-empty")
        if len(upload.content) > (MAX_PHOTO_BYTES if kind == "photo" else MAX_UPLOAD_BYTES):
            raise bad_request("file is too big")
        if kind == "photo":
            _check_picture(upload.content)
        return world.files.add(kind, upload.name, upload.mime_type, upload.content)
    if not given or given.startswith("attach://"):
        raise bad_request(f"there is no {kind} in the request")
    file = world.files.by_id(given)
    if file is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if file.kind != kind:
        raise bad_request(f"can't use file of type {file.kind.title()} as {kind.title()}")
    return file


def _check_picture(content: bytes) -> None:
    if not content.startswith(PICTURES):
        raise bad_request("IMAGE_PROCESS_FAILED")
    size = picture_size(content)
    if size is not None and (sum(size) > MAX_SIDES or max(size) > MAX_RATIO * min(size)):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
