"""The one markup of all texts, `*bold*`, turned into positions, and cutting long texts where a reader would.

Pure text work: it knows the length Telegram counts in (UTF-16 units) and nothing else of Telegram.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.domain.markup import BOLD

LIMIT = 4096
"""Telegram's for one message, in UTF-16 units after the markup is gone."""
CAPTION_LIMIT = 1024
"""Below a file."""

_BREAKS = ("\n\n", "\n", ". ", " ")


@dataclass(frozen=True)
class Styled:
    """A text without markup and the bold stretches in it, as (start, end) of Python's characters."""

    text: str
    bold: tuple[tuple[int, int], ...] = ()

    def units(self) -> Iterator[tuple[int, int]]:
        """The bold stretches as Telegram wants them: (offset, length) in UTF-16 units."""
        for start, end in self.bold:
            yield utf16_length(self.text[:start]), utf16_length(self.text[start:end])


def utf16_length(text: str) -> int:
    """Characters beyond the basic plane (most emoji) count twice."""
    return len(text) + sum(character > "\uffff" for character in text)


def parse(text: str) -> Styled:
    """Takes the stars out and remembers what stood between them."""
    plain: list[str] = []
    bold: list[tuple[int, int]] = []
    length = position = 0
    for match in BOLD.finditer(text):
        before = text[position : match.start()]
        plain += [before, match[1]]
        start = length + len(before)
        length = start + len(match[1])
        bold.append((start, length))
        position = match.end()
    plain.append(text[position:])
    return Styled("".join(plain), tuple(bold))


def with_stars(text: str, stretches: Iterable[tuple[int, int]]) -> str:
    """The text with stars around its bold stretches, given as (offset, length) in UTF-16 units; one that stars cannot say, as in
    the middle of a word, stays plain.
    """
    encoded = text.encode("utf-16-le")
    for offset, length in sorted(stretches, reverse=True):
        start = len(encoded[: 2 * offset].decode("utf-16-le", "ignore"))
        end = start + len(encoded[2 * offset : 2 * (offset + length)].decode("utf-16-le", "ignore"))
        text = text[:start] + _starred(text[:start], text[start:end], text[end:]) + text[end:]
    return text


def _starred(before: str, bold: str, after: str) -> str:
    """Line by line, blanks at the ends left outside."""
    lines = []
    for line in bold.split("\n"):
        words = line.strip()
        lines.append(line.replace(words, f"*{words}*") if words and "*" not in words else line)
    starred = "\n".join(lines)
    whole = parse(f"{before}{starred}{after}")
    return starred if whole.text == parse(f"{before}{bold}{after}").text else bold


def split(styled: Styled, limit: int = LIMIT) -> list[Styled]:
    """Pieces of at most `limit` UTF-16 units, cut at the end of a paragraph, else a line, a sentence, a word."""
    pieces: list[Styled] = []
    start = 0
    while start < len(styled.text):
        end = _end_of_piece(styled.text, start, limit)
        piece = _cut(styled, start, end)
        if piece.text:
            pieces.append(piece)
        start = end
    return pieces


def _end_of_piece(text: str, start: int, limit: int) -> int:
    units = 0
    for hard_end in range(start, len(text)):
        units += 1 + (text[hard_end] > "\uffff")
        if units > limit:
            break
    else:
        return len(text)
    for mark in _BREAKS:
        found = text.rfind(mark, start, hard_end)
        # a piece under half full is worse to read than a sentence cut in two
        if found - start >= (hard_end - start) // 2:
            return found + len(mark)
    return hard_end


def _cut(styled: Styled, start: int, end: int) -> Styled:
    while start < end and styled.text[start].isspace():
        start += 1
    while end > start and styled.text[end - 1].isspace():
        end -= 1
    bold = tuple(
        (max(first, start) - start, min(last, end) - start)
        for first, last in styled.bold
        if first < end and last > start
    )
    return Styled(styled.text[start:end], bold)
