"""The file that goes along with a campaign: which kinds, how large, and whether Telegram shows it as a picture.

Read from the bytes, never believed from the name: what is saved here is sent to tens of thousands of people.
"""

import io
import struct
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from core.domain.errors import BadFile, FileFault

PHOTO_LIMIT = 10 * 1024 * 1024
"""Telegram's for a picture."""
FILE_LIMIT = 20 * 1024 * 1024
"""What a bot can fetch of what HR sends; it could send more itself."""
CAPTION_LIMIT = 1024
"""Telegram's for the words below a file, in UTF-16 units."""
LONGEST_NAME = 120

_MOST_SIDES, _MOST_RATIO = 10_000, 20
_PNG, _JPEG, _PDF, _ZIP = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"%PDF-", b"PK\x03\x04"
_OFFICE = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
ENDINGS = ("jpg", "jpeg", "png", "pdf", *_OFFICE)


class AttachmentKind(StrEnum):
    PHOTO = "photo"
    DOCUMENT = "document"


@dataclass(frozen=True)
class Attachment:
    """A file as the database keeps it; its bytes and Telegram's id of it are asked for where it is sent."""

    attachment_id: int
    kind: AttachmentKind
    name: str
    size: int


def checked(name: str, content: bytes, *, as_photo: bool = True) -> tuple[AttachmentKind, str]:
    """How it goes out, and under which name. A picture Telegram would not take as one goes as a document, as does any with
    `as_photo=False`. Raises BadFile.
    """
    name = _harmless(name)
    ending = PurePath(name).suffix.lower().removeprefix(".")
    if not content:
        raise BadFile(FileFault.EMPTY, name)
    if len(content) > FILE_LIMIT:
        raise BadFile(FileFault.TOO_LARGE, name)
    if ending not in ENDINGS:
        raise BadFile(FileFault.KIND, name)
    if ending in ("jpg", "jpeg", "png"):
        if not content.startswith(_PNG if ending == "png" else _JPEG):
            raise BadFile(FileFault.NOT_AS_NAMED, name)
        is_photo = as_photo and len(content) <= PHOTO_LIMIT and _is_shown(content)
        return (AttachmentKind.PHOTO if is_photo else AttachmentKind.DOCUMENT), name
    if ending == "pdf" and not content.startswith(_PDF):
        raise BadFile(FileFault.NOT_AS_NAMED, name)
    if ending in _OFFICE:
        _check_office(name, content, _OFFICE[ending])
    return AttachmentKind.DOCUMENT, name


def _harmless(name: str) -> str:
    """The last part of it, in one line, its ending kept."""
    path = PurePath(" ".join("".join(c if c.isprintable() else " " for c in name).split()).replace("\\", "/"))
    return path.stem[: LONGEST_NAME - len(path.suffix)] + path.suffix if len(path.name) > LONGEST_NAME else path.name


def _check_office(name: str, content: bytes, folder: str) -> None:
    try:
        if not content.startswith(_ZIP):
            raise zipfile.BadZipFile
        parts = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except zipfile.BadZipFile as error:
        raise BadFile(FileFault.NOT_AS_NAMED, name) from error
    if not any(part.startswith(folder) for part in parts):
        raise BadFile(FileFault.NOT_AS_NAMED, name)
    if any(PurePath(part).name.lower() == "vbaproject.bin" for part in parts):
        raise BadFile(FileFault.MACROS, name)


def _is_shown(content: bytes) -> bool:
    size = _size_of_png(content) if content.startswith(_PNG) else _size_of_jpeg(content)
    return size is not None and min(size) > 0 and sum(size) <= _MOST_SIDES and max(size) <= _MOST_RATIO * min(size)


def _size_of_png(content: bytes) -> tuple[int, int] | None:
    return struct.unpack(">II", content[16:24]) if len(content) >= 24 else None


def _size_of_jpeg(content: bytes) -> tuple[int, int] | None:
    """From its start-of-frame segment."""
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:  # fill
            at += 1
        elif 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        else:
            at += 2 + int.from_bytes(content[at + 2 : at + 4])
    return None
