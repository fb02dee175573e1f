"""Message texts as Telegram keeps them: trimmed, with entities in UTF-16 units.

Commands and links are found in the text by itself, in the bot's messages and in people's alike.
"""

import re
from typing import Any

from sandbox.answers import bad_request

COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")
LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]}'’”]")
MAX_ENTITIES = 100

Entity = dict[str, Any]


def utf16_length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def formatted(text: str, given: list[Entity] | None = None) -> tuple[str, list[Entity]]:
    """The text without blanks at its ends, and its entities: the given ones, then those found in it.

    Raises `TelegramError` for an entity that cuts a character in two or lacks its fields.
    """
    trimmed = text.strip()
    entities: list[Entity] = []
    if given:
        leading = utf16_length(text[: len(text) - len(text.lstrip())])
        entities = _fitted(trimmed, given[:MAX_ENTITIES], leading)
    if "/" in trimmed:
        entities += _found(trimmed, entities)
        entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return trimmed, entities


def _fitted(text: str, given: list[Entity], leading: int) -> list[Entity]:
    encoded = text.encode("utf-16-le")
    size = len(encoded) // 2
    fitted = []
    for entity in given:
        try:
            offset, length, kind = int(entity["offset"]), int(entity["length"]), str(entity["type"])
        except (KeyError, TypeError, ValueError):
            raise bad_request('can\'t parse entities: Field "offset" must be of type Number') from None
        begin, end = offset - leading, offset + length - leading
        for edge in (begin, end):
            # A low surrogate right after the edge means that the edge lies inside one character.
            if 0 < edge < size and 0xDC <= encoded[2 * edge + 1] <= 0xDF:
                raise bad_request(f"entity beginning at UTF-16 offset {offset} ends in a middle of a UTF-16 symbol")
        begin, end = max(begin, 0), min(end, size)
        if begin < end:
            fitted.append({**entity, "type": kind, "offset": begin, "length": end - begin})
    return fitted


def _found(text: str, taken: list[Entity]) -> list[Entity]:
    found: list[Entity] = []
    for kind, pattern in (("url", LINK), ("bot_command", COMMAND)):
        for match in pattern.finditer(text):
            begin = utf16_length(text[: match.start()])
            length = utf16_length(match.group())
            overlaps = any(
                begin < other["offset"] + other["length"] and other["offset"] < begin + length
                for other in (*taken, *found)
                if other["type"] in {"url", "bot_command", "text_link", "code", "pre"}
            )
            if not overlaps:
                found.append({"type": kind, "offset": begin, "length": length})
    return found
