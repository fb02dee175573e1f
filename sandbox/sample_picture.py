"""A small picture made of numbers: what people send when they send a photo or a sticker."""

import struct
import zlib
from functools import cache

WIDTH, HEIGHT = 240, 160


@cache
def sample_picture() -> bytes:
    """A PNG: a sun over hills, in the page's colours."""
    rows = (b"\x00" + b"".join(_colour(x, y) for x in range(WIDTH)) for y in range(HEIGHT))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def _colour(x: int, y: int) -> bytes:
    near = 118 + (x - 60) ** 2 // 420
    far = 96 + (x - 175) ** 2 // 300
    if y > near:
        return bytes((11, 107, 93))
    if y > far:
        return bytes((92, 158, 140))
    if (x - 150) ** 2 + (y - 52) ** 2 < 22**2:
        return bytes((233, 162, 59))
    return bytes((216 + y // 8, 236, 236 - y // 6))


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
