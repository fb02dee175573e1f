"""What a campaign says: its text with the project's markup, link buttons, and fields filled in for each person.

Everything is checked before it is saved, so that nothing Telegram would refuse ever waits in the ledger.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from core.domain.attachments import CAPTION_LIMIT
from core.domain.errors import BadLink, CaptionTooLong, EmptyText, MarkupBroken, TextTooLong, UnknownField
from core.domain.markup import broken_line, plain

TEXT_LIMIT = 4096
"""Telegram's limit for one message, in UTF-16 units."""
MOST_LINKS = 4
LONGEST_TITLE = 40

LONGEST_NAME = 60
_SALUTATION = re.compile(r"^(?:yth\b\.?|kepada|bapak(?: dan |/)ibu|bapak|ibu)[^,:\n]{0,60}[,:]", re.IGNORECASE)
_FIELD = re.compile(r"\{([^{}\n]*)\}")
_ROOM = {"nama": 80, "unit": 100, "jp_kurang": 3}
"""The fields and the length each may take up; a longer value is cut."""


@dataclass(frozen=True)
class Link:
    """A button that opens a page."""

    title: str
    url: str


@dataclass(frozen=True)
class Fields:
    """What is known of the person a message goes to."""

    name: str
    unit: str
    hours_missing: int


def check_text(text: str, limit: int = TEXT_LIMIT) -> str:
    """The text as it will be sent. Raises EmptyText or TextTooLong; Telegram counts UTF-16 units, not characters."""
    text = text.strip()
    if not text:
        raise EmptyText
    length = _length(text)
    if length > limit:
        raise TextTooLong(length, limit)
    return text


def check_content(text: str, *, below_file: bool = False) -> str:
    """A campaign's text, trimmed. Raises EmptyText, MarkupBroken, UnknownField, and as if all fields were long TextTooLong or,
    `below_file`, CaptionTooLong.
    """
    text = text.strip()
    line = broken_line(text)
    if line is not None:
        raise MarkupBroken(line)
    for match in _FIELD.finditer(text):
        if match[1] not in _ROOM:
            raise UnknownField(match[1])
    longest = _FIELD.sub(lambda match: "x" * _ROOM[match[1]], plain(text))
    if below_file and _length(longest) > CAPTION_LIMIT:
        raise CaptionTooLong(_length(longest), CAPTION_LIMIT)
    check_text(longest)
    return text


def check_links(links: Sequence[Link]) -> tuple[Link, ...]:
    """At most four, each with a short title and a web address. Raises BadLink."""
    checked = tuple(Link(" ".join(link.title.split()), link.url.strip()) for link in links)
    for link in checked:
        try:
            parts = urlsplit(link.url)
            is_web = parts.scheme in ("http", "https") and "." in (parts.hostname or "")
        except ValueError:  # brackets that are no address
            is_web = False
        if not is_web or " " in link.url or not 1 <= len(link.title) <= LONGEST_TITLE:
            raise BadLink(link.title or link.url)
    if len(checked) > MOST_LINKS:
        raise BadLink(checked[MOST_LINKS].title)
    return checked


def links_of(lines: str) -> tuple[Link, ...]:
    """One link a line, its title before its address: `Surat edaran | https://…`. Raises BadLink as `check_links`."""
    found = []
    for line in filter(None, (line.strip() for line in lines.splitlines())):
        title, _, url = line.rpartition(" ")
        found.append(Link(title.strip(" |:=–-\t"), url.strip("<>")))
    return check_links(found)


def title_of(text: str) -> str:
    """What the campaign is called: the beginning of its first line that says something, without salutation and fields."""
    lines = [_SALUTATION.sub("", _FIELD.sub("", plain(line)).strip()).strip(" ,.:!*") for line in text.splitlines()]
    title = " ".join(next(filter(None, lines), "").split())
    return title if len(title) <= LONGEST_NAME else title[:LONGEST_NAME].rsplit(" ", 1)[0] + "…"


def fill(text: str, fields: Fields) -> str:
    """The text for one person. Their name can bring no markup and no field of its own."""
    values = {"nama": fields.name, "unit": fields.unit, "jp_kurang": str(fields.hours_missing)}

    def value(match: re.Match[str]) -> str:
        if match[1] not in values:
            return match[0]
        return values[match[1]].replace("*", "")[: _ROOM[match[1]]]

    return _FIELD.sub(value, text)


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
