"""What people send, in Telegram's shape: from the fields of a request to the content of a message.

Knows no HTTP and delivers nothing; `people.py` does.
"""

import base64
import binascii
import mimetypes
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from sandbox.answers import SandboxRefusal
from sandbox.chats import Person
from sandbox.entities import formatted
from sandbox.files import FileStore
from sandbox.sample_picture import sample_picture

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_FILE_BYTES = 50 * 1024 * 1024
MAX_START_PAYLOAD = 64
OGG = b"OggS\x00\x02" + bytes(22)

Body = Mapping[str, Any]
Content = dict[str, Any]


def content_from(body: Body, person: Person, files: FileStore, now: int) -> Content:
    """The message's fields. Raises `SandboxRefusal` if a person could not send that."""
    if "start" in body:
        content = _text("/start" if body["start"] in (True, None, "") else f"/start {_start_payload(body['start'])}")
    elif "contact" in body:
        content = {"contact": _contact(body["contact"], person)}
    elif body.get("sticker"):
        content = {"sticker": _sticker(files)}
    elif body.get("voice"):
        file = files.add("voice", "suara.ogg", "audio/ogg", OGG)
        content = {"voice": {**file.reference(), "duration": 3, "mime_type": "audio/ogg"}}
    elif body.get("photo"):
        picture = sample_picture() if body["photo"] is True else _uploaded(body["photo"])[1]
        file = files.add("photo", "foto.png", "image/png", picture)
        width, height = file.dimensions()
        # as Telegram does: a small one for the list of chats, then the whole one
        sizes = [(width // 4 or 1, height // 4 or 1), (width, height)]
        content = {"photo": [{**file.reference(), "width": w, "height": h} for w, h in sizes]}
    elif body.get("document"):
        name, sent = _uploaded(body["document"])
        file = files.add("document", name, mimetypes.guess_type(name)[0] or "application/octet-stream", sent)
        content = {"document": {**file.reference(), "file_name": name, "mime_type": file.mime_type}}
    elif "text" in body:
        content = _text(body["text"])
    else:
        raise SandboxRefusal("one of text, contact, start, sticker, voice, photo, document or edit is needed")
    if body.get("caption") and ("photo" in content or "document" in content):
        content |= _caption(body["caption"])
    if body.get("forwarded"):
        origin = {"type": "hidden_user", "sender_user_name": "Rekan Lain", "date": now - 60}
        content["forward_origin"] = origin
    return content


def _text(given: object) -> Content:
    if not isinstance(given, str) or not given.strip():
        raise SandboxRefusal("text must be a string with something in it")
    text, entities = formatted(given)
    if len(text) > MAX_TEXT:
        raise SandboxRefusal(f"text is longer than {MAX_TEXT} characters")
    return {"text": text, "entities": entities} if entities else {"text": text}


def _caption(given: object) -> Content:
    caption, entities = formatted(str(given))
    if len(caption) > MAX_CAPTION:
        raise SandboxRefusal(f"caption is longer than {MAX_CAPTION} characters")
    return {"caption": caption, "caption_entities": entities} if entities else {"caption": caption}


def _uploaded(given: object) -> tuple[str, bytes]:
    """Name and bytes of `{"file_name": …, "content": base64}`."""
    if not isinstance(given, Mapping):
        raise SandboxRefusal("a file is {file_name, content}, its content in base64")
    try:
        content = base64.b64decode(str(given.get("content", "")), validate=True)
    except binascii.Error:
        raise SandboxRefusal("the content of a file is base64") from None
    if not content or len(content) > MAX_FILE_BYTES:
        raise SandboxRefusal("a file has 1 byte to 50 MB")
    return PurePath(str(given.get("file_name") or "berkas")).name, content


def _start_payload(given: object) -> str:
    payload = str(given)
    allowed = payload.isascii() and payload.replace("_", "").replace("-", "").isalnum()
    if not allowed or len(payload) > MAX_START_PAYLOAD:
        raise SandboxRefusal("a start payload is 1 to 64 of A-Z a-z 0-9 _ -")
    return payload


def _contact(given: object, person: Person) -> Content:
    """`true` shares the person's own number, as the contact button does.

    Without `user_id` the number tells whose it is, as in Telegram: the sender's own, or nobody's known here.
    """
    if given is True:
        if not person.phone_number:
            raise SandboxRefusal("this person has no phone number")
        # Telegram writes the number of a shared contact without the plus.
        given = {
            "phone_number": person.phone_number.removeprefix("+"),
            "first_name": person.first_name,
            "user_id": person.id,
            **({"last_name": person.last_name} if person.last_name else {}),
        }
    if not isinstance(given, Mapping) or not given.get("phone_number"):
        raise SandboxRefusal("a contact needs phone_number and first_name")
    contact: Content = {
        "phone_number": str(given["phone_number"]),
        "first_name": str(given.get("first_name") or person.first_name),
    }
    if given.get("last_name"):
        contact["last_name"] = str(given["last_name"])
    owner = given["user_id"] if "user_id" in given else _owner(contact["phone_number"], person)
    if owner is not None:
        contact["user_id"] = int(owner)
    return contact


def _owner(number: str, person: Person) -> int | None:
    is_own = number.removeprefix("+") == (person.phone_number or "").removeprefix("+")
    return person.id if is_own else None


def _sticker(files: FileStore) -> Content:
    file = files.add("sticker", "stiker.webp", "image/webp", sample_picture())
    return {
        **file.reference(),
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
        "emoji": "👍",
    }
