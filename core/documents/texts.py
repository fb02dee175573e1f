"""Text of documents: wrapped lines into paragraphs, long texts into pieces, and nothing in it that Markdown would obey."""

import re
import unicodedata
from collections.abc import Sequence

LONGEST = 900
"""Characters of a section: it is told in one message and embedded whole."""
_ITEM = re.compile(r"(?:\(\d+[a-z]?\)|\(?[a-z]\)|[a-z]\.|\d{1,2}[.)]|•|–|-|\|)\s")
_ENDS = re.compile(r"[.;:?!]$")
_MARKUP = re.compile(r"^(?:#+|-{3,}|>+|```+)\s*")
_SENTENCE = re.compile(r"(?<=[.;?!])\s+")


def tidy(text: str) -> str:
    """One line of plain text: no control or direction characters, single blanks, nothing that begins like Markdown."""
    text = unicodedata.normalize("NFC", text).replace("\u00ad", "")
    plain = "".join(" " if unicodedata.category(one) in ("Cc", "Zl", "Zp") else one for one in text)
    plain = "".join(one for one in plain if unicodedata.category(one) not in ("Cf", "Cs", "Co", "Cn"))
    plain = " ".join(plain.split())
    return re.sub(r"^[-*]\s+", "• ", _MARKUP.sub("", plain))


def joined(lines: Sequence[str], wraps: bool) -> list[str]:
    """Paragraphs. A line that begins an item, or follows the end of a sentence, begins one; hyphens at line ends stay."""
    paragraphs: list[str] = []
    for line in lines:
        is_new = not paragraphs or not wraps or _ITEM.match(line)
        if is_new or (_ENDS.search(paragraphs[-1]) and line[:1].isupper()):
            paragraphs.append(line)
        else:
            glue = "" if paragraphs[-1].endswith("-") else " "
            paragraphs[-1] += glue + line
    return paragraphs


def pieces(paragraphs: Sequence[str], longest: int) -> list[list[str]]:
    """Paragraphs kept together up to that length; numbered ones (ayat) are not parted from what belongs to them."""
    groups: list[list[str]] = []
    for paragraph in (part for one in paragraphs for part in _sentences(one, longest)):
        size = sum(map(len, groups[-1])) if groups else 0
        if groups and size + len(paragraph) <= longest:
            groups[-1].append(paragraph)
        else:
            groups.append([paragraph])
    return groups


def _sentences(paragraph: str, longest: int) -> list[str]:
    if len(paragraph) <= longest:
        return [paragraph]
    parts: list[str] = []
    for sentence in _SENTENCE.split(paragraph):
        for start in range(0, len(sentence), longest):
            piece = sentence[start : start + longest]
            if parts and len(parts[-1]) + len(piece) < longest:
                parts[-1] += f" {piece}"
            else:
                parts.append(piece)
    return parts
