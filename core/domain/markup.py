"""The one markup of all texts, `*bold*`: what it looks like, and where somebody wrote it wrongly."""

import re

# a star inside a word or a sum (5*3*2) is a star; bold starts and ends at words, on one line
BOLD = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]*[^\s*])\*(?![\w*])")
_LONELY = re.compile(r"(?<![\w*])\*(?=\w)|(?<=\w)\*(?![\w*])")


def plain(text: str) -> str:
    """The text as it is read, without the stars of bold stretches."""
    return BOLD.sub(r"\1", text)


def with_capital(text: str) -> str:
    """Begins with a capital letter; the rest stays, unlike with `str.capitalize`, which makes small letters of names."""
    return text[:1].upper() + text[1:]


def broken_line(text: str) -> int | None:
    """The first line (from 1) with a star that opens or closes a bold stretch and has no partner; None: all are paired."""
    for number, line in enumerate(text.splitlines(), 1):
        if _LONELY.search(BOLD.sub("", line)):
            return number
    return None
