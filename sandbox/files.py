"""The files that bot and people have sent: bytes in memory and in the records, oldest forgotten first. Knows no messages."""

import itertools
import secrets
import struct
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import PurePath

from sandbox.records import NothingKept, Records

MAX_TOTAL_BYTES = 256 * 1024 * 1024
FOLDERS = {"document": "documents", "photo": "photos", "voice": "voice", "sticker": "stickers"}


@dataclass(frozen=True, slots=True)
class StoredFile:
    file_id: str
    unique_id: str
    kind: str
    name: str
    mime_type: str
    content: bytes
    path: str

    @property
    def size(self) -> int:
        return len(self.content)

    def reference(self) -> dict[str, object]:
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": self.size}

    def dimensions(self) -> tuple[int, int]:
        """Width and height of a PNG; a plausible pair for anything else."""
        return picture_size(self.content) or (800, 600)


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG; None for anything else."""
    if content[:8] != b"\x89PNG\r\n\x1a\n" or len(content) < 24:
        return None
    width, height = struct.unpack(">II", content[16:24])
    return int(width), int(height)


class FileStore:
    def __init__(self, records: Records | None = None, max_total_bytes: int = MAX_TOTAL_BYTES) -> None:
        self._records = records or NothingKept()
        self._files: OrderedDict[str, StoredFile] = OrderedDict()
        self._by_unique_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._bytes = 0
        self._max_total_bytes = max_total_bytes
        newest = 0
        for file_id, kept, content in self._records.all("file"):
            newest = kept.pop("number")
            self._keep(StoredFile(file_id=file_id, content=content, **kept))
        self._numbers = itertools.count(newest + 1)

    def add(self, kind: str, name: str, mime_type: str, content: bytes) -> StoredFile:
        unique_id = secrets.token_hex(8)
        number = next(self._numbers)
        path = f"{FOLDERS[kind]}/file_{number}{PurePath(name).suffix}"
        file = StoredFile(f"SBX{kind[:1]}{secrets.token_urlsafe(24)}", unique_id, kind, name, mime_type, content, path)
        self._keep(file)
        self._records.put(
            "file",
            file.file_id,
            {
                "number": number,
                "unique_id": unique_id,
                "kind": kind,
                "name": name,
                "mime_type": mime_type,
                "path": path,
            },
            content,
        )
        while self._bytes > self._max_total_bytes and len(self._files) > 1:
            _, oldest = self._files.popitem(last=False)
            del self._by_unique_id[oldest.unique_id], self._by_path[oldest.path]
            self._bytes -= oldest.size
            self._records.drop("file", oldest.file_id)
        return file

    def by_id(self, file_id: str) -> StoredFile | None:
        return self._files.get(file_id)

    def by_unique_id(self, unique_id: str) -> StoredFile | None:
        return self._by_unique_id.get(unique_id)

    def by_path(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)

    def _keep(self, file: StoredFile) -> None:
        self._files[file.file_id] = self._by_unique_id[file.unique_id] = self._by_path[file.path] = file
        self._bytes += file.size
