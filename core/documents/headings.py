"""Other documents: a heading by its style, its number or its looks, and what stands below it."""

import re
from collections import Counter
from collections.abc import Sequence

from core.documents.articles import Block
from core.documents.lines import Line
from core.documents.texts import joined

_LONGEST = 140
_LARGER = 1.12
_MOSTLY_BOLD = 0.4
_CHAPTER = re.compile(r"(?:BAB\s+[IVXLC]+|Bagian\s+Ke\w+|Paragraf\s+\d+)\b.*")
_NUMBERED = re.compile(r"(?:\d+(?:\.\d+)*\.?|[A-Z]\.|[IVX]+\.)\s+\S.*")
_NUMBER = re.compile(r"^(?:\d+(?:\.\d+)*\.?|[A-Z]\.|[IVX]+\.)\s+")


def by_headings(lines: Sequence[Line], wraps: bool) -> tuple[str, list[Block], dict[str, int]]:
    """(the document's title, what stands below each heading, characters left out by what they are)."""
    levels = _levels(lines)
    title = next((line.text for line, level in zip(lines, levels, strict=True) if level == 0), "")
    blocks: list[Block] = []
    above: dict[int, str] = {}
    left_out: dict[str, int] = {}
    heading, depth, body = "", -1, list[str]()
    was_heading = False

    def end() -> None:
        if heading and body:
            blocks.append(Block(_named(heading, above, depth), None, tuple(joined(body, wraps))))
        elif body:
            left_out["preface"] = left_out.get("preface", 0) + sum(map(len, body))
        body.clear()

    for line, level in zip(lines, levels, strict=True):
        if level is None:
            body.append(line.text)
        elif level > 0:
            if was_heading and not body and level == depth and wraps and not _NUMBERED.fullmatch(line.text):
                heading += f" {line.text}"  # a heading of two lines
            else:
                end()
                heading, depth = line.text, level
                above = {one: text for one, text in above.items() if one < level}
            above[depth] = heading
        was_heading = level is not None and level > 0
    end()
    return title, _told_apart(blocks), left_out


def _levels(lines: Sequence[Line]) -> list[int | None]:
    """Of each line: None, or its depth as a heading; 0 is the title of the whole."""
    if any(line.level is not None and line.level > 0 for line in lines):
        return [line.level for line in lines]
    sizes: Counter[float] = Counter()
    bold = total = 0
    for line in lines:
        sizes[line.size] += len(line.text)
        bold += len(line.text) * line.is_bold
        total += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    bold_speaks = bold < _MOSTLY_BOLD * total
    larger = sorted({line.size for line in lines if _is_larger(line, body)}, reverse=True)
    if larger and sum(_is_larger(line, body) and line.size == larger[0] for line in lines) == 1 and len(larger) > 1:
        title_size = larger.pop(0)
    else:
        title_size = None
    levels: list[int | None] = []
    for line in lines:
        if line.level == 0 or (title_size is not None and line.size == title_size and len(line.text) <= _LONGEST):
            levels.append(0)
        elif _is_larger(line, body):
            levels.append(1 + larger.index(line.size))
        elif _CHAPTER.fullmatch(line.text) and len(line.text) <= _LONGEST:
            levels.append(1 + len(larger))
        elif bold_speaks and line.is_bold and len(line.text) <= _LONGEST and not line.text.endswith((".", ";", ",")):
            levels.append(2 + len(larger))
        else:
            levels.append(None)
    return levels


def _is_larger(line: Line, body: float) -> bool:
    return body > 0 and line.size >= _LARGER * body and len(line.text) <= _LONGEST


def _named(heading: str, above: dict[int, str], depth: int) -> str:
    """Without its number; what stands above it is kept for telling apart headings of the same words."""
    parents = [text for level, text in sorted(above.items()) if level < depth]
    return "\n".join(_NUMBER.sub("", text) for text in (*parents[-1:], heading))


def _told_apart(blocks: list[Block]) -> list[Block]:
    """Headings alone where they are unique, with the one above where they are not."""
    own = Counter(block.title.split("\n")[-1].lower() for block in blocks)
    named = []
    for block in blocks:
        *parent, heading = block.title.split("\n")
        title = f"{parent[0]}: {heading}" if parent and own[heading.lower()] > 1 else heading
        named.append(Block(title, block.article, block.paragraphs))
    return named
