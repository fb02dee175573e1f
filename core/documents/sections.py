"""Lines into sections: by articles where the document has them (BAB, Pasal, ayat), by headings otherwise."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core.documents.articles import PASAL, by_articles
from core.documents.headings import by_headings
from core.documents.lines import Reading, Unreadable
from core.documents.texts import LONGEST, pieces, tidy
from core.domain.row_problems import Fault

_FEWEST_ARTICLES = 2
_LABEL = re.compile(r"(dasar|dasar hukum|sumber|catatan|pertanyaan)\s*:\s*(.+)", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """A section as the document has it. `article`: "Ps 5", "Ps 5(1)–(3)"; the other fields only if written there."""

    title: str
    text: str
    article: str | None = None
    basis: str | None = None
    source: str | None = None
    note: str | None = None
    questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cut:
    """`left_out`: characters of what no section holds, by what it is (before the first heading, explanation, annex)."""

    title: str
    parts: tuple[Part, ...]
    left_out: dict[str, int]


def cut(reading: Reading) -> Cut:
    """Raises Unreadable (NO_HEADINGS)."""
    lines = [replace(line, text=tidy(line.text)) for line in reading.lines if tidy(line.text)]
    articles = sum(bool(PASAL.fullmatch(line.text)) for line in lines)
    title, blocks, left_out = (by_articles if articles >= _FEWEST_ARTICLES else by_headings)(lines, reading.wraps)
    parts = [part for block in blocks for part in _parts(block.title, block.article, block.paragraphs)]
    if not parts:
        raise Unreadable(Fault.NO_HEADINGS)
    return Cut(title or reading.title, tuple(parts), left_out)


def _parts(title: str, article: str | None, paragraphs: Sequence[str]) -> Iterator[Part]:
    """One, or several if it is too long to be told at once."""
    labels: dict[str, str] = {}
    text = []
    for paragraph in paragraphs:
        found = _LABEL.fullmatch(paragraph)
        if found and article is None:
            labels[found[1].lower().split()[0]] = found[2].strip()
        else:
            text.append(paragraph)
    if not text:
        return
    questions = tuple(one.strip() for one in re.split(r"\||(?<=\?)\s+", labels.get("pertanyaan", "")) if one.strip())
    common = Part(title, "", article, labels.get("dasar"), labels.get("sumber"), labels.get("catatan"), questions)
    found_pieces = pieces(text, LONGEST)
    for number, piece in enumerate(found_pieces, 1):
        if len(found_pieces) == 1:
            yield replace(common, text="\n".join(piece))
        else:
            span = _ayat(piece) if article else None
            name = f"{title} ayat {span}" if span else f"{title} (bagian {number})"
            # what people ask about the whole is found by its first part
            yield replace(
                common,
                title=name,
                text="\n".join(piece),
                article=f"{article}{span}" if span else article,
                questions=questions if number == 1 else (),
            )


def _ayat(piece: Sequence[str]) -> str | None:
    """ "(2)" or "(2)–(4)": the numbered paragraphs the piece begins and ends with."""
    numbers = [found[0] for paragraph in piece if (found := re.match(r"\(\d+[a-z]?\)", paragraph))]
    if not numbers or not piece[0].startswith(numbers[0]):
        return None
    return numbers[0] if numbers[0] == numbers[-1] else f"{numbers[0]}–{numbers[-1]}"
