"""Regulations: an article (Pasal) is a block, named after the chapter (BAB), part (Bagian) or paragraph it stands in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.documents.lines import Line
from core.documents.texts import joined

PASAL = re.compile(r"Pasal\s+(\d+)\s?([A-Z]{0,2})")
_CHAPTER = re.compile(r"BAB\s+[IVXLC]+[A-Z]?\b\.?\s*(.*)")
_PART = re.compile(r"(?:Bagian\s+(?:Ke\w+|Pertama)(?:\s+\w+){0,2}|Paragraf\s+\d+)")
_STOPS = (
    ("explanation", re.compile(r"PENJELASAN(?:\s+ATAS)?(?:\s+[A-Z].*)?")),
    ("annex", re.compile(r"LAMPIRAN\b.*")),
    ("signature", re.compile(r"(?:Ditetapkan|Disahkan|Dikeluarkan)\s+di\b.*|Agar setiap orang mengetahuinya.*")),
)


@dataclass(frozen=True)
class Block:
    title: str
    article: str | None
    paragraphs: tuple[str, ...]


def by_articles(lines: Sequence[Line], wraps: bool) -> tuple[str, list[Block], dict[str, int]]:
    """(the document's title, articles in their order, characters left out by what they are)."""
    blocks: list[Block] = []
    left_out: dict[str, int] = {}
    chapter = part = article = ""
    last: tuple[int, str] = (0, "")
    title_of = ""  # which title the next lines belong to
    body: list[str] = []
    stopped = ""

    def end_article() -> None:
        if article and body:
            within = part or chapter
            name = f"{_sentence_case(within)}, Pasal {article}" if within else f"Pasal {article}"
            blocks.append(Block(name, f"Ps {article}", tuple(joined(body, wraps))))
        body.clear()

    for line in lines:
        text = line.text
        found = PASAL.fullmatch(text)
        stop = next((name for name, form in _STOPS if form.fullmatch(text) and article), "")
        if stop or stopped:
            if not stopped:
                end_article()
                article = ""
            stopped = stop or stopped
            left_out[stopped] = left_out.get(stopped, 0) + len(text)
        elif found and _follows(last, (int(found[1]), found[2]), body[-1] if body else ""):
            end_article()
            article, last, title_of = found[1] + found[2], (int(found[1]), found[2]), ""
        elif chapter_found := _CHAPTER.fullmatch(text):
            end_article()
            article, chapter, part, title_of = "", chapter_found[1], "", "chapter"
        elif _PART.fullmatch(text):
            end_article()
            article, part, title_of = "", "", "part"
        elif title_of == "chapter" and text == text.upper():
            chapter = f"{chapter} {text}".strip()
        elif title_of == "part":
            part = f"{part} {text}".strip()
        elif article:
            body.append(text)
        else:
            left_out["preface"] = left_out.get("preface", 0) + len(text)
    end_article()
    return _title(lines), blocks, left_out


def _follows(last: tuple[int, str], this: tuple[int, str], before: str) -> bool:
    """A line "Pasal 5" is a heading if it goes on counting and the text `before` it does not run into it."""
    return this > last and not re.search(r"(?:[a-z,]|\bdalam)$", before)


def _title(lines: Sequence[Line]) -> str:
    """What it is about: the capitals above the considerations, after TENTANG."""
    head: list[str] = []
    for line in lines[:40]:
        if re.match(r"(?:menimbang|mengingat|dengan rahmat|bab\s|pasal\s)", line.text, re.IGNORECASE):
            break
        if line.text == line.text.upper() and re.search(r"[A-Z]", line.text):
            head.append(line.text)
    text = " ".join(head)
    return _sentence_case(text.partition(" TENTANG ")[2] or text)[:200]


def _sentence_case(text: str) -> str:
    """Capitals into ordinary writing; what is written so already stays."""
    return text[:1].upper() + text[1:].lower() if text == text.upper() else text
